"""Setting a second factor up, moving it, new recovery codes, removing it."""

import html
import re
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from app.core import clock, settings
from app.core.audit import AuditEntry
from app.extensions import db
from app.people.actions import factors
from app.people.credentials import factor_codes
from app.people.models import Account, AccountFactor, AccountSession, RecoveryCode
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import SEED, make_factor

PAGE, SET_UP = "/settings/second-factor", "/settings/second-factor/set-up"
RENEWAL, REMOVAL = "/settings/second-factor/recovery-codes", "/settings/second-factor/removal"


def code(seed: str = SEED, shift: int = 0) -> str:
    return pyotp.TOTP(seed).generate_otp(factor_codes.step_of(clock.now()) + shift)


def offered(browser: Browser) -> str:
    """The key that the page shows."""
    shown = re.search(r'<code class="spelled">([A-Z2-7 ]+)</code>', browser.get(SET_UP).text)
    assert shown
    return shown[1].replace(" ", "")


def shown_codes(page: str) -> list[str]:
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text
    return html.unescape(text[1]).split("\n")


def factor_of(account: Account) -> AccountFactor | None:
    db.session.expire_all()
    return db.session.get(AccountFactor, account.id)


def sessions_of(account: Account) -> int:
    wanted = sa.select(sa.func.count(AccountSession.id)).where(AccountSession.account_id == account.id)
    return db.session.scalar(wanted) or 0


def test_it_is_set_up_by_one_code_and_gives_ten_recovery_codes(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    assert "You have none." in browser.get(PAGE).text
    seed = offered(browser)
    answer = browser.post(SET_UP, data={"code": code(seed)})
    assert answer.status_code == 200
    fresh = shown_codes(answer.text)
    assert len(set(fresh)) == 10
    assert all(re.fullmatch(r"([A-Z2-7]{4} ){5}[A-Z2-7]{4}", each) for each in fresh)
    assert "data:text/plain" in answer.text
    page = browser.get(PAGE).text
    assert "Set up on" in page
    assert ">10<" in page
    assert fresh[0] not in page
    assert "factor.set_up" in db.session.scalars(sa.select(AuditEntry.action)).all()


def test_looking_at_the_page_sets_up_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    first = offered(browser)
    assert offered(browser) == first, "the picture that was scanned stays"
    assert factor_of(cast.ewa) is None
    with browser.client.session_transaction() as cookie:
        assert first not in str(dict(cookie)), "the cookie is signed, not secret"


def test_a_code_that_does_not_fit_sets_up_nothing_and_keeps_the_key(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    seed = offered(browser)
    answer = browser.post(SET_UP, data={"code": "000000"})
    assert answer.status_code == 422
    assert factor_codes.in_groups(seed) in answer.text
    assert browser.post(SET_UP, data={}).status_code == 422
    assert factor_of(cast.ewa) is None
    assert sessions_of(cast.ewa) == 1


def test_the_code_that_confirmed_it_opens_nothing_more(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    seed = offered(browser)
    typed = code(seed)
    browser.post(SET_UP, data={"code": typed})
    assert not factors.take_code(cast.ewa, typed, clock.now())


def test_it_ends_all_other_sign_ins(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    thief = Browser(browser.app).sign_in(cast.ewa)
    old = browser.client.get_cookie("rezonans")
    browser.post(SET_UP, data={"code": code(offered(browser))})
    assert sessions_of(cast.ewa) == 1
    assert thief.get("/settings/").location.startswith("/sign-in")
    assert browser.get("/settings/").status_code == 200
    assert old is not None
    browser.client.set_cookie("rezonans", old.value)
    assert browser.get("/settings/").location.startswith("/sign-in"), "the old cookie opens nothing"


def test_moving_it_needs_the_code_that_holds_now(browser: Browser, cast: Cast) -> None:
    make_factor(cast.ewa)
    browser.sign_in(cast.ewa)
    seed = offered(browser)
    for own in ("", "000000", code(seed)):
        assert browser.post(SET_UP, data={"code": code(seed), "own_code": own}).status_code == 422
    factor = factor_of(cast.ewa)
    assert factor is not None
    assert factor_codes.unseal(factor.seed, cast.ewa.id) == SEED
    answer = browser.post(SET_UP, data={"code": code(seed), "own_code": code()})
    assert answer.status_code == 200, answer.text
    assert factor_codes.unseal(factor_of(cast.ewa).seed, cast.ewa.id) == seed  # type: ignore[union-attr]
    assert not factors.take_code(cast.ewa, code(shift=1), clock.now())
    assert "factor.replaced" in db.session.scalars(sa.select(AuditEntry.action)).all()


def test_a_lost_phone_is_replaced_with_a_recovery_code(browser: Browser, cast: Cast) -> None:
    make_factor(cast.ewa)
    old = factors.renew_codes(cast.ewa)
    browser.sign_in(cast.ewa)
    answer = browser.post(SET_UP, data={"code": code(offered(browser)), "own_code": old[0]})
    assert answer.status_code == 200
    assert not set(shown_codes(answer.text)) & set(old)
    assert not factors.take_recovery_code(cast.ewa, old[1], clock.now()), "the old ones go with the old factor"


def test_new_recovery_codes_take_the_place_of_the_old(browser: Browser, cast: Cast) -> None:
    make_factor(cast.ewa)
    old = factors.renew_codes(cast.ewa)
    browser.sign_in(cast.ewa).get(RENEWAL)
    assert browser.post(RENEWAL, data={"own_code": "000000"}).status_code == 422
    answer = browser.post(RENEWAL, data={"own_code": code()})
    assert answer.status_code == 200
    assert len(db.session.scalars(sa.select(RecoveryCode)).all()) == 10
    assert not factors.take_recovery_code(cast.ewa, old[0], clock.now())
    assert factors.take_recovery_code(cast.ewa, shown_codes(answer.text)[0], clock.now())


def test_it_is_removed_with_a_code(browser: Browser, cast: Cast) -> None:
    make_factor(cast.ewa)
    factors.renew_codes(cast.ewa)
    browser.sign_in(cast.ewa).get(REMOVAL)
    assert browser.post(REMOVAL, data={"own_code": "000000"}).status_code == 422
    assert factor_of(cast.ewa)
    assert browser.post(REMOVAL, data={"own_code": code()}).location == PAGE
    assert factor_of(cast.ewa) is None
    assert db.session.scalars(sa.select(RecoveryCode)).all() == []
    assert browser.get(PAGE).status_code == 200


def test_what_a_role_needs_is_not_removed(browser: Browser, cast: Cast) -> None:
    make_factor(cast.adam)
    settings.set_company("factor_roles", ["administrator"], actor_id=None)
    browser.sign_in(cast.adam)
    assert REMOVAL not in browser.get(PAGE).text
    assert browser.post(REMOVAL, data={"own_code": code()}).status_code == 409
    assert factor_of(cast.adam)


@pytest.mark.parametrize("path", [RENEWAL, REMOVAL])
def test_without_a_factor_there_is_nothing_to_change(browser: Browser, cast: Cast, path: str) -> None:
    browser.sign_in(cast.ewa)
    assert browser.get(path).location == PAGE
    assert browser.post(path, data={"own_code": "000000"}).location == PAGE


@pytest.mark.parametrize("path", [SET_UP, RENEWAL, REMOVAL])
def test_the_password_is_asked_again_first(browser: Browser, cast: Cast, path: str) -> None:
    make_factor(cast.ewa)
    browser.sign_in(cast.ewa)
    row = db.session.scalars(sa.select(AccountSession)).one()
    row.signed_in_at = clock.now() - timedelta(minutes=11)
    assert browser.get(path).location == f"/sign-in/confirmation?next={path}"
    assert browser.post(path, data={"own_code": code(), "code": code()}).location.startswith("/sign-in/confirmation")


def test_strangers_sign_in_first(browser: Browser, cast: Cast) -> None:
    for path in (PAGE, SET_UP, RENEWAL, REMOVAL):
        assert browser.get(path).location == f"/sign-in?next={path}"


def test_guesses_of_the_own_code_are_slowed_too(browser: Browser, cast: Cast) -> None:
    """A stolen session is no place to guess in."""
    make_factor(cast.ewa)
    browser.sign_in(cast.ewa)
    answers = [browser.post(RENEWAL, data={"own_code": "000000"}).status_code for _ in range(7)]
    assert 429 in answers
