"""The second step of signing in."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, installation, settings
from app.core.audit import AuditEntry
from app.extensions import db
from app.people.actions import factors
from app.people.actions.guessing import CODES, Attempt, admit
from app.people.credentials import factor_codes, passwords
from app.people.models import Account, AccountFactor, AccountSession, FactorRemoval, RecoveryCode, SignInFailure
from app.people.views import halfway
from config import ROOT
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import SEED, make_factor

PASSWORD = "seven green bicycles"
CODE, RECOVERY = "/sign-in/code", "/sign-in/recovery-code"


@pytest.fixture
def ewa(cast: Cast) -> Account:
    cast.ewa.password_hash = passwords.hash_password(PASSWORD)
    make_factor(cast.ewa)
    return cast.ewa


def code(shift: int = 0, now: datetime | None = None) -> str:
    """What the phone shows; `shift`: so many steps later."""
    return pyotp.TOTP(SEED).generate_otp(factor_codes.step_of(now or clock.now()) + shift)


def halfway_in(browser: Browser, account: Account, path: str = "/sign-in") -> Browser:
    answer = browser.post(path, data={"email": account.email, "password": PASSWORD})
    assert answer.location.startswith(CODE), answer.text
    return browser


def sessions() -> int:
    return db.session.scalar(sa.select(sa.func.count(AccountSession.id))) or 0


def acts() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_password_and_code_open_a_session(browser: Browser, ewa: Account) -> None:
    halfway_in(browser, ewa, "/sign-in?next=/settings/sessions")
    page = browser.get(CODE).text
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    answer = browser.post(f"{CODE}?next=/settings/sessions", data={"code": code()})
    assert answer.location == "/settings/sessions"
    assert sessions() == 1
    assert browser.get("/settings/").status_code == 200


def test_the_password_alone_opens_nothing(browser: Browser, ewa: Account) -> None:
    halfway_in(browser, ewa)
    assert sessions() == 0
    assert browser.get("/settings/").location.startswith("/sign-in")
    assert browser.post("/settings/time-zone").location.startswith("/sign-in")
    assert browser.get("/").location.startswith("/sign-in")


def test_without_a_password_the_code_opens_nothing(browser: Browser, ewa: Account) -> None:
    assert browser.get(CODE).location == "/sign-in"
    assert browser.post(CODE, data={"code": code()}).location == "/sign-in"
    assert sessions() == 0


@pytest.mark.parametrize("typed", ["000000", "abcdef", "12345", "１２３４５６"])
def test_a_wrong_code_is_refused_and_counted(browser: Browser, ewa: Account, typed: str) -> None:
    answer = halfway_in(browser, ewa).post(CODE, data={"code": typed})
    assert answer.status_code == 422
    assert "does not fit" in answer.text
    assert sessions() == 0
    assert "code.refused" in acts()
    assert db.session.scalar(sa.select(sa.func.max(SignInFailure.count))) == 1


@pytest.mark.parametrize("typed", ["", "\0"])
def test_an_empty_code_is_said_and_not_counted(browser: Browser, ewa: Account, typed: str) -> None:
    assert halfway_in(browser, ewa).post(CODE, data={"code": typed}).status_code == 422
    assert "code.refused" not in acts()


def test_a_code_is_taken_however_it_was_typed(browser: Browser, ewa: Account) -> None:
    typed = code()
    assert halfway_in(browser, ewa).post(CODE, data={"code": f" {typed[:3]} {typed[3:]} "}).status_code == 302


def test_a_code_works_once(app: Flask, browser: Browser, ewa: Account) -> None:
    typed = code()
    assert halfway_in(browser, ewa).post(CODE, data={"code": typed}).status_code == 302
    thief = halfway_in(Browser(app), ewa)
    assert thief.post(CODE, data={"code": typed}).status_code == 422
    assert sessions() == 1


def test_a_code_before_the_last_one_is_over_too(browser: Browser, ewa: Account) -> None:
    before, now = code(-1), code()
    assert halfway_in(browser, ewa).post(CODE, data={"code": now}).status_code == 302
    assert halfway_in(Browser(browser.app), ewa).post(CODE, data={"code": before}).status_code == 422


def test_phones_may_be_one_step_off_and_not_two(ewa: Account) -> None:
    now = clock.now()
    for shift, fits in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        assert (factor_codes.matching_step(SEED, code(shift, now), now) is not None) is fits, shift


def test_a_clock_that_jumps_takes_no_code_twice(ewa: Account) -> None:
    """Ahead, the phone's codes do not fit; back again, what was used stays used. A recovery code always opens."""
    now = clock.now()
    assert factors.take_code(ewa, code(), now)
    for jump in (timedelta(hours=-1), timedelta(hours=1), timedelta(0)):
        assert not factors.take_code(ewa, code(), now + jump)
    fresh = factors.renew_codes(ewa)
    assert factors.take_recovery_code(ewa, fresh[0], now - timedelta(days=400))


def test_five_minutes_after_the_password_it_is_asked_again(
    browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway_in(browser, ewa, "/sign-in?next=/settings/")
    real = clock.now
    for jump in (timedelta(minutes=6), timedelta(hours=-1)):
        monkeypatch.setattr(clock, "now", lambda jump=jump: real() + jump)
        answer = browser.post(f"{CODE}?next=/settings/", data={"code": code()})
        assert answer.location == "/sign-in?next=/settings/"
    assert sessions() == 0


def test_the_state_serves_this_browser_and_this_password_only(browser: Browser, ewa: Account) -> None:
    halfway_in(browser, ewa)
    other = {"User-Agent": "another browser"}
    assert browser.post(CODE, data={"code": code()}, headers=other).location == "/sign-in"
    ewa.password_hash = passwords.hash_password("eleven purple umbrellas")
    assert browser.post(CODE, data={"code": code()}).location == "/sign-in"
    assert sessions() == 0


def test_the_state_names_nobody_else(browser: Browser, ewa: Account, cast: Cast) -> None:
    """Another's number in the cookie needs our signature, and even with it the mark over it."""
    make_factor(cast.marek)
    halfway_in(browser, ewa)
    with browser.client.session_transaction() as cookie:
        cookie[halfway.KEY][0] = cast.marek.id
        cookie.modified = True
    assert browser.post(CODE, data={"code": code()}).location == "/sign-in"


def test_whoever_was_shut_out_meanwhile_stays_out(browser: Browser, ewa: Account) -> None:
    halfway_in(browser, ewa)
    ewa.disabled_at = clock.now()
    assert browser.post(CODE, data={"code": code()}).location == "/sign-in"


def test_a_factor_removed_meanwhile_takes_no_code(browser: Browser, ewa: Account, cast: Cast) -> None:
    halfway_in(browser, ewa)
    factors.remove_of(ewa, cast.adam, "lost phone", clock.now())
    assert browser.post(CODE, data={"code": code()}).status_code == 422
    assert sessions() == 0


def test_a_recovery_code_opens_once(browser: Browser, ewa: Account) -> None:
    fresh = factors.renew_codes(ewa)
    halfway_in(browser, ewa).get(RECOVERY)
    answer = browser.post(RECOVERY, data={"code": fresh[3].lower().replace(" ", "-")})
    assert answer.status_code == 302
    assert "9 are left" in browser.get("/settings/").text
    again = halfway_in(Browser(browser.app), ewa).post(RECOVERY, data={"code": fresh[3]})
    assert again.status_code == 422
    assert sessions() == 1
    assert "recovery_code.used" in acts()


def test_a_recovery_code_of_another_opens_nothing(browser: Browser, ewa: Account, cast: Cast) -> None:
    make_factor(cast.marek)
    theirs = factors.renew_codes(cast.marek)
    assert halfway_in(browser, ewa).post(RECOVERY, data={"code": theirs[0]}).status_code == 422


def test_a_thousand_guesses_reach_almost_nothing_and_shut_nobody_out(
    browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From many networks, by somebody who knows the password. The owner's browser and recovery codes count apart."""
    fresh = factors.renew_codes(ewa)
    halfway_in(browser, ewa).post(CODE, data={"code": code()})
    heard = 0
    with browser.app.test_request_context():
        start = clock.now()
        for number in range(1000):
            attempt = guess(ewa, f"10.{number // 200}.{number % 200}.1", start + timedelta(seconds=number))
            heard += not attempt.wait
    assert heard < 40, "in a thousand seconds"
    thief = halfway_in(Browser(browser.app), ewa)
    assert thief.post(CODE, data={"code": code(1)}).status_code == 429
    assert thief.post(RECOVERY, data={"code": fresh[0]}).status_code == 302
    owner = browser  # it knows the account
    owner.post("/sign-out")
    assert halfway_in(owner, ewa).post(CODE, data={"code": code(1)}).status_code == 302


def guess(account: Account, address: str, now: datetime) -> Attempt:
    return admit(f"code of {account.id}", address, None, now, of_account=CODES)


def test_the_demos_people_come_in_with_the_password_alone(browser: Browser, cast: Cast) -> None:
    row = db.session.get_one(installation.Installation, 1)
    row.kind = installation.InstallationKind.DEMO
    settings.set_company("demo_people", [{"email": "adam@example.org"}], actor_id=None)
    settings.set_company("factor_roles", ["administrator"], actor_id=None)
    answer = browser.post("/sign-in", data={"email": "adam@example.org", "password": "demo"})
    assert answer.location == "/"
    assert browser.get("/settings/").status_code == 200
    assert browser.get("/settings/second-factor/set-up").status_code == 409
    assert "In the demo" in browser.get("/settings/second-factor").text


def test_the_way_forward_is_the_same_for_everybody(browser: Browser, ewa: Account) -> None:
    stranger = without_token(browser.get("/sign-in/no-code").text)
    assert "recovery code" in stranger
    for person in ("adam", "Adam", "example.org"):
        assert person not in stranger
    halfway_in(browser, ewa)
    assert without_token(browser.get("/sign-in/no-code").text) == stranger


def without_token(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", page)


def test_neither_seed_nor_recovery_codes_lie_open_in_the_database(ewa: Account) -> None:
    fresh = factors.renew_codes(ewa)
    kept = db.session.scalars(sa.select(AccountFactor.seed)).one() + b"".join(
        db.session.scalars(sa.select(RecoveryCode.code_hash))
    )
    for secret in (SEED, *fresh, *(words.replace(" ", "") for words in fresh)):
        assert secret.encode() not in kept
    assert pyotp.TOTP(SEED).byte_secret() not in kept


def test_a_seed_put_into_the_row_of_another_opens_nothing(ewa: Account, cast: Cast) -> None:
    theirs = make_factor(cast.marek)
    theirs.seed = db.session.scalars(sa.select(AccountFactor.seed).where(AccountFactor.account_id == ewa.id)).one()
    assert not factors.take_code(cast.marek, code(), clock.now())


def test_who_had_it_removed_is_told_once_and_by_whom(browser: Browser, ewa: Account, cast: Cast) -> None:
    factors.remove_of(ewa, cast.adam, "lost phone", clock.now())
    answer = browser.post("/sign-in", data={"email": ewa.email, "password": PASSWORD})
    assert answer.location == "/"
    page = browser.get("/settings/").text
    assert "removed by Adam: lost phone" in page
    assert db.session.scalars(sa.select(FactorRemoval.told_at)).one() is not None
    browser.post("/sign-out")
    browser.post("/sign-in", data={"email": ewa.email, "password": PASSWORD})
    assert "lost phone" not in browser.get("/settings/").text


def test_a_new_password_keeps_the_factor(browser: Browser, ewa: Account) -> None:
    """Whoever can read somebody's mail must not get rid of the factor by it."""
    browser.sign_in(ewa)
    new = "eleven purple umbrellas"
    form = {"old_password": PASSWORD, "new_password": new, "repeated": new}
    assert browser.post("/settings/password", data=form).status_code == 302
    browser.post("/sign-out")
    assert browser.post("/sign-in", data={"email": ewa.email, "password": new}).location == CODE


OPENING = re.compile(r"(?<!def )(?<!\.)\bopen_session\(|from app.people.views.coming_in import .*\benter\b")


def test_every_way_in_asks_for_the_code() -> None:
    """Nobody else opens a session: a new way in goes through `come_in`."""
    files = (ROOT / "app").rglob("*.py")
    opens = {str(path.relative_to(ROOT / "app")) for path in files if OPENING.search(path.read_text())}
    # The first administrator was made a moment ago.
    first = "home/views/first_run.py"
    assert opens == {"people/actions/sessions.py", "people/views/coming_in.py", "people/views/codes.py", first}
