"""Customers' numbers as units are now, and as they were; employees' stay where they were published."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from app.core import company_time
from app.core.periods import quarters_back
from app.extensions import db
from app.people.chart.wishes import Closure, Correction, Merger, Move, Part, Split
from app.people.models import Unit, UnitKind
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import LONG_AGO
from tests.impact.heard import hear_customers, publish_enps
from tests.impact.pages import words_of
from tests.people.chart.acts import act

QUARTER = "2026-Q2"
MIDDLE, AFTER = date(2026, 5, 10), date(2026, 7, 1)


@pytest.fixture
def heard(cast: Cast) -> Cast:
    """10 answers in N1, 100 in N2, 1000 in S1."""
    for quarter in ("2026-Q1", QUARTER):
        hear_customers(quarter, {cast.n1: (0, 0, 10), cast.n2: (0, 0, 100), cast.s1: (0, 0, 1000)})
    return cast


def answers(browser: Browser, unit: Unit, tree: str, quarter: str = QUARTER) -> int:
    """Read from the export, which is what the page shows."""
    path = f"/impact/units/{unit.id}/export.csv?period={quarter}&tree={tree}"
    row = browser.get(path).text.splitlines()[1].split(",")
    header = browser.get(path).text.splitlines()[0].split(",")
    return int(row[header.index("Answers")] or 0)


def test_nothing_has_moved_and_both_are_the_same(browser: Browser, heard: Cast) -> None:
    browser.sign_in(heard.adam)
    for tree in ("now", "then", "", "nonsense"):
        assert [answers(browser, unit, tree) for unit in (heard.north, heard.south, heard.company)] == [110, 1000, 1110]


def test_a_moved_unit_takes_its_answers_along(browser: Browser, heard: Cast) -> None:
    act(Move(AFTER, "n1", "south"), heard.adam)
    browser.sign_in(heard.adam)
    assert [answers(browser, unit, "now") for unit in (heard.north, heard.south, heard.company)] == [100, 1010, 1110]
    assert [answers(browser, unit, "then") for unit in (heard.north, heard.south, heard.company)] == [110, 1000, 1110]


def test_each_quarter_stands_on_the_tree_of_its_last_day(browser: Browser, heard: Cast) -> None:
    act(Move(MIDDLE, "n1", "south"), heard.adam)
    browser.sign_in(heard.adam)
    assert answers(browser, heard.south, "then") == 1010
    assert answers(browser, heard.south, "then", "2026-Q1") == 1000
    assert answers(browser, heard.north, "then", "2026-Q1") == 110


def test_the_successor_carries_what_it_took_over(browser: Browser, heard: Cast) -> None:
    act(Merger(AFTER, ("n1",), "s1"), heard.adam)
    browser.sign_in(heard.adam)
    assert answers(browser, heard.s1, "now") == 1010
    assert answers(browser, heard.north, "now") == 100
    assert answers(browser, heard.s1, "then") == 1000
    assert answers(browser, heard.north, "then") == 110
    assert answers(browser, heard.n1, "now") == 10, "its own page keeps its own"


def test_a_merger_within_the_quarter_counts_where_it_ended(browser: Browser, heard: Cast) -> None:
    act(Merger(MIDDLE, ("n1",), "s1"), heard.adam)
    browser.sign_in(heard.adam)
    assert answers(browser, heard.s1, "then") == 1010, "no answer of the quarter is lost"
    assert answers(browser, heard.s1, "then", "2026-Q1") == 1000


def test_answers_of_a_divided_unit_stay_above_it(browser: Browser, heard: Cast) -> None:
    act(Split(AFTER, "n1", (Part("a", "A", "A"), Part("b", "B", "B")), stays=False, rest="a"), heard.adam)
    browser.sign_in(heard.adam)
    for tree in ("now", "then"):
        assert answers(browser, heard.north, tree) == 110


@pytest.mark.parametrize("stays", [True, False])
def test_answers_before_a_split_stay_and_every_page_says_so(browser: Browser, heard: Cast, stays: bool) -> None:
    day = company_time.today()
    act(
        Split(day, "n1", (Part("a", "A", "Part A"), Part("b", "B", "Part B")), stays=stays, rest="a"),
        heard.adam,
        heard.n1,
    )
    part = db.session.scalars(sa.select(Unit).where(Unit.code == "A")).one()
    browser.sign_in(heard.adam)
    for tree in ("now", "then"):
        assert answers(browser, heard.n1, tree) == 10
        assert "Nothing has been heard here yet" in browser.get(f"/impact/units/{part.id}?tree={tree}").text
        assert answers(browser, heard.company, tree) == 1110, "none is lost, and none counts twice"
    for page in ("impact", "people"):
        own = words_of(browser.get(f"/{page}/units/{heard.n1.id}"))
        of_part = words_of(browser.get(f"/{page}/units/{part.id}"))
        assert "answers given before that day stay here: nobody can say" in own
        assert "answers given before that day stay there: nobody can say" in of_part
        assert re.search("came out of “?Unit N1", of_part)
    assert "stay here" not in words_of(browser.get(f"/impact/units/{heard.n2.id}"))


def test_a_closed_unit_counts_where_it_last_stood(browser: Browser, heard: Cast) -> None:
    act(Closure(AFTER, "n1", "n2"), heard.adam)
    browser.sign_in(heard.adam)
    assert [answers(browser, heard.north, tree) for tree in ("now", "then")] == [110, 110]


def test_a_correction_is_how_it_always_was_and_shows_at_once(browser: Browser, heard: Cast) -> None:
    browser.sign_in(heard.adam)
    assert answers(browser, heard.south, "then") == 1000
    page = f"/impact/units/{heard.south.id}?period={QUARTER}&tree=then"
    before = words_of(browser.get(page))
    act(Correction("n1", LONG_AGO, "Unit N1", UnitKind.BRANCH, "south"), heard.adam)
    assert answers(browser, heard.south, "then") == 1010
    assert words_of(browser.get(page)) != before, "kept pages are made anew"


def below(browser: Browser, unit: Unit, tree: str) -> str:
    """What the page says from its list of units below on."""
    page = browser.get(f"/impact/units/{unit.id}?period={QUARTER}&tree={tree}").text
    return page.partition("Units below in")[2]


def test_the_units_below_are_those_of_that_time(browser: Browser, heard: Cast) -> None:
    publish_enps(QUARTER, {heard.n1: (3, 8, 19), heard.n2: (1, 2, 30), heard.s1: (3, 8, 19)})
    act(Move(AFTER, "n1", "south"), heard.adam)
    browser.sign_in(heard.adam)
    assert "Unit N1" not in below(browser, heard.north, "now")
    assert "Unit N1" in below(browser, heard.north, "then")
    assert "Unit N1" in below(browser, heard.south, "now")
    assert "Unit N1" not in below(browser, heard.south, "then")


def test_employees_numbers_do_not_move(browser: Browser, heard: Cast) -> None:
    publish_enps(QUARTER, {heard.n1: (3, 8, 19), heard.n2: (1, 2, 30)})
    browser.sign_in(heard.adam)
    before = browser.get(f"/impact/units/{heard.north.id}/export.csv?period={QUARTER}").text
    act(Move(AFTER, "n1", "south"), heard.adam)
    after = browser.get(f"/impact/units/{heard.north.id}/export.csv?period={QUARTER}").text
    assert before.splitlines()[1].split(",")[2:5] == after.splitlines()[1].split(",")[2:5]
    assert "stay on the tree they were published on" in words_of(browser.get(f"/impact/units/{heard.north.id}"))


@pytest.mark.parametrize(("tree", "told"), [("now", "as units are now"), ("then", "as units were")])
def test_both_pages_say_which_it_is(browser: Browser, heard: Cast, tree: str, told: str) -> None:
    publish_enps(QUARTER, {heard.n1: (3, 8, 19), heard.n2: (1, 2, 30)})
    act(Move(AFTER, "n1", "south"), heard.adam)
    browser.sign_in(heard.adam)
    assert told in words_of(browser.get(f"/impact/units/{heard.north.id}?tree={tree}"))
    assert told in words_of(browser.get(f"/impact/?tree={tree}"))


def test_the_companys_page_and_export_follow_the_choice(browser: Browser, heard: Cast) -> None:
    publish_enps(QUARTER, dict.fromkeys((heard.n1, heard.n2, heard.s1), (3, 8, 19)))
    act(Merger(AFTER, ("n1",), "s1"), heard.adam)
    browser.sign_in(heard.adam)
    now = browser.get("/impact/export.csv").text
    then = browser.get("/impact/export.csv?tree=then").text
    assert ",1010," in now
    assert ",1000," in then
    assert browser.get("/impact/export.xlsx?tree=then").status_code == 200


def test_today_is_what_the_page_of_today_says(browser: Browser, heard: Cast) -> None:
    """A plan changes nothing before its day."""
    later = quarters_back(company_time.today(), 1)[0].replace(year=company_time.today().year + 1)
    act(Merger(later, ("n1",), "s1"), heard.adam)
    browser.sign_in(heard.adam)
    assert answers(browser, heard.s1, "now") == 1000
