"""Marek looks at his unit, takes the numbers along, and shows them to somebody."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor


@pytest.fixture
def marek(visit: Visit) -> Visitor:
    marek = visit("marek")
    marek.context.grant_permissions(["clipboard-read", "clipboard-write"])
    marek.open("/impact/")
    return marek


def test_he_chooses_another_quarter(marek: Visitor) -> None:
    menu = marek.page.locator(".page-actions details").first
    newest = menu.locator("summary").inner_text()
    scores = marek.page.locator(".score-number").all_inner_texts()
    menu.locator("summary").click()
    menu.get_by_role("link").nth(3).click()
    marek.page.wait_for_url("**period=*")
    assert marek.page.locator(".page-actions summary").first.inner_text() != newest
    assert marek.page.locator(".score-number").all_inner_texts() != scores


@pytest.mark.parametrize("kind", ["CSV", "XLSX"])
def test_he_takes_the_numbers_along(marek: Visitor, tmp_path: Path, kind: str) -> None:
    marek.page.locator(".page-actions summary", has_text="Export").click()
    with marek.page.expect_download() as coming:
        marek.page.get_by_role("link", name=kind, exact=True).click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.suffix == f".{kind.lower()}"
    if kind == "CSV":
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
        assert len(rows) > 8
        assert {len(row) for row in rows} == {len(rows[0])}
    else:
        assert file.read_bytes()[:2] == b"PK"


def test_a_copied_link_opens_the_same_view(marek: Visitor, visit: Visit) -> None:
    menu = marek.page.locator(".page-actions details").first
    menu.locator("summary").click()
    menu.get_by_role("link").nth(2).click()
    shown = marek.page.locator("h1, .score-number, .page-actions summary").all_inner_texts()
    marek.page.locator(".page-actions summary", has_text="Export").click()
    marek.page.get_by_role("button", name="Copy").click()
    expect(marek.page.get_by_role("button", name="Copied")).to_be_visible()
    link = marek.page.evaluate("() => navigator.clipboard.readText()")
    leon = visit("leon")
    leon.page.goto(link)
    assert leon.page.locator("h1, .score-number, .page-actions summary").all_inner_texts() == shown


def test_the_chart_says_in_words_what_it_draws(marek: Visitor) -> None:
    plot = marek.page.locator("#trend-plot")
    plot.locator("svg").wait_for()
    assert "Line chart" in str(plot.get_attribute("aria-label"))
    table = marek.page.locator(".chart-table")
    expect(table.locator("table")).to_be_hidden()
    table.locator("summary").click()
    expect(table.locator("tbody tr").first).to_be_visible()
    plot.hover()
    marek.page.mouse.move(700, 600)
    marek.page.wait_for_timeout(300)  # a tooltip that broke the content policy would have been complained of by now
