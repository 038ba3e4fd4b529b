"""Pages for when something goes wrong: they help, and tell nothing that is not theirs to tell."""

import pytest
from flask import Flask

from app.core import settings
from app.core.errors import Refused
from app.core.permissions import public
from tests.browser_check import Browser, check_page


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The health page, broken in the middle."""

    def fail() -> str:
        raise RuntimeError("the secret word is kumquat")

    monkeypatch.setitem(app.view_functions, "home.healthz", public(fail))
    return app


def test_an_unexpected_fault_shows_an_id_only(broken: Flask, browser: Browser) -> None:
    response = browser.get("/healthz")
    assert response.status_code == 500
    assert "kumquat" not in response.text
    assert "RuntimeError" not in response.text


def test_the_page_of_last_resort_needs_no_database(
    broken: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> None:
        raise ConnectionError("database is gone")

    monkeypatch.setattr(settings, "company", gone)
    response = browser.get("/healthz", headers={"Accept-Language": "pl"})
    assert response.status_code == 500
    assert 'lang="pl"' in response.text
    check_page(response.text)


def test_a_refusal_of_the_domain_is_a_page_with_its_sentence(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise Refused("The wave is closed already.")

    monkeypatch.setitem(app.view_functions, "home.healthz", public(refuse))
    response = browser.get("/healthz")
    assert response.status_code == 409
    assert "The wave is closed already." in response.text


def test_a_page_that_is_not_there_helps(browser: Browser) -> None:
    response = browser.get("/no-such-page")
    assert response.status_code == 404
    assert "<h1" in response.text
