"""About one person's work here: who is meant, who depends on them, and what is planned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account, Assignment, Employee, Leave, Unit

MOST_OFFERED = 500


def unit_with_code(code: str | None) -> Unit | None:
    """However its letters are cased; exactly first."""
    wanted = (code or "").strip()
    if not wanted or "\0" in wanted:
        return None
    alike = sa.select(Unit).where(sa.func.lower(Unit.code) == wanted.lower())
    return db.session.scalar(alike.order_by(sa.case((Unit.code == wanted, 0), else_=1), Unit.id).limit(1))


def employee_called(name: str | None) -> Employee | None:
    """By e-mail address or number."""
    wanted = (name or "").strip()
    if not wanted or "\0" in wanted:
        return None
    if "@" in wanted:
        return db.session.scalar(sa.select(Employee).where(Employee.email == wanted.casefold()))
    alike = sa.select(Employee).where(Employee.number.in_({wanted, wanted.upper(), wanted.lower()}))
    return db.session.scalar(alike.order_by(sa.case((Employee.number == wanted, 0), else_=1)).limit(1))


def may_edit(person: Account, employee: Employee) -> bool:
    """Whether this person may say where and until when that one works."""
    if not person.may(Permission.EMPLOYEE_EDIT):
        return False
    reached = Employee.visible_to(person, Permission.EMPLOYEE_EDIT).where(Employee.id == employee.id)
    return db.session.scalar(reached.with_only_columns(Employee.id)) is not None


def units_to_offer(person: Account) -> Sequence[Unit]:
    """Open units in which this person may put people."""
    units = Unit.visible_to(person, Permission.EMPLOYEE_EDIT).where(Unit.is_open)
    return db.session.scalars(units.order_by(Unit.code).limit(MOST_OFFERED)).all()


def holds_there(person: Account, permission: Permission, unit_id: int) -> bool:
    """Whether the person holds it on this very unit."""
    if not person.may(permission):
        return False
    there = Unit.visible_to(person, permission).where(Unit.id == unit_id).with_only_columns(Unit.id)
    return db.session.scalar(there) is not None


def leaves_of(employee: Employee, since: date) -> Sequence[Leave]:
    """Those that are not over."""
    lasting = sa.or_(Leave.ends_on.is_(None), Leave.ends_on > since)
    return db.session.scalars(
        sa.select(Leave).where(Leave.employee_id == employee.id, lasting).order_by(Leave.starts_on)
    ).all()


def reports_after(employee_id: int, day: date) -> Sequence[str]:
    """Names of those whose line manager this is that day or later."""
    lasting = sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day)
    names = sa.select(Employee.name).join(Assignment, Assignment.employee_id == Employee.id)
    return db.session.scalars(
        names.where(Assignment.line_manager_id == employee_id, lasting).distinct().order_by(Employee.name)
    ).all()


def names_of_units(unit_ids: Collection[int]) -> Mapping[int, str]:
    rows = sa.select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))
    return {unit_id: name for unit_id, name in db.session.execute(rows)}


def names_of_people(employee_ids: Collection[int]) -> Mapping[int, str]:
    rows = sa.select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids))
    return {employee_id: name for employee_id, name in db.session.execute(rows)}


def waiting_imports_of(account_id: int) -> int:
    """Files that this account brought and nobody has accepted yet."""
    waiting = DataImport.status.in_((ImportStatus.UPLOADED, ImportStatus.CHECKING, ImportStatus.CHECKED))
    counted = sa.select(sa.func.count(DataImport.id)).where(DataImport.created_by_id == account_id, waiting)
    return db.session.scalar(counted) or 0
