"""A change that is clear on a unit's own page, and not among many units: wherever it is told, both are said."""

import pytest

from app.people.models import Unit
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.pages import csv_rows, words_of, xlsx_rows
from tests.impact.test_told_truly import ONE_VERDICT, many_units

ALONE, BESIDE = "up 23", ONE_VERDICT


@pytest.fixture
def unit(browser: Browser, cast: Cast) -> Unit:
    unit = many_units(cast)[0]
    browser.sign_in(cast.hanna)
    return unit


def told_in(rows: list[list[str]], name: str) -> str:
    """What the export says of the customers of this unit, in the newest quarter."""
    header, *others = rows
    return next(row for row in others if row[0] == name)[header.index("Customers: change")]


def test_its_own_page_and_export_judge_it_alone(browser: Browser, unit: Unit) -> None:
    address = f"/impact/units/{unit.id}"
    assert f"{ALONE} since Q2 2026" in words_of(browser.get(f"{address}?period=2026-Q3"))
    assert told_in(csv_rows(browser.get(f"{address}/export.csv?period=2026-Q3")), unit.name) == ALONE


def test_the_table_of_all_units_says_both(browser: Browser, unit: Unit) -> None:
    assert BESIDE in words_of(browser.get("/impact/?period=2026-Q3"))
    assert told_in(csv_rows(browser.get("/impact/export.csv?period=2026-Q3")), unit.name) == BESIDE
    sheet = [[str(cell) for cell in row] for row in xlsx_rows(browser.get("/impact/export.xlsx?period=2026-Q3"))]
    assert told_in(sheet, unit.name) == BESIDE


def test_so_does_the_table_of_the_units_below(browser: Browser, cast: Cast, unit: Unit) -> None:
    address = f"/impact/units/{cast.north.id}"
    assert BESIDE in words_of(browser.get(f"{address}?period=2026-Q3"))
    assert told_in(csv_rows(browser.get(f"{address}/export.csv?period=2026-Q3")), unit.name) == BESIDE


def test_programs_are_told_both(browser: Browser, cast: Cast, unit: Unit) -> None:
    caller = caller_for(browser, cast.hanna)
    own = caller.get(f"/impact/units/{unit.code}?period=2026-Q3").get_json()["quarters"][-1]["customers"]
    rows = caller.get(f"/impact/units/{cast.north.code}?period=2026-Q3").get_json()["below"]
    below = {row["code"]: row["customers"] for row in rows}
    assert (own["verdict"], own["verdict_alone"], own["change"]) == ("up", "up", 23)
    first = below.pop(unit.code)
    assert (first["verdict"], first["verdict_alone"], first["change"]) == ("not-clearly-changed", "up", 23)
    assert {row.get("verdict_alone") for row in below.values()} == {"not-clearly-changed", None}
