"""An administrator removes the second factor of somebody who cannot give a code any more."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions import factors
from app.people.models import Account, AccountFactor, AccountSession, FactorRemoval, RecoveryCode
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_factor, make_grant


@pytest.fixture
def ewa(cast: Cast) -> Account:
    make_factor(cast.ewa)
    factors.renew_codes(cast.ewa)
    return cast.ewa


def path(account: Account) -> str:
    return f"/people/accounts/{account.id}/second-factor/removal"


def has_one(account: Account) -> bool:
    db.session.expire_all()
    return db.session.get(AccountFactor, account.id) is not None


def test_it_is_removed_with_a_reason_and_ends_all_sign_ins(browser: Browser, cast: Cast, ewa: Account) -> None:
    hers = Browser(browser.app).sign_in(ewa)
    browser.sign_in(cast.adam)
    assert path(ewa) in browser.get(f"/people/employees/{ewa.employee_id}").text
    assert "Ewa" in browser.get(path(ewa)).text
    answer = browser.post(path(ewa), data={"reason": "lost phone, came by"})
    assert answer.location == f"/people/employees/{ewa.employee_id}"
    assert not has_one(ewa)
    assert db.session.scalars(sa.select(RecoveryCode)).all() == []
    assert hers.get("/settings/").location.startswith("/sign-in")
    removal = db.session.scalars(sa.select(FactorRemoval)).one()
    assert (removal.account_id, removal.removed_by_id, removal.told_at) == (ewa.id, cast.adam.id, None)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "factor.removed")).one()
    assert (entry.actor_id, entry.subject_id, entry.values[0].after) == (cast.adam.id, ewa.id, "lost phone, came by")
    assert "Remove the second factor" not in browser.get(f"/people/employees/{ewa.employee_id}").text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_without_a_reason_nothing_happens(browser: Browser, cast: Cast, ewa: Account, reason: str) -> None:
    assert browser.sign_in(cast.adam).post(path(ewa), data={"reason": reason}).status_code == 422
    assert has_one(ewa)


def test_a_second_time_there_is_nothing(browser: Browser, cast: Cast, ewa: Account) -> None:
    browser.sign_in(cast.adam)
    browser.post(path(ewa), data={"reason": "lost"})
    assert browser.post(path(ewa), data={"reason": "lost"}).status_code == 404
    assert browser.get(path(cast.marek)).status_code == 404


@pytest.mark.parametrize("name", ["hanna", "marek", "leon", "stranger"])
def test_it_needs_the_role(browser: Browser, cast: Cast, ewa: Account, name: str) -> None:
    browser.sign_in(getattr(cast, name))
    assert browser.post(path(ewa), data={"reason": "lost"}).status_code == 403
    assert path(ewa) not in browser.get(f"/people/employees/{ewa.employee_id}").text
    assert has_one(ewa)


def test_it_needs_sign_in_of_a_moment_ago(browser: Browser, cast: Cast, ewa: Account) -> None:
    assert browser.get(path(ewa)).location.startswith("/sign-in?")
    browser.sign_in(cast.adam)
    row = db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == cast.adam.id)).one()
    row.signed_in_at = clock.now() - timedelta(minutes=11)
    assert browser.post(path(ewa), data={"reason": "lost"}).location.startswith("/sign-in/confirmation")
    assert has_one(ewa)


def test_the_role_elsewhere_does_not_reach_it(browser: Browser, cast: Cast, ewa: Account) -> None:
    make_grant(cast.stranger, Role.ADMINISTRATOR, cast.south)
    assert browser.sign_in(cast.stranger).post(path(ewa), data={"reason": "lost"}).status_code == 404
    assert has_one(ewa)


def test_nobody_with_more_rights_is_laid_open(browser: Browser, cast: Cast) -> None:
    """Ewa administers the branch in which the company's administrator works."""
    assert cast.hanna.employee
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company)
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.n1)
    make_factor(cast.ewa)
    answer = browser.sign_in(cast.marek).post(path(cast.ewa), data={"reason": "lost"})
    assert answer.status_code == 409
    assert "roles that you do not hold" in answer.text
    assert has_one(cast.ewa)


def test_ones_own_is_removed_with_a_code_only(browser: Browser, cast: Cast) -> None:
    make_factor(cast.adam)
    assert browser.sign_in(cast.adam).post(path(cast.adam), data={"reason": "lost"}).status_code == 409
    assert has_one(cast.adam)


def test_somebody_who_does_not_work_here(browser: Browser, cast: Cast) -> None:
    guest = make_account("guest@example.org")
    make_factor(guest)
    page = f"/admin/accounts/{guest.id}"
    assert path(guest) in browser.sign_in(cast.adam).get(page).text
    assert browser.post(path(guest), data={"reason": "lost"}).location == page
    assert not has_one(guest)
    assert path(guest) not in browser.get(page).text


def test_the_operator_removes_it_for_the_last_administrator(app: Flask, cast: Cast) -> None:
    make_factor(cast.adam)
    db.session.commit()
    run = app.test_cli_runner().invoke
    assert run(args=["admin", "remove-factor", "ewa@example.org"]).exit_code == 1
    done = run(args=["admin", "remove-factor", " Adam@example.org", "--reason", "new phone"])
    assert done.exit_code == 0, done.output
    assert not has_one(cast.adam)
    assert db.session.scalars(sa.select(FactorRemoval.reason)).one() == "new phone"
