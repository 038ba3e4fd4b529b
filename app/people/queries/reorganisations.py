"""What the pages of the org chart ask: what may be chosen, who may be sent, what was decided and what is planned."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.permissions import Permission
from app.extensions import db
from app.people.chart.versions import key_of
from app.people.models import (
    Account,
    Assignment,
    Employee,
    Reorganisation,
    ReorganisedUnit,
    Unit,
    UnitVersion,
    told,
    units_told,
)


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


_SHOWN = sa.select(Unit, Unit.id.in_(units_told(Permission.UNIT_EDIT))).where(Unit.id == sa.bindparam("unit_id"))


def unit_to_show(person: Account, unit_id: int) -> tuple[Unit, bool] | None:
    """The unit, and whether the person may change it: one question, not two. The directory is open to everybody."""
    row = db.session.execute(_SHOWN, {**told(person), "unit_id": unit_id}).one_or_none()
    return None if row is None else (row[0], bool(row[1]))


_ACTS = (
    sa.select(Reorganisation)
    .join(ReorganisedUnit, ReorganisedUnit.reorganisation_id == Reorganisation.id)
    .where(ReorganisedUnit.unit_id == sa.bindparam("unit_id"), Reorganisation.withdrawn_at.is_(None))
    .options(joinedload(Reorganisation.decided_by).joinedload(Account.employee))
    .order_by(Reorganisation.happens_on.desc(), Reorganisation.id.desc())
)


def acts_on(unit: Unit) -> Sequence[Reorganisation]:
    """What was decided about the unit and not withdrawn, the latest day first."""
    return db.session.scalars(_ACTS, {"unit_id": unit.id}).all()
