"""People without a company mailbox sign in with their employee number."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.core import clock
from app.extensions import db
from app.people.credentials import passwords
from app.people.models import Account, SignInFailure
from app.people.queries import account_called
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee

PASSWORD = "seven green bicycles"


@pytest.fixture
def jan(cast: Cast) -> Account:
    """Without an address: neither he nor his account has one."""
    employee = make_employee(cast.n1, name="Jan")
    employee.number, employee.email = "K-104", None
    jan = Account(name="Jan", employee=employee, created_at=clock.now())
    jan.password_hash = passwords.hash_password(PASSWORD)
    db.session.add(jan)
    db.session.flush()
    return jan


def enter(browser: Browser, name: str, password: str = PASSWORD) -> int:
    return browser.post("/sign-in", data={"email": name, "password": password}).status_code


@pytest.mark.parametrize("name", ["K-104", "k-104", " K-104 "])
def test_the_number_opens_a_session(browser: Browser, jan: Account, name: str) -> None:
    assert enter(browser, name) == 302
    assert "K-104" in browser.get("/settings/").text


def test_whoever_has_an_address_may_use_either(browser: Browser, cast: Cast) -> None:
    cast.ewa.password_hash = passwords.hash_password(PASSWORD)
    assert cast.ewa.employee
    assert enter(browser, cast.ewa.employee.number or "") == 302


@pytest.mark.parametrize("name", ["K-1045", "K%", "\0", "K-104@", "104"])
def test_no_other_name_does(browser: Browser, jan: Account, name: str) -> None:
    assert enter(browser, name) == 422


def test_two_names_are_one_count(browser: Browser, cast: Cast) -> None:
    cast.ewa.password_hash = passwords.hash_password(PASSWORD)
    assert cast.ewa.employee
    names = [cast.ewa.sign_in_name, cast.ewa.employee.number or ""] * 4
    statuses = [enter(browser, name, "not the password") for name in names]
    assert statuses == [422] * 5 + [429] * 3
    assert len(db.session.scalars(sa.select(SignInFailure)).all()) == 3


def test_the_number_as_it_is_written_comes_first(cast: Cast) -> None:
    for number in ("ab1", "AB1"):
        employee = make_employee(cast.n1)
        employee.number = number
        db.session.add(Account(name=number, employee=employee, created_at=clock.now()))
    db.session.flush()
    for number in ("ab1", "AB1"):
        found = account_called(number)
        assert found
        assert found.name == number


def test_the_schema_of_before_gives_a_stand_in_and_takes_it_back(app: Flask) -> None:
    """Going down every account has an address; coming up those who had none have none again."""
    with app.app_context():
        jan, ewa = _write("Jan", None), _write("Ewa", "ewa@example.org")
        try:
            downgrade(revision="0006")
            assert _addresses() == {jan: f"{jan}@no-address.invalid", ewa: "ewa@example.org"}
        finally:
            upgrade()
            assert _addresses() == {jan: None, ewa: "ewa@example.org"}
            with db.engine.begin() as connection:
                connection.execute(sa.text("DELETE FROM account"))
                connection.execute(sa.text("DELETE FROM employee_word"))
                connection.execute(sa.text("DELETE FROM employee"))


def _write(name: str, email: str | None) -> int:
    with db.engine.begin() as connection:
        made = connection.execute(
            sa.text(
                "INSERT INTO employee (number, name, sort_name, starts_on) "
                "VALUES (:name, :name, :name, '2020-01-01') RETURNING id"
            ),
            {"name": name},
        )
        insert = sa.text(
            "INSERT INTO account (email, name, employee_id, created_at) VALUES (:email, :name, :employee, '2020-01-01')"
            " RETURNING id"
        )
        told = {"email": email, "name": name, "employee": made.scalar_one()}
        return int(connection.execute(insert, told).scalar_one())


def _addresses() -> dict[int, str | None]:
    with db.engine.connect() as connection:
        return {row.id: row.email for row in connection.execute(sa.text("SELECT id, email FROM account"))}
