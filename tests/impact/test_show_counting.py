"""How it is counted, for everybody."""

from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.pages import words_of


def test_everybody_may_read_how_it_is_counted(browser: Browser, cast: Cast) -> None:
    cast.ewa.employee_id = None  # not even an employee any more
    words = words_of(browser.sign_in(cast.ewa).get("/impact/how-it-is-counted"))
    assert "groups of at least 7 answers" in words
    assert "Benjamini" in words
    assert "Goes with, not because of" in words


def test_it_needs_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get("/impact/how-it-is-counted").status_code == 302
