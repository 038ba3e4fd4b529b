"""`flask token create`: shown once, on standard output alone, so that it can be piped into a keeper of secrets."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.extensions import db
from app.people.actions.service_accounts import make_service_account
from app.people.models import ApiToken
from tests.api.caller import Caller
from tests.browser_check import Browser
from tests.cast import Cast


def create(app: Flask, *words: str) -> tuple[int, str, str]:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["token", "create", *words])
    return result.exit_code, result.stdout, result.stderr


def test_it_makes_a_token_of_an_account(app: Flask, browser: Browser, cast: Cast) -> None:
    code, token, words = create(app, "Ewa@Example.org", "--scope", "unit:read", "--scope", "impact:read", "--days", "7")
    assert code == 0
    assert "Shown once" in words
    caller = Caller(browser, token.strip())
    assert caller.get("/units").status_code == 200
    assert caller.get("/impact/units/N1").status_code == 200
    assert caller.get("/employees").status_code == 403


def test_it_makes_a_token_of_a_program(app: Flask, browser: Browser, cast: Cast) -> None:
    make_service_account("Payroll", now=clock.now(), actor_id=None)
    code, token, _words = create(app, "Payroll", "--scope", "unit:read")
    assert (code, Caller(browser, token.strip()).get("/units").status_code) == (0, 200)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody@example.org", "--scope", "unit:read"], "There is no account"),
        (["Payroll", "--scope", "unit:read"], "There is no account"),
        (["ewa@example.org", "--scope", "setting:edit"], "No such scope"),
        (["ewa@example.org"], "Missing option"),
        (["ewa@example.org", "--scope", "unit:read", "--days", "366"], "366"),
    ],
)
def test_what_does_not_fit_makes_nothing(app: Flask, cast: Cast, words: list[str], said: str) -> None:
    code, out, told = create(app, *words)
    assert code != 0
    assert out == ""
    assert said in told
    assert db.session.scalars(sa.select(ApiToken)).all() == []
