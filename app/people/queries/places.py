"""Units: the tree today and on other days, who works where."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.database import plainly
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Assignment, Unit, UnitTree, UnitVersion, units_where


def company() -> Unit | None:
    """The root of today's tree."""
    roots = sa.select(Unit).where(Unit.parent_id.is_(None), Unit.is_open)
    return db.session.scalar(roots.order_by(Unit.id).limit(1))


def unit_of(account: Account, day: date) -> Unit | None:
    """Where the person works that day."""
    return workplace_of(account.employee_id, day)


def workplace_of(employee_id: int | None, day: date) -> Unit | None:
    works = sa.select(Assignment.unit_id).where(Assignment.employee_id == employee_id, Assignment.holding_on(day))
    return db.session.scalar(sa.select(Unit).where(Unit.id.in_(works)).limit(1))


_PATH = (
    sa.select(Unit.id, Unit.name)
    .join(UnitTree, UnitTree.ancestor_id == Unit.id)
    .where(UnitTree.descendant_id == sa.bindparam("unit_id"), UnitTree.depth > 0)
    .order_by(UnitTree.depth.desc())
)


def path_to(unit: Unit) -> Sequence[sa.Row[int, str]]:
    """From the root down to the unit's parent, as (id, name), for breadcrumbs."""
    return plainly(_PATH, {"unit_id": unit.id}).all()


def below(unit_id: int) -> sa.Select[int]:
    """Ids of the unit and of all below it, today."""
    return sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == unit_id)


def tree_on(day: date) -> dict[int, int | None]:
    """The tree as it was (or will be) that day: each open unit to its parent."""
    held = sa.select(UnitVersion.unit_id, UnitVersion.parent_id).where(UnitVersion.holding_on(day))
    rows = db.session.execute(held).all()
    open_units = {unit_id for unit_id, _ in rows}
    return {unit_id: parent_id if parent_id in open_units else None for unit_id, parent_id in rows}


def headcounts_on(day: date) -> dict[int, int]:
    """How many people worked directly in each unit that day."""
    counted = (
        sa.select(Assignment.unit_id, sa.func.count(Assignment.employee_id.distinct()))
        .where(Assignment.holding_on(day))
        .group_by(Assignment.unit_id)
    )
    return {unit_id: count for unit_id, count in db.session.execute(counted)}


Moves = Mapping[tuple[int | None, int | None], int]


def moves_between(spans: Sequence[tuple[date, date]]) -> list[Moves]:
    """For each pair of days, how many people worked directly in one unit on the first and in another, or the same, on
    the second; None stands for nowhere.
    """
    found: list[dict[tuple[int | None, int | None], int]] = [{} for _ in spans]
    counted = [_places_on(place, *days) for place, days in enumerate(spans)]
    for place, here, there, count in db.session.execute(sa.union_all(*counted)) if counted else ():
        found[place][here, there] = count
    return list(found)


def _places_on(place: int, day: date, later: date) -> sa.Select[Any]:
    first = sa.select(Assignment.employee_id, Assignment.unit_id.label("here"), sa.null().label("there"))
    second = sa.select(Assignment.employee_id, sa.null().label("here"), Assignment.unit_id.label("there"))
    worked = sa.union_all(
        first.where(Assignment.holding_on(day)), second.where(Assignment.holding_on(later))
    ).subquery()
    each = sa.select(sa.func.max(worked.c.here).label("here"), sa.func.max(worked.c.there).label("there"))
    people = each.group_by(worked.c.employee_id).subquery()
    here, there = people.c.here, people.c.there
    return sa.select(sa.literal(place), here, there, sa.func.count()).group_by(here, there)


def count_in(unit: Unit, day: date) -> int:
    """How many people work directly in the unit that day."""
    works = Assignment.unit_id == unit.id, Assignment.holding_on(day)
    return db.session.scalar(sa.select(sa.func.count(Assignment.employee_id.distinct())).where(*works)) or 0


def unit_codes() -> frozenset[str]:
    return frozenset(db.session.scalars(sa.select(Unit.code)))


def units_by_code(actor_id: int | None, permission: Permission) -> dict[str, tuple[int, bool]]:
    """For imports: each code, also folded to lower case, with its unit and whether the actor holds this there.

    Nobody is the operator at the command line, who may bring rows for every unit.
    """
    actor = db.session.get(Account, actor_id) if actor_id else None
    held = set(db.session.scalars(units_where(actor, permission))) if actor else None
    rows = [(code, unit_id) for code, unit_id in db.session.execute(sa.select(Unit.code, Unit.id))]
    codes = {code.casefold(): unit_id for code, unit_id in rows} | dict(rows)
    return {code: (unit_id, held is None or unit_id in held) for code, unit_id in codes.items()}
