"""The page on which an administrator erases somebody."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Account, AccountSession, Employee
from app.privacy.actions.replaying import list_path
from app.privacy.models import Erasure
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant
from tests.privacy.test_erase import finished
from tests.privacy.things import NAME, leave


@pytest.fixture
def zofia(cast: Cast, app: Flask) -> Iterator[Account]:
    yield leave(cast)
    for path in (*app.config["UPLOADS"].glob("*"), list_path()):
        path.unlink(missing_ok=True)


def path(account: Account) -> str:
    return f"/admin/privacy/employees/{account.employee_id}/erasure"


def is_erased() -> bool:
    return db.session.scalar(sa.select(Erasure.id)) is not None


def test_it_says_what_will_go_and_does_it(zofia: Account, cast: Cast, browser: Browser, app: Flask) -> None:
    browser.most_queries = 20  # it counts in every table
    assert path(zofia) in browser.sign_in(cast.adam).get(path(zofia).removesuffix("/erasure")).text
    page = browser.get(path(zofia)).text
    assert NAME in page
    assert "7 texts of others" in page
    assert "1 imported file" in page
    answer = browser.post(path(zofia), data={"reason": "asked for it"})
    assert answer.location == "/admin/privacy"
    listed = browser.get("/admin/privacy").text
    assert "asked for it" in listed
    assert NAME not in listed
    assert list_path().exists()
    finished()
    assert not list(app.config["UPLOADS"].glob("a" * 64))
    there = browser.get(f"/people/employees/{zofia.employee_id}").text
    assert "erased person" in there
    assert "changes/" not in there
    assert browser.get(f"/people/employees/{zofia.employee_id}/changes/details").status_code == 404
    assert "Erased on" in browser.get(path(zofia).removesuffix("/erasure")).text


def test_without_a_reason_nothing_happens(zofia: Account, cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.adam).post(path(zofia), data={"reason": "  "})
    assert answer.status_code == 422
    assert not is_erased()


def test_who_works_here_is_refused(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.adam).get(f"/admin/privacy/employees/{cast.ewa.employee_id}").text
    assert "still works here" in page
    assert path(cast.ewa) not in page
    assert browser.get(path(cast.ewa)).status_code == 409
    assert browser.post(path(cast.ewa), data={"reason": "x"}).status_code == 409
    assert not is_erased()


def test_twice_is_refused(zofia: Account, cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam).post(path(zofia), data={"reason": "asked"})
    assert browser.post(path(zofia), data={"reason": "asked"}).status_code == 409
    assert db.session.scalar(sa.select(sa.func.count(Erasure.id))) == 1


def test_it_needs_the_role_on_the_whole_company(zofia: Account, cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.hanna).post(path(zofia), data={"reason": "x"}).status_code == 403
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    assert browser.sign_in(cast.marek).post(path(zofia), data={"reason": "x"}).status_code == 404
    assert not is_erased()


def test_the_password_is_asked_again(zofia: Account, cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    row = db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == cast.adam.id)).one()
    row.signed_in_at = clock.now() - timedelta(hours=1)
    assert browser.post(path(zofia), data={"reason": "x"}).location.startswith("/sign-in/confirmation")
    assert not is_erased()


def test_strangers_sign_in_first(zofia: Account, browser: Browser) -> None:
    assert browser.post(path(zofia), data={"reason": "x"}).location.startswith("/sign-in")
    assert db.session.get_one(Employee, zofia.employee_id).name == NAME


def test_after_a_restore_an_operator_erases_again(zofia: Account, cast: Cast, browser: Browser, app: Flask) -> None:
    browser.sign_in(cast.adam).post(path(zofia), data={"reason": "asked"})
    answer = app.test_cli_runner().invoke(args=["privacy", "replay-erasures"])
    assert (answer.exit_code, answer.output) == (0, "0 people erased again, 1 were erased already, 0 not found.\n")
