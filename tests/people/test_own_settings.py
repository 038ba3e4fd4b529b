from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, installation
from app.extensions import db
from app.people.actions.sessions import open_session
from app.people.credentials import passwords
from app.people.models import Account, AccountSession
from tests.browser_check import Browser
from tests.cast import Cast

OLD, NEW = "seven green bicycles", "eleven purple umbrellas"


@pytest.fixture
def ewa(cast: Cast) -> Account:
    cast.ewa.password_hash = passwords.hash_password(OLD)
    return cast.ewa


def sessions_of(account: Account) -> list[AccountSession]:
    return list(db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == account.id)))


def test_the_page_shows_what_i_hold(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.marek).get("/settings/").text
    assert "marek@example.org" in page
    assert "Manager" in page
    assert "Unit N1" in page


@pytest.mark.parametrize("path", ["/settings/", "/settings/password", "/settings/sessions", "/sign-in/confirmation"])
def test_strangers_sign_in_first(browser: Browser, cast: Cast, path: str) -> None:
    assert browser.get(path).location == f"/sign-in?next={path}"


def test_a_language_is_chosen_for_good(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    answer = browser.post("/settings/language", data={"language": "pl", "next": "/settings/sessions"})
    assert answer.location == "/settings/sessions"
    assert cast.ewa.language == "pl"
    assert 'lang="pl"' in browser.get("/settings/").text


def test_a_stranger_chooses_a_language_too(browser: Browser, cast: Cast) -> None:
    answer = browser.post("/settings/language", data={"language": "ru", "next": "/sign-in?lang=en"})
    assert answer.location == "/sign-in?lang=en"
    assert 'lang="ru"' in browser.get("/sign-in").text


@pytest.mark.parametrize("path", ["/settings/language", "/settings/theme"])
def test_what_does_not_exist_cannot_be_chosen(browser: Browser, cast: Cast, path: str) -> None:
    browser.sign_in(cast.ewa)
    assert browser.post(path, data={"language": "xx", "theme": "neon"}).status_code == 409
    assert cast.ewa.language is None


def test_a_look_is_remembered_by_the_browser(browser: Browser, cast: Cast) -> None:
    answer = browser.post("/settings/theme", data={"theme": "dark", "next": "//evil.example"})
    assert answer.location == "/settings/"
    assert 'data-bs-theme="dark"' in browser.get("/sign-in").text


def test_a_time_zone_is_chosen_and_given_back(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    assert browser.post("/settings/time-zone", data={"time_zone": "Europe/Lisbon"}).status_code == 302
    assert cast.ewa.time_zone == "Europe/Lisbon"
    assert 'value="Europe/Lisbon" selected' in _ordered(browser.get("/settings/").text)
    browser.post("/settings/time-zone", data={"time_zone": ""})
    assert cast.ewa.time_zone is None


def _ordered(page: str) -> str:
    return page.replace('selected value="Europe/Lisbon"', 'value="Europe/Lisbon" selected')


def test_an_unknown_time_zone_is_refused(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.ewa).post("/settings/time-zone", data={"time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert cast.ewa.time_zone is None


def change(browser: Browser, old: str = OLD, new: str = NEW, again: str = "") -> object:
    data = {"old_password": old, "new_password": new, "repeated": again or new}
    return browser.post("/settings/password", data=data)


def test_a_new_password_ends_all_other_sign_ins(browser: Browser, ewa: Account) -> None:
    open_session(ewa, "a lost phone", clock.now())
    browser.sign_in(ewa)
    cookie = browser.client.get_cookie("rezonans")
    assert change(browser).status_code == 302
    assert passwords.matches(ewa.password_hash, NEW)
    assert [row.device for row in sessions_of(ewa)] == ["test"]
    assert "1 other sign-in was ended" in browser.get("/settings/").text
    assert cookie
    browser.client.set_cookie("rezonans", cookie.value)
    assert browser.get("/settings/").status_code == 302, "the cookie from before the change opens nothing"


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("not the password", NEW, ""),
        (OLD, "short", ""),
        (OLD, "Ewa2026Rezonans", ""),
        (OLD, NEW, "eleven purple umbrella"),
        (OLD, "x" * 257, ""),
        ("", "", ""),
    ],
)
def test_a_password_that_does_not_fit_changes_nothing(
    browser: Browser, ewa: Account, old: str, new: str, again: str
) -> None:
    open_session(ewa, "a phone", clock.now())
    assert change(browser.sign_in(ewa), old, new, again).status_code == 422
    assert passwords.matches(ewa.password_hash, OLD)
    assert len(sessions_of(ewa)) == 2


def test_guessing_the_old_password_is_slow_too(browser: Browser, ewa: Account) -> None:
    browser.sign_in(ewa)
    statuses = [change(browser, f"guess number {number}").status_code for number in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_in_the_demo_passwords_stay(browser: Browser, ewa: Account) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    browser.sign_in(ewa)
    assert "In the demo" in browser.get("/settings/password").text
    assert change(browser).status_code == 409
    assert passwords.matches(ewa.password_hash, OLD)


def test_my_sign_ins_are_listed_and_ended(browser: Browser, cast: Cast) -> None:
    open_session(cast.ewa, "Firefox, Windows", clock.now())
    browser.sign_in(cast.ewa)
    page = browser.get("/settings/sessions").text
    assert "Firefox, Windows" in page
    assert "this browser" in page
    other = next(row.id for row in sessions_of(cast.ewa) if row.device != "test")
    assert browser.post(f"/settings/sessions/{other}/closure").status_code == 302
    assert [row.device for row in sessions_of(cast.ewa)] == ["test"]
    assert browser.post(f"/settings/sessions/{other}/closure").status_code == 404, "twice"


def test_nobody_ends_the_sign_in_of_another(browser: Browser, cast: Cast) -> None:
    open_session(cast.marek, "Firefox, Windows", clock.now())
    theirs = sessions_of(cast.marek)[0]
    assert browser.sign_in(cast.adam).post(f"/settings/sessions/{theirs.id}/closure").status_code == 404
    assert sessions_of(cast.marek)


def test_all_other_sign_ins_are_ended_at_once(browser: Browser, cast: Cast) -> None:
    for device in ("one", "two"):
        open_session(cast.ewa, device, clock.now())
    open_session(cast.marek, "his", clock.now())
    browser.sign_in(cast.ewa)
    browser.post("/settings/sessions/closure")
    assert [row.device for row in sessions_of(cast.ewa)] == ["test"]
    assert len(sessions_of(cast.marek)) == 1
    assert "Only here" in browser.get("/settings/sessions").text


def test_the_password_is_asked_again_before_sensitive_acts(browser: Browser, ewa: Account) -> None:
    browser.sign_in(ewa)
    row = sessions_of(ewa)[0]
    row.signed_in_at = clock.now() - timedelta(hours=1)
    assert browser.post("/sign-in/confirmation", data={"password": "not it"}).status_code == 422
    answer = browser.post("/sign-in/confirmation?next=/settings/", data={"password": OLD})
    assert answer.location == "/settings/"
    renewed = sessions_of(ewa)
    assert [item.signed_in_at > clock.now() - timedelta(minutes=1) for item in renewed] == [True]
    assert browser.get("/settings/").status_code == 200
