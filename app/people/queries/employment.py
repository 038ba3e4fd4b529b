"""About one person's work here: who is meant, who depends on them, and what is planned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account, Assignment, Deputyship, Employee, Grant, Leave, Unit
from app.people.queries.directory import reads_as

MOST_OFFERED = 500
MOST_NAMED = 8


def unit_with_code(code: str | None) -> Unit | None:
    """However its letters are cased; exactly first."""
    wanted = (code or "").strip()
    if not wanted or "\0" in wanted:
        return None
    alike = sa.select(Unit).where(reads_as(Unit.code, wanted))
    return db.session.scalar(alike.order_by(sa.case((Unit.code == wanted, 0), else_=1), Unit.id).limit(1))


def units_called(words: str | None) -> Sequence[Unit]:
    """By its code, else every open unit of just this name: two shops may be called alike."""
    coded = unit_with_code(words)
    if coded is not None or not words or "\0" in words:
        return [coded] if coded else []
    named = sa.select(Unit).where(Unit.name == words.strip(), Unit.is_open)
    return db.session.scalars(named.order_by(Unit.code).limit(MOST_NAMED)).all()


def employee_called(name: str | None) -> Employee | None:
    """By e-mail address or number."""
    wanted = (name or "").strip()
    if not wanted or "\0" in wanted:
        return None
    if "@" in wanted:
        return db.session.scalar(sa.select(Employee).where(Employee.email == wanted.casefold()))
    alike = sa.select(Employee).where(Employee.number.in_({wanted, wanted.upper(), wanted.lower()}))
    return db.session.scalar(alike.order_by(sa.case((Employee.number == wanted, 0), else_=1)).limit(1))


def may_edit(person: Account, work: Sequence[Assignment], day: date) -> bool:
    """Whether this person may say where and until when somebody works: `Employee.visible_to`, in memory."""
    if not person.may(Permission.EMPLOYEE_EDIT):
        return False
    if not work:
        return person.holds_on_company(Permission.EMPLOYEE_EDIT)
    begun = [each for each in work if each.starts_on <= day]
    place = max(begun, key=_start) if begun else min(work, key=_start)
    return _reaches(person, Permission.EMPLOYEE_EDIT, [place], work)


def may_print_slip(person: Account, employee: Employee, work: Sequence[Assignment], day: date) -> bool:
    """Whether `entry.newcomer` finds somebody with this work, who has an account."""
    if not person.may(Permission.SLIP_PRINT) or employee.has_left_by(day):
        return False
    lasting = [each for each in work if each.ends_on is None or each.ends_on > day]
    now = [each for each in lasting if each.starts_on <= day]
    return _reaches(person, Permission.SLIP_PRINT, now or lasting, work)


def may_look_after(
    person: Account, permission: Permission, work: Sequence[Assignment], roles: Sequence[Grant], day: date
) -> bool:
    """As `Account.visible_to` has it of today's work and roles, without asking for what the page has read anyway."""
    if not person.may(permission):
        return False
    places = {each.unit_id for each in work if each.holds_on(day)} | {each.unit_id for each in roles}
    person.reach.above(places | {each.unit_id for each in work})
    return person.holds_on_company(permission) or any(person.reach.covers(permission, each) for each in places)


def _reaches(person: Account, permission: Permission, some: Sequence[Assignment], work: Sequence[Assignment]) -> bool:
    person.reach.above({each.unit_id for each in work})  # all at once, for whatever else is asked about them
    return any(person.reach.covers(permission, each.unit_id) for each in some)


def _start(assignment: Assignment) -> date:
    return assignment.starts_on


def units_to_offer(person: Account) -> Sequence[Unit]:
    """Open units in which this person may put people."""
    units = Unit.visible_to(person, Permission.EMPLOYEE_EDIT).where(Unit.is_open)
    return db.session.scalars(units.order_by(Unit.code).limit(MOST_OFFERED)).all()


def holds_there(person: Account, permission: Permission, unit_id: int) -> bool:
    """Whether the person holds it on this very unit."""
    return person.may(permission) and person.reach.covers(permission, unit_id)


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


def deputyships_after(account_id: int, day: date) -> Sequence[Deputyship]:
    """Of the person, on either side, that would last beyond this day."""
    theirs = sa.or_(Deputyship.deputy_id == account_id, Deputyship.absent_id == account_id)
    lasting = sa.select(Deputyship).where(theirs, Deputyship.ends_on > day, Deputyship.ends_on > Deputyship.starts_on)
    named = lasting.options(*(joinedload(each) for each in (Deputyship.absent, Deputyship.deputy, Deputyship.unit)))
    return db.session.scalars(named.order_by(Deputyship.id)).all()


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
