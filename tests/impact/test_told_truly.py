"""What stands beside a score says when it was, since when, and by how much, the same wherever it is read."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.extensions import db
from app.impact import figures
from app.impact.figures import Answered
from app.people.models import Unit, UnitVersion
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_units
from tests.impact.heard import hear_customers, publish_enps
from tests.impact.pages import csv_rows, words_of
from tests.impact.test_show_company import chart_of

# A change that survives alone or among ten, and not among forty.
BEFORE, AFTER = (30, 40, 30), (20, 40, 44)
ONE_VERDICT = "not clearly changed beside the others (alone: up 23)"


def many_units(cast: Cast) -> list[Unit]:
    """Forty whose customers say the same in both quarters, but for the first."""
    units = make_units({f"V{number:02}": f"Office {number:02}" for number in range(40)}, cast.north)
    hear_customers("2026-Q2", dict.fromkeys(units, BEFORE))
    hear_customers("2026-Q3", dict.fromkeys(units[1:], BEFORE) | {units[0]: AFTER})
    for quarter in ("2026-Q2", "2026-Q3"):
        publish_enps(quarter, dict.fromkeys(units, (10, 10, 20)))
    return units


def change_of_the_first(page: TestResponse) -> str:
    (row,) = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*Office 00.*?</tr>", page.text, re.DOTALL)
    return re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[-1].strip()


def test_a_unit_has_one_verdict_on_the_page_by_search_and_in_the_export(browser: Browser, cast: Cast) -> None:
    many_units(cast)
    browser.sign_in(cast.hanna)
    page = browser.get("/impact/?period=2026-Q3")
    found = browser.get("/impact/?period=2026-Q3&q=Office+00")
    header, *rows = csv_rows(browser.get("/impact/export.csv?period=2026-Q3"))
    (exported,) = (row[header.index("Customers: change")] for row in rows if row[0] == "Office 00")
    assert {change_of_the_first(page), change_of_the_first(found), exported} == {ONE_VERDICT}


def test_alone_it_would_have_been_another_one() -> None:
    """Or the test above could not fail."""
    change, p = figures.customer_change(BEFORE, AFTER)
    assert change.verdict.name == "UP"
    assert p < 0.05 < p * 40


def rearranged(cast: Cast, day: date) -> None:
    """N1 leaves the north that day, for the south."""
    version = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == cast.n1.id)).one()
    version.ends_on = day
    db.session.add(
        UnitVersion(unit_id=cast.n1.id, name=version.name, kind=version.kind, parent_id=cast.south.id, starts_on=day)
    )
    db.session.flush()


@pytest.mark.parametrize(
    ("day", "between"),
    [
        (date(2026, 3, 31), (None, None)),  # within the first quarter drawn: before its point
        (date(2026, 4, 1), (0, 1)),
        (date(2026, 5, 16), (0, 1)),
        (date(2026, 6, 30), (0, 1)),
        (date(2026, 7, 1), (1, 2)),
        (date(2026, 9, 30), (1, 2)),  # within the quarter chosen
        (date(2026, 10, 1), (None, None)),
    ],
)
def test_a_new_order_is_marked_before_the_quarter_that_shows_it(
    browser: Browser, cast: Cast, day: date, between: tuple[int | None, int | None]
) -> None:
    publish_enps("2026-Q1", {cast.n2: (10, 10, 20), cast.s1: (10, 10, 20)})
    hear_customers("2026-Q3", {cast.n2: (5, 5, 10)})
    rearranged(cast, day)
    page = browser.sign_in(cast.hanna).get(f"/impact/units/{cast.north.id}?period=2026-Q3&quarters=4")
    found = [mark["at"] for mark in chart_of(page.text)["marks"]]  # the axis begins with the first quarter of 2026
    low, high = between
    assert found == [] if low is None or high is None else low + 0.1 < found[0] < high - 0.1


def test_a_new_order_that_is_only_planned_is_not_marked(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q4", {cast.n2: (5, 5, 10)})
    rearranged(cast, date(2026, 12, 30))
    page = browser.sign_in(cast.hanna).get(f"/impact/units/{cast.north.id}?period=2026-Q4")
    assert chart_of(page.text)["marks"] == []


def test_results_of_a_month_stand_under_its_name(browser: Browser, cast: Cast) -> None:
    """In the quarter where they belong, on the page, in the table, in the export and as what is compared with."""
    publish_enps("2026-02", {cast.n1: (20, 10, 10)})
    publish_enps("2026-03", {cast.n1: (30, 5, 5)})
    publish_enps("2026-Q2", {cast.n1: (5, 5, 30)})
    browser.sign_in(cast.hanna)
    page = words_of(browser.get(f"/impact/units/{cast.n1.id}?period=2026-Q1"))
    assert "These results were published for March 2026." in page
    assert "Q1 2026 −62 40 (March 2026)" in page
    later = words_of(browser.get(f"/impact/units/{cast.n1.id}?period=2026-Q2"))
    assert "up 125 since March 2026" in later
    assert "These results were published for" not in later
    rows = csv_rows(browser.get(f"/impact/units/{cast.n1.id}/export.csv?period=2026-Q2"))
    assert [row[1] for row in rows[1:3]] == ["Q2 2026", "Q1 2026 (team: March 2026)"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((300_000, 400_000, 300_000), (298_000, 400_000, 302_000), (0.4, 1)),
        ((3_000_000, 4_000_000, 3_000_000), (2_998_000, 4_000_000, 3_002_000), (0.04, 2)),
        ((300_000, 400_000, 300_000), (302_000, 400_000, 298_000), (-0.4, 1)),
        ((20, 40, 40), (10, 40, 60), (25, 0)),
    ],
)
def test_a_change_is_never_told_as_nothing(
    before: figures.Counts, after: figures.Counts, told: tuple[float, int]
) -> None:
    by_quarter = {date(2026, 4, 1): Answered(before), date(2026, 7, 1): Answered(after)}
    (reading,) = figures.customer_readings(by_quarter, [date(2026, 7, 1)])
    assert reading.comparison
    assert (*reading.comparison.moved,) == pytest.approx(told)


def test_a_change_below_half_a_point_has_a_decimal_on_the_page(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q2", {cast.n1: (300_000, 400_000, 300_000)})
    hear_customers("2026-Q3", {cast.n1: (298_000, 400_000, 302_000)})
    words = words_of(browser.sign_in(cast.hanna).get(f"/impact/units/{cast.n1.id}?period=2026-Q3"))
    assert "up 0.4 since Q2 2026" in words
    assert "up 0 " not in words


def test_a_unit_that_was_silent_in_between_is_compared_with_what_it_had(browser: Browser, cast: Cast) -> None:
    """Of most only the quarter before is read."""
    hear_customers("2026-Q1", {cast.n1: (60, 20, 20)})
    hear_customers("2026-Q2", {cast.s1: (20, 20, 60)})
    hear_customers("2026-Q3", {cast.n1: (20, 20, 60), cast.s1: (20, 20, 60), cast.n2: (20, 20, 60)})
    publish_enps("2026-Q1", {cast.n1: (30, 5, 5)})
    publish_enps("2026-Q2", {cast.s1: (10, 10, 20)})
    publish_enps("2026-Q3", dict.fromkeys((cast.n1, cast.n2, cast.s1), (5, 5, 30)))
    rows = csv_rows(browser.sign_in(cast.hanna).get("/impact/export.csv?period=2026-Q3"))
    head = rows[0]
    team, customers = (place for place, name in enumerate(head) if "hange" in name)
    changes = {row[0]: (row[team], row[customers]) for row in rows[1:]}
    assert changes["Unit N1"] == ("up 125", "up 80")
    assert changes["Unit S1"][1] == "not clearly changed"
    assert changes["Unit N2"] == ("", "")


def test_a_month_stands_for_its_quarter_on_the_page_of_all_units_too(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q2", {cast.n1: (20, 10, 10), cast.s1: (10, 10, 20)})
    publish_enps("2026-08", {cast.n1: (5, 5, 30), cast.s1: (10, 10, 20)})
    for quarter in ("2026-Q2", "2026-Q3"):
        hear_customers(quarter, {cast.n1: (20, 20, 60), cast.s1: (20, 20, 60)})
    browser.sign_in(cast.hanna)
    page = words_of(browser.get("/impact/"))
    assert "Employees in August 2026, customers in Q3 2026." in page
    rows = csv_rows(browser.get("/impact/export.csv?period=2026-Q3"))
    told = dict(zip(rows[0], next(row for row in rows if row[0] == "Unit N1"), strict=True))
    assert (told["Team eNPS"], told["Team: period"], told["Customers: period"]) == ("62", "August 2026", "Q3 2026")
    nothing_found = words_of(browser.get("/impact/?q=nowhere"))
    assert "Employees in August 2026, customers in Q3 2026." in nothing_found
    before = words_of(browser.get("/impact/?period=2026-Q2"))
    assert "Both voices in Q2 2026." in before
