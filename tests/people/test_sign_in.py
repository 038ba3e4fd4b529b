from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, installation, settings
from app.core.audit import AuditEntry
from app.extensions import db
from app.people.credentials import passwords
from app.people.models import Account, AccountSession, SignInFailure
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account

PASSWORD = "seven green bicycles"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SIGNS_OF_A_PROXY = (
    "Forwarded", "Via", "X-Real-IP", "X-Real-Port", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    "X-Forwarded-Server", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Original-Forwarded-For", "CF-Connecting-IP",
    "True-Client-IP", "Cdn-Loop",
)  # fmt: skip


@pytest.fixture
def ewa(cast: Cast) -> Account:
    cast.ewa.password_hash = passwords.hash_password(PASSWORD)
    return cast.ewa


def fill_in(browser: Browser, email: str, password: str = PASSWORD, **options: object) -> object:
    path = str(options.pop("path", "/sign-in"))
    return browser.post(path, data={"email": email, "password": password}, **options)


def sessions() -> int:
    return db.session.scalar(sa.select(sa.func.count(AccountSession.id))) or 0


def test_the_right_password_opens_a_session(browser: Browser, ewa: Account) -> None:
    answer = fill_in(browser, " Ewa@Example.org ", headers={"User-Agent": FIREFOX})
    assert answer.status_code == 302
    assert answer.location == "/"
    row = db.session.scalars(sa.select(AccountSession)).one()
    assert row.account_id == ewa.id
    assert row.device == "Firefox, Windows"
    assert browser.get("/settings/").status_code == 200
    assert db.session.scalar(sa.select(AuditEntry.actor_id).where(AuditEntry.action == "session.opened")) == ewa.id


@pytest.mark.parametrize("email", ["ewa@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_look_the_same(browser: Browser, ewa: Account, email: str) -> None:
    answer = fill_in(browser, email, "not the password")
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert f'value="{email}"' in answer.text, "what was typed is kept"
    assert "not the password" not in answer.text
    assert sessions() == 0


def test_a_password_that_is_replaced_while_it_is_looked_at_opens_nothing(
    browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = passwords.matches

    def slowly(stored: str | None, password: str) -> bool:
        found = look(stored, password)
        db.session.get_one(Account, ewa.id).password_hash = "another one"
        db.session.commit()
        return found

    monkeypatch.setattr(passwords, "matches", slowly)
    answer = fill_in(browser, "ewa@example.org")
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert sessions() == 0
    assert ewa.password_hash == "another one"


def test_an_unknown_name_costs_a_hash_too(browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []
    hasher = passwords._hasher(True)
    monkeypatch.setattr(type(hasher), "verify", lambda self, stored, password: verified.append(stored) or True)
    answer = fill_in(browser, "nobody@example.org")
    assert answer.status_code == 422
    assert len(verified) == 1


def test_an_account_without_a_password_takes_none(browser: Browser, cast: Cast) -> None:
    for password in ("demo", "None", "nobody signs in with this"):
        assert fill_in(browser, "marek@example.org", password).status_code == 422


def test_empty_fields_are_said(browser: Browser, cast: Cast) -> None:
    answer = fill_in(browser, "", "")
    assert answer.status_code == 422
    assert answer.text.count("Please fill this in.") >= 2


def test_closed_accounts_and_people_who_left_stay_out(browser: Browser, ewa: Account) -> None:
    assert ewa.employee
    ewa.employee.ends_on = clock.now().date()
    assert fill_in(browser, ewa.email).status_code == 422
    ewa.employee.ends_on, ewa.disabled_at = None, clock.now()
    assert fill_in(browser, ewa.email).status_code == 422
    ewa.disabled_at = None
    assert fill_in(browser, ewa.email).status_code == 302


def test_leaving_ends_what_was_open(browser: Browser, ewa: Account) -> None:
    fill_in(browser, ewa.email)
    assert ewa.employee
    ewa.employee.ends_on = clock.now().date()
    assert browser.get("/settings/").location.startswith("/sign-in")


def test_one_comes_back_to_the_page_one_asked_for(browser: Browser, ewa: Account) -> None:
    sent = browser.get("/settings/password?lang=pl")
    assert sent.location == "/sign-in?next=/settings/password?lang%3Dpl"
    assert fill_in(browser, ewa.email, path=sent.location).location == "/settings/password?lang=pl"


def test_one_is_never_sent_to_another_house(browser: Browser, ewa: Account) -> None:
    assert fill_in(browser, ewa.email, path="/sign-in?next=//evil.example").location == "/"


def test_an_expired_form_leads_back_to_its_page(browser: Browser, ewa: Account) -> None:
    answer = browser.post("/settings/time-zone", headers={"Referer": "http://localhost/settings/"})
    assert answer.location == "/sign-in?next=/settings/"
    elsewhere = browser.post("/settings/time-zone", headers={"Referer": "http://evil.example/settings/"})
    assert elsewhere.location == "/sign-in"


def test_a_fragment_sends_the_whole_page_to_sign_in(browser: Browser, cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/settings/sessions"}
    answer = browser.get("/settings/", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/settings/sessions"


def test_nothing_that_a_stranger_left_in_the_browser_stays(browser: Browser, ewa: Account) -> None:
    with browser.client.session_transaction() as cookie:
        cookie["csrf_token"] = "planted"
    fill_in(browser, ewa.email)
    with browser.client.session_transaction() as cookie:
        assert cookie.get("csrf_token") != "planted"


def test_whoever_is_signed_in_need_not_again(browser: Browser, ewa: Account) -> None:
    browser.sign_in(ewa)
    assert browser.get("/sign-in").location == "/"


def test_an_old_hash_is_made_anew(browser: Browser, ewa: Account) -> None:
    old = passwords.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    ewa.password_hash = old
    assert fill_in(browser, ewa.email).status_code == 302
    assert ewa.password_hash != old
    assert passwords.matches(ewa.password_hash, PASSWORD)


def test_the_lock_is_free_while_the_password_is_looked_at(
    browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_transactions = []

    def look(stored: str | None, password: str) -> bool:
        open_transactions.append(db.session.registry().in_transaction())
        return True

    monkeypatch.setattr(passwords, "matches", look)
    assert fill_in(browser, ewa.email).status_code == 302
    assert open_transactions == [False]


def test_signing_out_ends_the_session_for_good(browser: Browser, ewa: Account) -> None:
    fill_in(browser, ewa.email)
    cookie = browser.client.get_cookie("rezonans")
    assert cookie is not None
    assert browser.post("/sign-out").location == "/sign-in"
    assert sessions() == 0
    assert "You are signed out." in browser.get("/sign-in").text
    browser.client.set_cookie("rezonans", cookie.value)
    assert browser.get("/settings/").status_code == 302, "the old cookie opens nothing"


def test_signing_out_twice_is_no_error(browser: Browser, cast: Cast) -> None:
    assert browser.post("/sign-out").location == "/sign-in"


def test_the_hour_of_the_last_page_is_kept(browser: Browser, ewa: Account) -> None:
    browser.sign_in(ewa)
    row = db.session.scalars(sa.select(AccountSession)).one()
    row.seen_at = clock.now() - timedelta(minutes=50)
    before = row.seen_at
    browser.get("/settings/")
    assert row.seen_at == before, "not on every page"
    row.seen_at = clock.now() - timedelta(hours=2)
    assert browser.get("/settings/").status_code == 200
    assert row.seen_at > clock.now() - timedelta(minutes=1)


def test_an_idle_session_is_over(browser: Browser, ewa: Account) -> None:
    browser.sign_in(ewa)
    row = db.session.scalars(sa.select(AccountSession)).one()
    row.seen_at = clock.now() - timedelta(hours=13)
    assert browser.get("/settings/").status_code == 302


class TestDemo:
    @pytest.fixture(autouse=True)
    def demo(self, cast: Cast) -> None:
        row = db.session.get_one(installation.Installation, 1)
        row.kind = installation.InstallationKind.DEMO
        people = [{"email": "ewa@example.org", "note": {"en": "at the counter", "pl": "przy ladzie"}}]
        settings.set_company("demo_people", people, actor_id=None)

    def test_the_page_lists_whom_one_may_be(self, browser: Browser) -> None:
        page = browser.get("/sign-in").text
        assert "Ewa" in page
        assert "at the counter" in page
        assert "Marek" not in page
        assert "przy ladzie" in browser.get("/sign-in?lang=pl").text

    def test_the_demo_password_opens_for_those_listed(self, browser: Browser) -> None:
        assert fill_in(browser, "ewa@example.org", "demo").status_code == 302
        assert sessions() == 1

    def test_others_stay_out(self, browser: Browser) -> None:
        make_account("imported@example.org")
        assert fill_in(browser, "imported@example.org", "demo").status_code == 422
        assert fill_in(browser, "marek@example.org", "demo").status_code == 422

    @pytest.mark.parametrize("header", SIGNS_OF_A_PROXY)
    def test_behind_a_proxy_it_opens_nothing(self, browser: Browser, header: str) -> None:
        assert fill_in(browser, "ewa@example.org", "demo", headers={header: "127.0.0.1"}).status_code == 422
        assert "Ewa" not in browser.get("/sign-in", headers={header: "127.0.0.1"}).text

    def test_behind_a_proxy_that_says_nothing_of_itself_it_opens_nothing(self, browser: Browser) -> None:
        bare = {"SERVER_PROTOCOL": "HTTP/1.0"}  # as nginx hands on with no more than a proxy_pass
        assert fill_in(browser, "ewa@example.org", "demo", environ_overrides=bare).status_code == 422
        assert "Ewa" not in browser.get("/sign-in", environ_overrides=bare).text

    def test_from_another_machine_it_opens_nothing(self, browser: Browser) -> None:
        peer = {"REMOTE_ADDR": "192.168.1.20"}
        assert fill_in(browser, "ewa@example.org", "demo", environ_base=peer).status_code == 422
        base = "http://intranet.example"
        assert fill_in(browser, "ewa@example.org", "demo", base_url=base).status_code in (400, 422)

    def test_a_password_of_ones_own_shuts_the_demos_out(self, browser: Browser) -> None:
        ewa = db.session.scalars(sa.select(Account).where(Account.email == "ewa@example.org")).one()
        ewa.password_hash = passwords.hash_password(PASSWORD)
        assert fill_in(browser, "ewa@example.org", "demo").status_code == 422


def test_outside_the_demo_its_password_opens_nothing(browser: Browser, cast: Cast) -> None:
    settings.set_company("demo_people", [{"email": "ewa@example.org"}], actor_id=None)
    assert fill_in(browser, "ewa@example.org", "demo").status_code == 422


def test_the_form_needs_its_token(app: Flask, browser: Browser, ewa: Account) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert fill_in(browser, ewa.email).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert sessions() == 0
    assert db.session.scalars(sa.select(SignInFailure)).all() == []


def test_a_name_that_no_database_takes_is_an_unknown_name(cast: Cast, browser: Browser) -> None:
    form = {"email": "ewa\0@example.org", "password": "long enough, and wrong"}
    assert browser.post("/sign-in", data=form).status_code == 422
