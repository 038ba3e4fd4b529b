"""The sheet of an exported workbook is called as what it holds."""

import io

import pytest
from python_calamine import CalamineWorkbook

from app.core.tables import sheet_name
from tests.browser_check import Browser
from tests.cast import Cast


@pytest.mark.parametrize(
    ("title", "name"),
    [("Oddział [1]: a/b\\c*?", "Oddział 1 a b c"), ("x" * 40, "x" * 31), ("'a'", "a"), ("History", ""), ("?", "")],
)
def test_a_sheet_is_called_as_spreadsheets_allow(title: str, name: str) -> None:
    assert sheet_name(title) == name


def names_in(browser: Browser, address: str) -> list[str]:
    return list(CalamineWorkbook.from_filelike(io.BytesIO(browser.get(address).data)).sheet_names)


def test_exports_are_named_in_the_persons_language(browser: Browser, cast: Cast) -> None:
    cast.n1.name = "Oddział: Rynek / " + "x" * 40
    browser.sign_in(cast.hanna)
    assert names_in(browser, "/impact/export.xlsx") == ["Impact"]
    assert names_in(browser, "/impact/export.xlsx?lang=pl") == ["Wpływ"]
    assert names_in(browser, f"/impact/units/{cast.n1.id}/export.xlsx") == ["Oddział Rynek " + "x" * 17]
