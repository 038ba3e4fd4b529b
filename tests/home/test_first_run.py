"""The first page of an empty installation."""

from dataclasses import replace

import pytest
from flask import Flask

from app.core import installation, settings
from app.core.installation import InstallationKind
from app.core.keys import first_run_code
from app.extensions import db
from app.people.models import Account, AccountSession, Grant, Unit
from tests.browser_check import Browser
from tests.cast import Cast

COMPANY = {
    "company_name": "Sklep Pod Lipą",
    "languages": ["pl", "ru"],
    "time_zone": "Europe/Warsaw",
    "reporting_threshold": "9",
    "name": "Anna Nowak",
    "email": "anna@sklep.example",
    "password": "cztery konie za płotem",
}


def test_an_empty_place_opens_it(browser: Browser) -> None:
    assert browser.get("/").headers["Location"].endswith("/first-run")
    page = browser.get("/first-run").text
    assert "demo company" in page
    assert "/first-run/company" in page


def test_a_company_is_set_up_with_its_administrator(browser: Browser) -> None:
    response = browser.post("/first-run/company", data=COMPANY, headers={"Accept-Language": "pl"})
    assert response.status_code == 302
    account = db.session.query(Account).filter_by(email="anna@sklep.example").one()
    assert account.password_hash
    assert account.language == "pl"
    assert "konie" not in account.password_hash
    root = db.session.query(Unit).one()
    assert root.name == "Sklep Pod Lipą"
    assert db.session.query(Grant).one().unit_id == root.id
    assert installation.kind() is InstallationKind.COMPANY
    assert settings.company("reporting_threshold") == 9
    assert settings.company("languages") == ["pl", "ru"]
    assert browser.get("/").status_code == 200  # and she is signed in


@pytest.fixture
def _place_of_the_demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "REZONANS", replace(app.config["REZONANS"], is_demo_place=True))


@pytest.mark.usefixtures("_place_of_the_demo")
def test_where_the_next_start_brings_the_demo_no_company_is_set_up(browser: Browser) -> None:
    page = browser.get("/first-run").text
    assert "/first-run/demo" in page
    assert "/first-run/company" not in page
    assert "“bin/run”, without “demo”" in page
    assert browser.get("/first-run/company").status_code == 409
    response = browser.post("/first-run/company", data=COMPANY)
    assert response.status_code == 409
    assert "without “demo”" in response.text
    assert installation.kind() is InstallationKind.EMPTY
    assert db.session.query(Account).count() == 0


@pytest.mark.usefixtures("_place_of_the_demo")
def test_a_company_in_the_place_of_the_demo_is_told_how_to_start(app: Flask, cast: Cast) -> None:
    said = app.test_cli_runner().invoke(args=["prepare", "--demo"])
    folder = app.config["REZONANS"].data
    assert said.exit_code == 1
    assert "There is a real company in this database." in said.output
    assert f"REZONANS_DATA={folder} REZONANS_KEYS={folder} " in said.output


def test_a_company_elsewhere_is_told_nothing_of_it(app: Flask, cast: Cast) -> None:
    assert "REZONANS_DATA=" not in app.test_cli_runner().invoke(args=["prepare", "--demo"]).output


def test_of_the_browser_no_more_is_kept_than_its_owner_knows_it_by(browser: Browser) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
    browser.post("/first-run/company", data=COMPANY, headers={"User-Agent": firefox})
    assert db.session.query(AccountSession).one().device == "Firefox, Windows"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reporting_threshold", "4", "from 5 to 50"),
        ("reporting_threshold", "", "required"),
        ("password", "short", "12 to 256 characters"),
        ("password", "qwertyuiop12", "easy to guess"),
        ("company_name", "", "required"),
        ("email", "", "required"),
        ("time_zone", "Mars/Base", "Choose one from the list"),
    ],
)
def test_bad_input_writes_nothing_and_keeps_what_was_typed(
    browser: Browser, field: str, value: str, words: str
) -> None:
    response = browser.post("/first-run/company", data={**COMPANY, field: value})
    assert response.status_code == 422
    assert words in response.text
    assert db.session.query(Account).count() == 0
    assert db.session.query(Unit).count() == 0
    assert installation.kind() is InstallationKind.EMPTY
    if field != "company_name":
        assert "Sklep Pod Lipą" in response.text
    assert "cztery konie" not in response.text


def test_a_password_that_everybody_tries_first_is_refused(browser: Browser) -> None:
    response = browser.post("/first-run/company", data={**COMPANY, "password": "rezonans2026rezonans"})
    assert response.status_code in (409, 422)
    assert db.session.query(Account).count() == 0


def test_the_language_that_was_chosen_stays(browser: Browser) -> None:
    assert browser.get("/?lang=pl").location == "/first-run?lang=pl"
    page = browser.get("/first-run?lang=pl").text
    assert 'action="/first-run/demo?lang=pl"' in page
    assert 'href="/first-run/company?lang=pl"' in page
    form = browser.get("/first-run/company?lang=pl").text
    assert 'action="/first-run/company?lang=pl"' in form
    assert 'href="/first-run?lang=pl"' in form


def test_signing_in_goes_on_in_the_language_that_was_chosen(cast: Cast, browser: Browser) -> None:
    assert 'action="/sign-in?lang=pl"' in browser.get("/sign-in?lang=pl").text


def test_twice_is_once(browser: Browser) -> None:
    browser.post("/first-run/company", data=COMPANY)
    assert browser.post("/first-run/company", data={**COMPANY, "email": "other@sklep.example"}).status_code == 404
    assert db.session.query(Account).count() == 1


def test_it_is_gone_once_somebody_is_here(cast: Cast, browser: Browser) -> None:
    assert browser.get("/first-run").status_code == 404
    assert browser.post("/first-run/demo").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environ_base": {"REMOTE_ADDR": "10.1.2.3"}},
        {"headers": {"X-Forwarded-For": "10.1.2.3"}},
        {"headers": {"Forwarded": "for=10.1.2.3"}},
        {"headers": {"X-Forwarded-Proto": "https"}},
        {"headers": {"CF-Connecting-IP": "10.1.2.3"}},
        {"environ_overrides": {"SERVER_PROTOCOL": "HTTP/1.0"}},
    ],
)
def test_another_machine_needs_the_code_that_was_printed(
    app: Flask, browser: Browser, elsewhere: dict[str, dict[str, str]]
) -> None:
    assert browser.get("/first-run", **elsewhere).status_code == 403
    code = first_run_code()
    assert browser.get(f"/first-run?code={code}", **elsewhere).status_code == 200
    assert browser.get(f"/first-run?code={code[:-1]}x", **elsewhere).status_code == 403
