"""A unit's own page: where it hangs, what is below it, who holds a role on it, and its history."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.alphabet import alphabetical
from app.core.database import plainly
from app.core.permissions import Role
from app.people.models import TODAY, Account, Employee, Grant, HeadCount, Unit, UnitKind, UnitTree, UnitVersion
from app.people.queries.head_counts import counted_below
from app.people.queries.sieves import UNIT

_above = aliased(Unit)


class Shown(NamedTuple):
    """A unit, for its own page."""

    id: int
    code: str
    name: str
    kind: UnitKind
    parent_id: int | None
    is_open: bool


class Above(NamedTuple):
    id: int
    name: str


_SHOWN = (
    sa.select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.is_open, _above.id, _above.name)
    .outerjoin(UnitTree, UnitTree.descendant_id == Unit.id)
    .outerjoin(_above, _above.id == UnitTree.ancestor_id)
    .where(Unit.id == UNIT)
    .order_by(UnitTree.depth.desc())
)


def unit_to_show(person: Account, unit_id: int) -> tuple[Shown, list[Above]] | None:
    """With those above it, from the root down: where it hangs also tells what the person may do there.

    The directory is open to everybody.
    """
    rows = plainly(_SHOWN, {"unit_id": unit_id}).all()
    if not rows:
        return None
    hangs = [Above(*row[6:]) for row in rows if row[6] is not None]
    person.reach.learn({unit_id: {each.id for each in hangs}})
    return Shown(*rows[0][:6]), [each for each in hangs if each.id != unit_id]


class Below(NamedTuple):
    """A unit directly below another, with how many people work in it and below it."""

    id: int
    name: str
    kind: UnitKind
    people: int


_BELOW = (
    sa.select(Unit.id, Unit.name, Unit.kind, HeadCount.altogether)
    .outerjoin(HeadCount, sa.and_(HeadCount.unit_id == Unit.id, HeadCount.counted_on == TODAY))
    .where(Unit.parent_id == UNIT, Unit.is_open)
)


def units_below(unit_id: int, day: date) -> list[Below]:
    """The open units directly below, by name."""
    found = [Below(*row) for row in plainly(_BELOW, {"unit_id": unit_id, "today": day})]
    if any(each.people is None for each in found):
        counted = counted_below([each.id for each in found], day)
        found = [each._replace(people=counted.get(each.id, 0)) for each in found]
    return sorted(found, key=lambda unit: alphabetical(unit.name))


class Version(NamedTuple):
    """An entry of a unit's history, with the name that the unit above has today."""

    starts_on: date
    ends_on: date | None
    name: str
    kind: UnitKind
    location: str | None
    above: str | None


_VERSIONS = (
    sa.select(UnitVersion.starts_on, UnitVersion.ends_on, UnitVersion.name, UnitVersion.kind, UnitVersion.location)
    .add_columns(_above.name)
    .outerjoin(_above, _above.id == UnitVersion.parent_id)
    .where(UnitVersion.unit_id == UNIT)
    .order_by(UnitVersion.starts_on.desc())
)


def versions_of(unit_id: int) -> list[Version]:
    """The unit's history, the newest first."""
    return [Version(*row) for row in plainly(_VERSIONS, {"unit_id": unit_id})]


class Holder(NamedTuple):
    """Somebody who holds a role on a unit."""

    name: str
    employee_id: int | None
    role: Role
    unit_id: int
    unit: str


_REACHING = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == UNIT)
_HOLDERS = (
    sa.select(sa.func.coalesce(Employee.name, Account.name), Employee.id, Grant.role, Unit.id, Unit.name)
    .select_from(Grant)
    .join(Account, Account.id == Grant.account_id)
    .join(Unit, Unit.id == Grant.unit_id)
    .outerjoin(Employee, Employee.id == Account.employee_id)
    .where(Grant.unit_id.in_(_REACHING), Grant.holding_on(TODAY))
    .order_by(Grant.role, Grant.unit_id.desc(), Grant.id)
)


def holders_on(unit_id: int, day: date) -> list[Holder]:
    """Who holds which role on the unit: given on it, or on one above it."""
    return [Holder(*row) for row in plainly(_HOLDERS, {"unit_id": unit_id, "today": day})]
