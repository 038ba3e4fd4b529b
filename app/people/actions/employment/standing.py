"""One person as they stand, and what an act would make of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.extensions import db
from app.people.actions.roster import Person, PersonChange, Work
from app.people.days.timeline import Span, Timeline
from app.people.models import Account, Assignment, Employee, Grant

NEW = "new"  # the key of somebody who is not here yet
GONE = _l("This person is no longer here. Nothing was changed.")


@dataclass(frozen=True)
class Standing:
    """`ids` are those of everybody who is named, by key: the person, and the line managers."""

    key: str
    employee_id: int | None
    account_id: int | None
    person: Person | None
    work: Timeline[Work]
    ids: Mapping[str, int]
    grants: Sequence[Grant] = field(default=())

    @property
    def digest(self) -> str:
        """Of what was looked at: who confirms a preview confirms what they saw."""
        return hashlib.sha256(repr((self.person, sorted(self.work.items()))).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Plan:
    """What would stand afterwards. `day`: from when it differs; `ended`: roles that end that day."""

    standing: Standing
    change: PersonChange
    day: date
    ended: tuple[Grant, ...] = ()


def key_of(employee_id: int) -> str:
    return f"#{employee_id}"


def nobody_yet() -> Standing:
    return Standing(NEW, None, None, None, {}, {})


def hold(employee_id: int) -> Employee:
    """The person, whom nobody else changes until the commit: of two acts at once the second sees the first."""
    one_at_a_time()  # before the first row: so does whoever ends a role, or changes the tree
    employee = held(sa.select(Employee).where(Employee.id == employee_id))
    if employee is None:
        raise Refused(GONE)
    return employee


def standing_of(employee: Employee, today: date) -> Standing:
    rows = db.session.scalars(
        sa.select(Assignment).where(Assignment.employee_id == employee.id).order_by(Assignment.starts_on)
    ).all()
    managers = {row.line_manager_id for row in rows if row.line_manager_id is not None}
    account = db.session.scalar(sa.select(Account).where(Account.employee_id == employee.id))
    return Standing(
        key_of(employee.id),
        employee.id,
        account.id if account else None,
        person_of(employee),
        {row.starts_on: Span(row.ends_on, _work_of(row)) for row in rows},
        {key_of(each): each for each in (employee.id, *managers)},
        _grants_of(account, today) if account else (),
    )


def person_of(employee: Employee) -> Person:
    return Person(
        employee.number,
        employee.email,
        employee.name,
        employee.language,
        employee.time_zone,
        employee.starts_on,
        employee.ends_on,
    )


def _work_of(row: Assignment) -> Work:
    return Work(row.unit_id, row.job, key_of(row.line_manager_id) if row.line_manager_id else None)


def _grants_of(account: Account, today: date) -> Sequence[Grant]:
    """Those that hold today, or will."""
    lasting = sa.or_(Grant.ends_on.is_(None), sa.and_(Grant.ends_on > today, Grant.ends_on > Grant.starts_on))
    return db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id, lasting).order_by(Grant.id)).all()
