"""The same code from two browsers at the same moment: one of them comes in."""

from collections.abc import Iterator
from functools import partial

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, installation
from app.core.database import writing
from app.extensions import db
from app.people.actions import factors
from app.people.credentials import factor_codes, passwords
from app.people.models import Account, AccountFactor, AccountSession, RecoveryCode
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.factories import SEED, make_account, make_factor

PASSWORD = "seven green bicycles"
BROWSERS = 4


@pytest.fixture
def ewa(app: Flask) -> Iterator[Account]:
    with committed(app):
        installation.become(installation.InstallationKind.COMPANY, clock.now())
        account = make_account("ewa@example.org")
        account.password_hash = passwords.hash_password(PASSWORD)
        db.session.commit()
        yield account


def halfway(app: Flask, account: Account) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    assert answer.location == "/sign-in/code"
    return client


def statuses(app: Flask, account: Account, path: str, typed: str) -> list[int]:
    """Of several browsers that are all asked for a code, and give this one together."""
    browsers = [halfway(app, account) for _ in range(BROWSERS)]
    give = [partial(client.post, path, data={"code": typed}) for client in browsers]
    return sorted(answer.status_code for answer in together(*give))


def sessions() -> int:
    return db.session.scalar(sa.select(sa.func.count(AccountSession.id))) or 0


def test_one_code_opens_one_browser(app: Flask, ewa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    make_factor(ewa)
    db.session.commit()
    meet_at_call(
        monkeypatch, factor_codes, "matching_step", Meeting(BROWSERS)
    )  # all look at the row before one changes it
    typed = pyotp.TOTP(SEED).generate_otp(factor_codes.step_of(clock.now()))
    assert statuses(app, ewa, "/sign-in/code", typed) == [302] + [422] * (BROWSERS - 1)
    assert sessions() == 1


def test_one_recovery_code_opens_one_browser(app: Flask, ewa: Account) -> None:
    make_factor(ewa)
    fresh = factors.renew_codes(ewa)
    db.session.commit()
    assert statuses(app, ewa, "/sign-in/recovery-code", fresh[0]) == [302] + [422] * (BROWSERS - 1)
    assert sessions() == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(RecoveryCode.used_at.is_not(None))) == 1


def test_a_factor_set_up_twice_at_once_is_one(app: Flask, ewa: Account) -> None:
    """The last one holds, with its ten codes; nobody meets a fault."""

    def set_up(account_id: int) -> int:
        with app.app_context(), writing():
            account = db.session.get_one(Account, account_id)
            fresh = factors.set_up(account, factor_codes.new_seed(), 1, clock.now())
            db.session.commit()
            return len(fresh)

    assert together(partial(set_up, ewa.id), partial(set_up, ewa.id)) == [10, 10]
    assert db.session.scalar(sa.select(sa.func.count(AccountFactor.account_id))) == 1
    assert db.session.scalar(sa.select(sa.func.count(RecoveryCode.id))) == 10
