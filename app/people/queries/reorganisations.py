"""What the pages of the org chart ask: what may be chosen, who may be sent, what was decided and what is planned."""

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.alphabet import alphabetical
from app.core.database import plainly
from app.core.permissions import Permission
from app.extensions import db
from app.people.chart.versions import key_of
from app.people.models import (
    Account,
    Assignment,
    Employee,
    Reorganisation,
    ReorganisationKind,
    ReorganisedUnit,
    Unit,
    UnitVersion,
)
from app.people.queries.sieves import UNIT


class Choice(NamedTuple):
    """A unit that may be chosen."""

    code: str
    name: str

    @property
    def key(self) -> str:
        return key_of(self.code)


class Person(NamedTuple):
    id: int
    name: str
    job: str


def units_to_choose(person: Account) -> list[Choice]:
    """Units that the person may change, open ones and those that are planned."""
    version = sa.select(UnitVersion.unit_id).where(UnitVersion.ends_on.is_(None))
    units = Unit.visible_to(person, Permission.UNIT_EDIT).where(Unit.id.in_(version)).subquery()
    rows = db.session.execute(sa.select(units.c.code, units.c.name))
    return sorted((Choice(*row) for row in rows), key=lambda unit: alphabetical(unit.name))


def people_to_send(unit: Unit, day: date) -> list[Person]:
    """Who works in the unit that day or is to."""
    still = sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day)
    works = sa.select(Employee.id, Employee.name, Assignment.job).join(
        Assignment, Assignment.employee_id == Employee.id
    )
    rows = db.session.execute(works.where(Assignment.unit_id == unit.id, still).order_by(Assignment.starts_on))
    latest = {row[0]: Person(*row) for row in rows}
    return sorted(latest.values(), key=lambda person: alphabetical(person.name))


def units_to_send(unit: Unit) -> list[Choice]:
    """Open units directly below."""
    below = sa.select(Unit.code, Unit.name).where(Unit.parent_id == unit.id, Unit.is_open)
    return sorted((Choice(*row) for row in db.session.execute(below)), key=lambda each: alphabetical(each.name))


def code_of(unit_id: int | None) -> str | None:
    return None if unit_id is None else db.session.scalar(sa.select(Unit.code).where(Unit.id == unit_id))


class Act(NamedTuple):
    """What was decided, as the pages of its units tell it."""

    id: int
    kind: ReorganisationKind
    happens_on: date
    reason: str
    undo: dict[str, Any]
    decided_by: str | None


_ACTS = (
    sa.select(Reorganisation.id, Reorganisation.kind, Reorganisation.happens_on, Reorganisation.reason)
    .add_columns(Reorganisation.undo, sa.func.coalesce(Employee.name, Account.name))
    .join(ReorganisedUnit, ReorganisedUnit.reorganisation_id == Reorganisation.id)
    .outerjoin(Account, Account.id == Reorganisation.decided_by_id)
    .outerjoin(Employee, Employee.id == Account.employee_id)
    .where(ReorganisedUnit.unit_id == UNIT, Reorganisation.withdrawn_at.is_(None))
    .order_by(Reorganisation.happens_on.desc(), Reorganisation.id.desc())
)


def acts_on(unit_id: int) -> list[Act]:
    """What was decided about the unit and not withdrawn, the latest day first."""
    return [Act(*row) for row in plainly(_ACTS, {"unit_id": unit_id})]
