"""Exports hold what the page shows: the same rows, the same words for what is hidden, and no formula."""

import pytest

from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, publish_enps
from tests.impact.pages import csv_rows, xlsx_rows


def tell(cast: Cast) -> None:
    publish_enps("2026-Q2", {cast.n1: (8, 10, 12), cast.n2: (5, 10, 15)}, headcount={cast.n1: 34, cast.n2: 40})
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19), cast.n2: (1, 1, 2), cast.north: (3, 3, 4)}, headcount={cast.n1: 34})
    hear_customers("2026-Q3", {cast.n1: (70, 80, 238), cast.n2: (10, 10, 30)})


def test_a_unit_as_csv(browser: Browser, cast: Cast) -> None:
    tell(cast)
    answer = browser.sign_in(cast.marek).get(f"/impact/units/{cast.n1.id}/export.csv?quarters=4")
    header, newest, before, *older = csv_rows(answer)
    assert header[:2] == ["Unit", "Period"]
    assert newest == [
        "Unit N1", "Q3 2026", "53", "30", "34", "44", "59", "not clearly changed",
        "43", "388", "35", "51", "", "", "", "", "", "", "", "", "",
    ]  # fmt: skip
    assert before[2:5] == ["13", "30", "34"]
    assert older[0][2] == "no answers yet"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_region_lists_the_units_below_and_keeps_hidden_what_is_hidden(browser: Browser, cast: Cast) -> None:
    tell(cast)
    answer = browser.sign_in(cast.hanna).get(f"/impact/units/{cast.north.id}/export.csv?quarters=4")
    rows = {(row[0], row[1]): row for row in csv_rows(answer)[1:]}
    assert rows["Unit N2", "Q3 2026"][2] == "hidden to protect people"
    assert "25" not in rows["Unit N2", "Q3 2026"]
    assert rows["Unit N1", "Q3 2026"][2] == "53"


@pytest.mark.parametrize("page", ["units/{north}/export", "export"])
def test_both_files_hold_the_same(browser: Browser, cast: Cast, page: str) -> None:
    tell(cast)
    browser.sign_in(cast.hanna)
    address = f"/impact/{page.format(north=cast.north.id)}"
    plain = csv_rows(browser.get(f"{address}.csv"))
    sheet = [["" if cell in ("", None) else cell for cell in row] for row in xlsx_rows(browser.get(f"{address}.xlsx"))]
    told = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in sheet]
    assert told == plain


def test_the_company_as_csv(browser: Browser, cast: Cast) -> None:
    tell(cast)
    rows = csv_rows(browser.sign_in(cast.hanna).get("/impact/export.csv"))
    found = {row[0]: row for row in rows[1:]}
    assert rows[0][0] == "Unit"
    assert found["Unit N1"][1:6] == ["53", "30", "44", "59", "not clearly changed"]
    assert found["Unit N2"][1] == "hidden to protect people"
    assert found["Unit S1"][1] != "0"


def test_headers_speak_the_readers_language_and_names_start_no_formula(browser: Browser, cast: Cast) -> None:
    tell(cast)
    cast.n1.name = "=HYPERLINK(1)"
    rows = csv_rows(browser.sign_in(cast.marek).get(f"/impact/units/{cast.n1.id}/export.csv"))
    assert rows[1][0] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_stranger_does_not_find_it(browser: Browser, cast: Cast, ending: str) -> None:
    tell(cast)
    browser.sign_in(cast.stranger)
    assert browser.get(f"/impact/units/{cast.n1.id}/export.{ending}").status_code == 404
    company = browser.get(f"/impact/export.{ending}")
    assert b"Unit N1" not in company.data


@pytest.mark.parametrize("path", ["export.csv", "export.xlsx", "units/1/export.csv", "units/1/export.xlsx"])
def test_it_needs_sign_in(browser: Browser, cast: Cast, path: str) -> None:
    assert browser.get(f"/impact/{path}").status_code == 302
