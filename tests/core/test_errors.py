"""Pages for when something goes wrong: they help, and tell nothing that is not theirs to tell."""

import pytest
from flask import Flask, abort

from app.core import settings
from app.core.errors import Refused
from app.core.permission_words import RIGHTS
from app.core.permissions import EVERYBODY, Permission, public
from tests.browser_check import Browser, check_page
from tests.cast import Cast

LANGUAGES = {"en": "Error", "pl": "Błąd", "ru": "Ошибка"}


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
    assert "Back to the page" not in response.text


@pytest.mark.parametrize(
    ("page", "is_offered"),
    [
        ("http://localhost/sign-in/help?lang=pl", True),
        ("http://localhost/healthz?again", False),  # it would be refused again
        ("http://localhost/no-such-page", False),
        ("https://evil.example/sign-in/help", False),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_the_form(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, page: str, is_offered: bool
) -> None:
    def refuse() -> str:
        raise Refused("The wave is closed already.")

    monkeypatch.setitem(app.view_functions, "home.healthz", public(refuse))
    answer = browser.get("/healthz", headers={"Referer": page}).text
    assert ('href="/sign-in/help?lang=pl">' in answer) is is_offered
    assert ("Back to the page" in answer) is is_offered


def test_a_page_that_is_not_there_helps(browser: Browser) -> None:
    response = browser.get("/no-such-page")
    assert response.status_code == 404
    assert "<h1" in response.text
    assert "start from your home page" in response.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 429, 500])
def test_every_refusal_is_a_page_in_the_persons_language(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, code: int, language: str
) -> None:
    monkeypatch.setitem(app.view_functions, "home.healthz", public(lambda: abort(code)))
    response = browser.get("/healthz", headers={"Accept-Language": language})
    assert response.status_code == code
    assert f'lang="{language}"' in response.text
    assert f"{LANGUAGES[language]} {code}" in response.text
    assert 'href="/"' in response.text, "the way on"


def test_a_page_that_takes_no_form_says_what_it_takes(browser: Browser) -> None:
    response = browser.post("/healthz")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    check_page(response.text)


def test_a_refusal_says_which_right_is_needed_who_has_it_and_whom_to_ask(browser: Browser, cast: Cast) -> None:
    response = browser.sign_in(cast.celina).get("/pulse/drafts")
    assert response.status_code == 403
    assert "the right to publish employees' results" in response.text
    assert "Roles that have it: HR, Administrator." in response.text
    assert "ask your administrator" in response.text
    cast.celina.language = "pl"
    assert "publikowanie wyników pracowników. Mają je role: HR, Administrator." in browser.get("/pulse/drafts").text


def test_every_right_that_can_be_refused_has_words() -> None:
    assert {each for each, right in RIGHTS.items() if right.refused} == set(Permission) - EVERYBODY


def test_a_form_of_another_site_is_refused_on_a_page(browser: Browser) -> None:
    response = browser.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site", "Accept-Language": "pl"})
    assert response.status_code == 403
    assert "przyszedł z innej strony" in response.text
    assert "Nic się nie zmieniło" in response.text
    check_page(response.text)


def test_a_strange_host_is_refused_on_a_page_that_needs_no_address(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["rezonans.example.org"])
    response = browser.get("/sign-in", headers={"Host": "evil.example", "Accept-Language": "ru"})
    assert response.status_code == 400
    assert "По этому адресу Rezonans не отвечает" in response.text
    assert "evil" not in response.text
    check_page(response.text)


def test_a_form_without_its_token_says_what_was_kept(app: Flask, browser: Browser) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        response = browser.post("/sign-in", headers={"Accept-Language": "pl"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert response.status_code == 400
    assert "Wpisane dane są nadal na poprzedniej stronie." in response.text
    check_page(response.text)


@pytest.mark.parametrize("code", [400, 403, 404, 409, 429, 500])
def test_an_open_page_gets_a_fragment_and_not_a_page_within_a_page(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setitem(app.view_functions, "home.healthz", public(lambda: abort(code)))
    response = browser.get("/healthz", headers={"HX-Request": "true"})
    assert response.status_code == code
    assert response.text.strip().startswith('<section class="card narrow bare-card" id="error" role="alert">')
    assert "<h1" not in response.text
    assert f"Error {code}" in response.text
    whole = browser.get("/healthz", headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert whole.text.lstrip().startswith("<!doctype html>")
