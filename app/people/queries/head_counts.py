"""How many people work in units and below them: as it is kept for today, or counted anew."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.texts import _
from app.extensions import db
from app.people.models import TODAY, Assignment, HeadCount, Unit, UnitTree

Heads = tuple[int, int]  # directly, and altogether

# Nobody works in two units on one day (the database sees to it), so rows are people.
_works = (
    sa.select(Assignment.unit_id, sa.func.count().label("people"))
    .where(Assignment.holding_on(TODAY))
    .group_by(Assignment.unit_id)
    .subquery()
)
_here = sa.func.sum(sa.case((UnitTree.depth == 0, _works.c.people), else_=0))
_SUMS = [sa.cast(sa.func.coalesce(each, 0), sa.Integer) for each in (_here, sa.func.sum(_works.c.people))]
_COUNTED: Any = (
    sa.select(UnitTree.ancestor_id)
    .add_columns(*_SUMS)
    .outerjoin(_works, _works.c.unit_id == UnitTree.descendant_id)
    .group_by(UnitTree.ancestor_id)
)
_KEPT = sa.select(HeadCount.unit_id, HeadCount.altogether).where(HeadCount.counted_on == TODAY)


def counted_heads(day: date) -> dict[int, Heads]:
    """The truth, from the assignments: every unit, in today's tree."""
    rows = db.session.execute(_COUNTED, {"today": day})
    return {unit_id: (directly, altogether) for unit_id, directly, altogether in rows}


def headcounts_below(unit_ids: sa.Select[int], day: date) -> Mapping[int, int]:
    """How many people work that day in each of these units and all below it."""
    kept = db.session.execute(_KEPT.where(HeadCount.unit_id.in_(unit_ids)), {"today": day})
    return {unit_id: people for unit_id, people in kept} or counted_below(unit_ids, day)


def counted_below(unit_ids: sa.Select[int] | Collection[int], day: date) -> Mapping[int, int]:
    """The same on a day for which nobody has counted: yet to come, or just after midnight or an upgrade."""
    counted: Any = sa.select(UnitTree.ancestor_id, sa.func.count())
    counted = counted.join(Assignment, Assignment.unit_id == UnitTree.descendant_id)
    counted = counted.where(UnitTree.ancestor_id.in_(unit_ids), Assignment.holding_on(day))
    return {unit_id: people for unit_id, people in db.session.execute(counted.group_by(UnitTree.ancestor_id))}


def misfits() -> list[int]:
    """Units of which something else is kept than a count gives. Where nothing is kept yet, nothing is wrong."""
    columns = sa.select(HeadCount.unit_id, HeadCount.counted_on, HeadCount.directly, HeadCount.altogether)
    kept = {unit_id: (day, directly, altogether) for unit_id, day, directly, altogether in db.session.execute(columns)}
    if not kept:
        return []
    day = max(day for day, _directly, _altogether in kept.values())
    counted = {unit_id: (day, *heads) for unit_id, heads in counted_heads(day).items()}
    return sorted(unit_id for unit_id in kept.keys() | counted.keys() if kept.get(unit_id) != counted.get(unit_id))


def check_head_counts() -> tuple[bool, str]:
    """For the doctor."""
    wrong = misfits()
    if not wrong:
        return True, _("As many people are told of each unit as work in it.")
    code = db.session.scalar(sa.select(Unit.code).where(Unit.id == wrong[0]))
    told = {"num": len(wrong), "code": code, "command": "flask --app wsgi jobs run people.refresh_tree"}
    return False, _(
        "Wrong numbers of people are told of units (%(num)s), of %(code)s first. To count anew: %(command)s", **told
    )
