"""A unit's numbers for programs: what the page shows, and nothing that the page hides."""

import re
from datetime import date
from itertools import zip_longest
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import company_time
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.models import UnitVersion
from app.voice.models import Metric
from tests.api.caller import Caller, caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means
from tests.impact.pages import csv_rows, words_of

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def company(cast: Cast) -> Cast:
    publish_enps("2026-Q1", {cast.n1: (13, 14, 18), cast.n2: (12, 13, 19), cast.s1: (11, 12, 13)})
    publish_enps("2026-Q2", {cast.n1: (3, 4, 48), cast.n2: (12, 13, 19), cast.s1: (1, 0, 0)})
    hear_customers("2026-Q1", {cast.n1: (100, 120, 130), cast.n2: (3, 4, 5), cast.s1: (1, 0, 0)})
    hear_customers("2026-Q2", {cast.n1: (10, 120, 230), cast.n2: (3, 4, 5)})
    hear_customers("2026-Q2", {cast.n1: (10, 20, 33)}, metric=Metric.CSAT)
    hear_customers("2026-Q1", {cast.n1: (10, 20, 33)}, metric=Metric.CES)
    publish_means("advocacy", "2026", {cast.n1: (7.256, 22), cast.n2: (6.1, 20), cast.s1: (6.0, 33)})
    hear_means("2025", {cast.n1: (8.137, 100), cast.n2: (7.9, 80)})
    return cast


def cells(told: dict[str, Any], *, people: bool) -> list[str]:
    """As the export of the page writes them: score, n, people, interval."""
    if told["is"] != "shown":
        return [
            "hidden to protect people" if told["is"] == "hidden" else "no answers yet",
            *[""] * (4 if people else 3),
        ]
    n = [told["n"], told["people"]] if people else [told["n"]]
    return ["" if each is None else str(each) for each in (told["score"], *n, told["low"], told["high"])]


def change(told: dict[str, Any]) -> str:
    words = {"not-clearly-changed": "not clearly changed", "too-few-to-say": "too few to say", None: ""}
    verdict = told.get("verdict")
    alone = told.get("verdict_alone")
    if verdict != alone:
        return f"not clearly changed beside the others (alone: {alone} {abs(told['change'])})"
    return f"{verdict} {abs(told['change'])}" if verdict in ("up", "down") else words[verdict]


def rows_of(told: dict[str, Any]) -> list[list[str]]:
    rows = [[told["unit"]["name"], each["team"], each["customers"]] for each in reversed(told["quarters"])]
    rows += [[each["name"], each["team"], each["customers"]] for each in told["below"]]
    return [
        [name, *cells(team, people=True), change(team), *cells(customers, people=False), change(customers), *besides]
        for (name, team, customers), besides in zip_longest(rows, [satisfaction(told)], fillvalue=[""] * 8)
    ]


def satisfaction(told: dict[str, Any]) -> list[str]:
    """Of the chosen quarter, so in the first row only: shares in whole percent, means with one decimal."""
    csat, ces = told["satisfaction"]["csat_percent"], told["satisfaction"]["ces_mean"]
    ends = ("value", "n", "low", "high")
    shares = [f"{csat[end]:g}" if csat else "" for end in ends]
    return [*shares, *(str(ces[end]) if ces else "" for end in ends)]


@pytest.mark.parametrize("code", ["COMPANY", "NORTH", "N1", "N2", "S1"])
@pytest.mark.parametrize("query", ["", "?period=2026-Q1", "?period=2026-Q2&quarters=4", "?quarters=12"])
def test_it_is_what_the_page_exports(browser: Browser, company: Cast, code: str, query: str) -> None:
    units = {unit.code: unit.id for unit in vars(company).values() if hasattr(unit, "code")}
    told = caller_for(browser, company.leon).get(f"/impact/units/{code}{query}").get_json()
    page = csv_rows(browser.sign_in(company.leon).get(f"/impact/units/{units[code]}/export.csv{query}"))
    plain = [[name, *figures] for name, _period, *figures in page[1:]]
    assert rows_of(told) == [[cell.replace(MINUS, "-") for cell in row] for row in plain]


@pytest.mark.parametrize(("period", "hangs_there"), [("2026-Q1", True), ("2026-Q2", False)])
def test_as_units_were_it_is_what_the_page_exports(
    browser: Browser, company: Cast, period: str, hangs_there: bool
) -> None:
    """N2 hung under SOUTH until May."""
    moved = sa.select(UnitVersion).where(UnitVersion.unit_id == company.n2.id)
    today_s, moved_on = db.session.scalars(moved).one(), date(2026, 5, 1)
    db.session.add(
        UnitVersion(
            unit_id=company.n2.id, name=today_s.name, kind=today_s.kind, parent_id=company.south.id,
            starts_on=today_s.starts_on, ends_on=moved_on,
        )
    )  # fmt: skip
    today_s.starts_on = moved_on
    refresh_tree(company_time.today())
    query = f"?period={period}&quarters=4&tree=then"
    browser.most_queries = 14  # the page's, what a token asks, and where units hung
    then = caller_for(browser, company.leon).get(f"/impact/units/SOUTH{query}").get_json()
    now = caller_for(browser, company.leon).get(f"/impact/units/SOUTH?period={period}&quarters=4").get_json()
    page = csv_rows(browser.sign_in(company.leon).get(f"/impact/units/{company.south.id}/export.csv{query}"))
    plain = [[name, *figures] for name, _period, *figures in page[1:]]
    assert rows_of(then) == [[cell.replace(MINUS, "-") for cell in row] for row in plain]
    assert ("N2" in [row["code"] for row in then["below"]]) is hangs_there
    assert then["quarters"] != now["quarters"]


def test_means_and_satisfaction_have_no_more_decimals_than_the_page(browser: Browser, company: Cast) -> None:
    told = caller_for(browser, company.ewa).get("/impact/units/N1?period=2026-Q2").get_json()
    page = words_of(browser.sign_in(company.ewa).get(f"/impact/units/{company.n1.id}?period=2026-Q2"))
    assert [mean["mean"] for mean in told["team_means"] + told["customer_means"]] == [7.26, 8.14]
    assert "7.26" in page
    assert "8.14" in page
    csat = told["satisfaction"]["csat_percent"]
    assert csat == {"value": 52.0, "low": 40.0, "high": 64.0, "n": 63}
    assert "52%" in page
    assert "40% to 64%" in page
    assert not re.search(r"\d\.\d{3}", str(told)), "nothing is told more exactly"


def test_what_is_hidden_has_nothing_but_that(browser: Browser, company: Cast) -> None:
    told = caller_for(browser, company.stranger).get("/impact/units/S1?period=2026-Q2&quarters=4").get_json()
    assert told["quarters"][-1]["team"] == {"is": "hidden"}
    assert told["quarters"][-1]["customers"] == {"is": "none"}


def test_above_are_only_those_whose_numbers_i_see(browser: Browser, company: Cast) -> None:
    def above(caller: Caller) -> list[str]:
        return [unit["code"] for unit in caller.get("/impact/units/N1").get_json()["above"]]

    assert above(caller_for(browser, company.leon)) == ["COMPANY", "NORTH"]
    assert above(caller_for(browser, company.ewa)) == []


@pytest.mark.parametrize(("name", "codes"), [("ewa", {"N1"}), ("marek", {"N1"}), ("stranger", {"S1"}),
                                             ("leon", {"COMPANY", "NORTH", "SOUTH", "N1", "N2", "S1"})])  # fmt: skip
def test_numbers_reach_who_reaches_the_page(browser: Browser, company: Cast, name: str, codes: set[str]) -> None:
    caller = caller_for(browser, getattr(company, name))
    for code in ("COMPANY", "NORTH", "SOUTH", "N1", "N2", "S1"):
        assert caller.get(f"/impact/units/{code}").status_code == (200 if code in codes else 404), code
