"""What the tree as it was needs from the database: today's parents, and the history of the units that ever moved."""

from typing import NamedTuple

import sqlalchemy as sa

from app.extensions import db
from app.people.chart.then import Held, parents_on, shifts, way_up
from app.people.models import Succession, SuccessionKind, Unit, UnitTree, UnitVersion

__all__ = ["Moved", "below_movers", "ever_moved", "parents_on", "shifts", "way_up"]


class Moved(NamedTuple):
    now: dict[int, int | None]  # of all units
    versions: dict[int, list[Held]]  # of those that hung under another unit once


def _movers() -> sa.Select[int]:
    elsewhere = UnitVersion.parent_id.is_distinct_from(Unit.parent_id)
    return sa.select(UnitVersion.unit_id).join(Unit, Unit.id == UnitVersion.unit_id).where(elsewhere)


def ever_moved() -> Moved:
    """In one question, however many units there are."""
    merged = sa.and_(
        Succession.predecessor_id == Unit.id,
        Succession.kind == SuccessionKind.MERGED,
        Succession.happened_on == UnitVersion.ends_on,
    )
    rows = (
        sa.select(Unit.id, Unit.parent_id, UnitVersion.starts_on, UnitVersion.ends_on, UnitVersion.parent_id,
                  Succession.successor_id)
        .outerjoin(UnitVersion, sa.and_(UnitVersion.unit_id == Unit.id, Unit.id.in_(_movers())))
        .outerjoin(Succession, merged)
    )  # fmt: skip
    moved = Moved({}, {})
    for unit_id, parent_id, starts_on, ends_on, parent, successor in db.session.execute(rows):
        moved.now[unit_id] = parent_id
        if starts_on is not None:
            moved.versions.setdefault(unit_id, []).append(Held(starts_on, ends_on, parent, successor))
    return moved


def below_movers() -> sa.Select[int]:
    """Ids of the units that ever moved, and of all below them today: nobody else's way up was ever another."""
    return sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id.in_(_movers()))
