"""Two server processes hear a hundred guesses: they count together, and the owner still enters (security.md A2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock
from app.extensions import db
from app.people.actions.guessing import PAIR
from app.people.credentials import passwords
from tests.at_once import committed
from tests.browser_check import Browser
from tests.cast import make_cast
from tests.copies import Copy

PASSWORD, EMAIL = "seven green bicycles", "ewa@example.org"
EACH = 50


@pytest.fixture
def _ewa(app: Flask) -> Iterator[None]:
    with committed(app):
        make_cast().ewa.password_hash = passwords.hash_password(PASSWORD)
        db.session.commit()
        yield


def enters(browser: Browser, password: str = PASSWORD, address: str = "192.0.2.7") -> int:
    wish = {"email": EMAIL, "password": password}
    return browser.post("/sign-in", data=wish, environ_base={"REMOTE_ADDR": address}).status_code


def guess(app: Flask, name: str) -> int:
    """As one process of the server: on connections of its own. Its end tells how many of its guesses were heard."""
    with app.app_context():
        return sum(enters(Browser(app), f"guess {number} of {name}") == 422 for number in range(EACH))


@pytest.mark.usefixtures("_ewa")
def test_a_hundred_guesses_by_two_processes_are_few_and_keep_the_owner_out_of_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Browser(app)
    assert enters(known) == 302
    known.post("/sign-out")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # one moment for both: no wait passes
    with Copy(lambda: guess(app, "one"), tmp_path / "1") as one, Copy(lambda: guess(app, "two"), tmp_path / "2") as two:
        heard = one.wait() + two.wait()
    assert heard == PAIR.free, f"not so many for each: {one.said()} {two.said()}"
    assert enters(Browser(app)) == 429, "where the guesses came from"
    assert enters(known) == 302, "in the browser that knows her, beside the one who guesses"
    assert enters(Browser(app), address="203.0.113.9") == 302, "and in a new one, from elsewhere"
