"""Plain functions that make what a test needs, where it needs it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count

from app.core import clock, company_time
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.head_counts import recount
from app.people.actions.tree import refresh_tree
from app.people.actions.words import know_people
from app.people.credentials import factor_codes
from app.people.models import (
    Account,
    AccountFactor,
    Assignment,
    Deputyship,
    Employee,
    Grant,
    Unit,
    UnitKind,
    UnitVersion,
)

LONG_AGO = date(2015, 1, 1)
_numbers = count(1)


def make_unit(code: str, parent: Unit | None = None, kind: UnitKind = UnitKind.BRANCH, *, name: str = "") -> Unit:
    (unit,) = _put_up({code: name or f"Unit {code}"}, parent, kind)
    return unit


def make_units(names: Mapping[str, str], parent: Unit) -> list[Unit]:
    """Branches side by side, by code: the tree is drawn once for all of them, and not once for each."""
    return _put_up(names, parent, UnitKind.BRANCH)


def _put_up(names: Mapping[str, str], parent: Unit | None, kind: UnitKind) -> list[Unit]:
    units = [Unit(code=code, name=name, kind=kind, parent=parent) for code, name in names.items()]
    db.session.add_all(units)
    db.session.flush()
    parent_id = parent.id if parent else None
    db.session.add_all(
        UnitVersion(unit_id=unit.id, name=unit.name, kind=kind, parent_id=parent_id, starts_on=LONG_AGO)
        for unit in units
    )
    refresh_tree(company_time.today())
    return units


def make_employee(unit: Unit | None = None, *, name: str = "", email: str = "", since: date = LONG_AGO) -> Employee:
    number = next(_numbers)
    employee = Employee(
        number=f"E{number}",
        name=name or f"Person {number}",
        email=email or f"person{number}@example.org",
        starts_on=since,
    )
    db.session.add(employee)
    db.session.flush()
    know_people({employee.id: (employee.name, employee.number)})
    if unit is not None:
        db.session.add(Assignment(employee_id=employee.id, unit_id=unit.id, starts_on=since))
        recount([unit.id], company_time.today())
    return employee


def make_account(email: str, employee: Employee | None = None, *, name: str = "") -> Account:
    account = Account(email=email, name=name or email, employee=employee, created_at=clock.now())
    db.session.add(account)
    db.session.flush()
    return account


def make_grant(account: Account, role: Role, unit: Unit, *, ends_on: date | None = None) -> Grant:
    grant = Grant(
        account_id=account.id, role=role, unit_id=unit.id, starts_on=LONG_AGO, ends_on=ends_on, granted_at=clock.now()
    )
    db.session.add(grant)
    db.session.flush()
    return grant


def make_deputy(grant: Grant, deputy: Account, *, first: int = 0, days: int = 10) -> Deputyship:
    """Stands in for the holder of this role, from so many days from today on."""
    starts_on = company_time.today() + timedelta(days=first)
    row = Deputyship(
        absent_id=grant.account_id, deputy_id=deputy.id, role=grant.role, unit_id=grant.unit_id,
        starts_on=starts_on, ends_on=starts_on + timedelta(days=days), named_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_factor(account: Account, *, last_step: int = 0) -> AccountFactor:
    """Of this seed: `pyotp.TOTP(SEED)` gives its codes."""
    sealed = factor_codes.seal(SEED, account.id)
    factor = AccountFactor(account_id=account.id, seed=sealed, confirmed_at=clock.now(), last_step=last_step)
    db.session.add(factor)
    db.session.flush()
    return factor
