"""Bringing a file of units or people through the whole engine, and taking the import back again."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.imports import Forecast, Mapping
from app.core.jobs import run_now
from app.core.kinds import kind_named
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.people.models import Account, Employee
from tests.cast import Cast
from tests.factories import make_account, make_employee

COLUMNS = "employee_number,email,name,unit_code,manager,job,starts_on,ends_on,role"
NEW = f"""
    {COLUMNS}
    P-1,,Olga New,N1,,Head,2024-01-01,,manager
    P-2,ivan@example.org,Ivan New,N1,P-1,Barista,2024-01-01,,
"""


def bring_file(folder: Path, kind: str, text: str) -> DataImport:
    """`text` is CSV whose header names our columns."""
    path = folder / f"{kind}.csv"
    lines = [line.strip() for line in text.strip().splitlines()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    known = {column.name for column in kind_named(kind).columns}
    columns = {name: (name,) for name in lines[0].split(",") if name in known}
    db.session.commit()
    return import_file(kind, path, mapping=Mapping(kind, columns=columns))


def look(import_: DataImport, actor: Account) -> Forecast:
    return forecast_of(import_, actor_id=actor.id, now=clock.now())


def take_back(import_: DataImport, actor: Account) -> None:
    begin_undo(import_, seen=fingerprint(look(import_, actor)), actor_id=actor.id, now=clock.now())
    run_now("imports.undo", import_id=import_.id)
    db.session.expire_all()


def told(forecast: Forecast) -> list[str]:
    return [str(message) for message in forecast.undone]


def left(forecast: Forecast) -> list[tuple[int | None, str, str]]:
    return [(each.line, each.what, str(each.message)) for each in forecast.left]


def person(number: str) -> Employee:
    return db.session.scalars(sa.select(Employee).where(Employee.number == number)).one()


def account_of(employee: Employee) -> Account:
    return db.session.scalars(sa.select(Account).where(Account.employee_id == employee.id)).one()


@pytest.fixture
def known(cast: Cast) -> Employee:
    found = make_employee(cast.n1, name="Known Person")
    found.number = "K-1"
    account = make_account("known@example.org", name="Known Person")
    account.employee_id, found.email = found.id, "known@example.org"
    db.session.flush()
    return found
