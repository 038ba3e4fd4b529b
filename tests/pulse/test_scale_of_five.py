"""Scores of employees that never pass 5: which scale they are on is asked on the page, before a row is read."""

import pytest

from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import hidden, newest, upload

FIVES = "unit_code,period,mood\n" + "".join(f"N1,2026-Q1,{score}\n" for score in (1, 2, 5, 4, 1))
ASKED = "No score is above 5"


@pytest.fixture
def address(browser: Browser, cast: Cast) -> str:
    browser.sign_in(cast.hanna)
    assert upload(browser, FIVES, "fives.csv", "results").status_code == 303
    return f"/imports/{newest().id}/mapping"


def chosen(browser: Browser, address: str, **columns: str) -> dict[str, str]:
    page = browser.get(address).text
    sent = {name: hidden(page, name) for name in ("header_row", "base")}
    return sent | {f"column_{ours}": theirs for ours, theirs in columns.items()}


def test_the_page_asks_before_it_checks(browser: Browser, address: str) -> None:
    sent = chosen(browser, address, unit_code="unit_code", period="period", score="mood")
    answer = browser.post(address, data=sent)
    assert answer.status_code == 422
    assert ASKED in answer.text
    assert browser.post(address, data={**sent, "scale_rule": "one-to-five-reversed"}).status_code == 302
    assert (newest().new_count, newest().refused_count) == (5, 0)


def test_a_file_of_which_no_figures_are_chosen_is_not_checked(browser: Browser, address: str) -> None:
    answer = browser.post(address, data=chosen(browser, address, unit_code="unit_code", period="period", score=""))
    assert answer.status_code == 422
    assert "No column with figures is chosen" in answer.text
    assert newest().refused_count == 0
