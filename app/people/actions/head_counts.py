"""Keeping how many people work in each unit and below it. It is counted from the assignments, never added up from
changes, so it cannot drift; whoever writes assignments calls `recount` in the same transaction.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.database import one_at_a_time
from app.extensions import db
from app.people.models import Assignment, HeadCount, UnitTree
from app.people.queries.head_counts import counted_heads

FEW = 200  # units: of more, all are counted at once

_below = sa.orm.aliased(HeadCount)
_DIRECTLY = sa.select(sa.func.count()).where(Assignment.unit_id == HeadCount.unit_id)
_ALTOGETHER = (
    sa.select(sa.cast(sa.func.sum(_below.directly), sa.Integer))
    .select_from(sa.join(UnitTree, _below, _below.unit_id == UnitTree.descendant_id))
    .where(UnitTree.ancestor_id == HeadCount.unit_id)
)


def recount(unit_ids: Collection[int], today: date) -> None:
    """After people began, moved or stopped in these units. Two at once take turns, so the second counts both."""
    touched = set(unit_ids)
    if not touched:
        return
    one_at_a_time()
    db.session.flush()
    days = set(db.session.scalars(sa.select(HeadCount.counted_on).distinct()))
    if days != {today} or len(touched) > FEW:
        count_everybody(today)
        return
    above = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id.in_(touched))
    directly = _DIRECTLY.where(Assignment.holding_on(today))
    changes: tuple[tuple[Any, dict[str, Any]], ...] = (
        (HeadCount.unit_id.in_(touched), {"directly": directly.scalar_subquery()}),
        (HeadCount.unit_id.in_(above), {"altogether": _ALTOGETHER.scalar_subquery()}),
    )
    for these, values in changes:
        change = sa.update(HeadCount).where(these).values(**values)
        db.session.execute(change.execution_options(synchronize_session=False))


def count_everybody(today: date) -> None:
    """All units, for this day; only what differs is written."""
    wanted = counted_heads(today)
    table = HeadCount.__table__
    kept = {row.unit_id: (row.directly, row.altogether) for row in db.session.execute(sa.select(table))}
    columns = ("directly", "altogether")
    rows = {unit_id: dict(zip(columns, heads, strict=True)) for unit_id, heads in wanted.items()}
    fresh = [{"unit_id": each, "counted_on": today, **rows[each]} for each in rows if each not in kept]
    changed = [{"of": each, **rows[each]} for each in rows if each in kept and kept[each] != wanted[each]]
    connection = db.session.connection()
    connection.execute(sa.update(HeadCount).where(table.c.counted_on != today).values(counted_on=today))
    if changed:
        connection.execute(sa.update(HeadCount).where(table.c.unit_id == sa.bindparam("of")), changed)
    if fresh:
        connection.execute(sa.insert(HeadCount), fresh)
