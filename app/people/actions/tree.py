"""Keeping today's tree: the pairs of `UnitTree`, and today's name, kind and parent on each unit."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from app.core.database import one_at_a_time
from app.extensions import db
from app.people.models import Succession, SuccessionKind, Unit, UnitTree, UnitVersion, holds


def refresh_tree(today: date) -> None:
    """After every change of a unit, and every midnight: versions that begin or end today take effect."""
    one_at_a_time()
    db.session.flush()
    db.session.expire_all()  # what was read before one's turn came may have changed
    current = _versions_for(today)
    parents = {unit_id: version.parent_id for unit_id, version in current.items()} | _successors(current, today)
    for unit in db.session.scalars(sa.select(Unit)):
        version = current[unit.id]
        unit.name, unit.kind, unit.parent_id = version.name, version.kind, parents[unit.id]
        unit.is_open = version.holds_on(today)
    db.session.execute(sa.delete(UnitTree))
    pairs = list(_pairs(parents))
    if pairs:
        db.session.execute(sa.insert(UnitTree), pairs)
    db.session.expire_all()


def _versions_for(today: date) -> dict[int, UnitVersion]:
    """The version that holds today; of a closed unit its last, of a coming one its first."""
    chosen: dict[int, UnitVersion] = {}
    for version in db.session.scalars(sa.select(UnitVersion).order_by(UnitVersion.unit_id, UnitVersion.starts_on)):
        if version.unit_id not in chosen or version.starts_on <= today:
            chosen[version.unit_id] = version
    return chosen


def _successors(current: dict[int, UnitVersion], today: date) -> dict[int, int]:
    """A unit that was merged hangs under the one that took it over, so that its customers' answers count there.

    Only where the successor outlived it: so each step up leads to a unit that was open longer, and never back.
    """
    merged = sa.select(Succession.predecessor_id, Succession.successor_id, Succession.happened_on).where(
        Succession.kind == SuccessionKind.MERGED, Succession.happened_on <= today
    )
    return {
        predecessor: successor
        for predecessor, successor, day in db.session.execute(merged)
        if current[predecessor].ends_on == day and holds(date.min, current[successor].ends_on, day)
    }


def _pairs(parents: dict[int, int | None]) -> Iterator[dict[str, int]]:
    for unit_id in parents:
        ancestor: int | None = unit_id
        depth = 0
        while ancestor is not None:
            if depth > len(parents):  # no door lets this in; a database mended by hand might, and this would never end
                raise RuntimeError(f"unit {unit_id} stands under itself")
            yield {"ancestor_id": ancestor, "descendant_id": unit_id, "depth": depth}
            ancestor, depth = parents.get(ancestor), depth + 1
