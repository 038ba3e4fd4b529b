"""Keeping today's tree: the pairs of `UnitTree`, and today's name, kind and parent on each unit.

Only what differs is written: in a company of ten thousand units a change of one is not a change of all.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.database import one_at_a_time
from app.extensions import db
from app.people.actions.head_counts import count_everybody
from app.people.actions.words import know_units
from app.people.models import Succession, SuccessionKind, Unit, UnitTree, UnitVersion, holds

Pair = tuple[int, int, int]


def refresh_tree(today: date) -> None:
    """After every change of a unit, and every midnight: versions that begin or end today take effect."""
    one_at_a_time()
    db.session.flush()
    db.session.expire_all()  # what was read before one's turn came may have changed
    current = _versions_for(today)
    parents = {unit_id: version.parent_id for unit_id, version in current.items()} | _successors(current, today)
    _write_units(current, parents, today)
    _write_pairs(parents)
    know_units()
    count_everybody(today)
    db.session.expire_all()


def _versions_for(today: date) -> dict[int, Any]:
    """The version that holds today; of a closed unit its last, of a coming one its first."""
    columns = sa.select(
        UnitVersion.unit_id,
        UnitVersion.starts_on,
        UnitVersion.ends_on,
        UnitVersion.name,
        UnitVersion.kind,
        UnitVersion.parent_id,
    )
    chosen: dict[int, Any] = {}
    for version in db.session.execute(columns.order_by(UnitVersion.unit_id, UnitVersion.starts_on)):
        if version.unit_id not in chosen or version.starts_on <= today:
            chosen[version.unit_id] = version
    return chosen


def _successors(current: Mapping[int, Any], today: date) -> dict[int, int]:
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


def _write_units(current: Mapping[int, Any], parents: Mapping[int, int | None], today: date) -> None:
    changed = []
    for row in db.session.execute(sa.select(Unit.id, Unit.name, Unit.kind, Unit.parent_id, Unit.is_open)):
        version = current[row.id]
        is_open = holds(version.starts_on, version.ends_on, today)
        now = (version.name, version.kind, parents[row.id], is_open)
        if now != (row.name, row.kind, row.parent_id, row.is_open):
            changed.append({"id": row.id, **dict(zip(("name", "kind", "parent_id", "is_open"), now, strict=True))})
    if changed:
        db.session.execute(sa.update(Unit), changed)


def _write_pairs(parents: Mapping[int, int | None]) -> None:
    table = UnitTree.__table__
    stand = {tuple(row) for row in db.session.execute(sa.select(*table.columns))}
    wanted = set(_pairs(parents))
    _remove_pairs(stand - wanted)
    if fresh := sorted(wanted - stand):
        names = ("ancestor_id", "descendant_id", "depth")
        db.session.execute(sa.insert(table), [dict(zip(names, pair, strict=True)) for pair in fresh])  # type: ignore[arg-type]


def _remove_pairs(gone: Iterable[tuple[Any, ...]]) -> None:
    table = UnitTree.__table__
    keys = [{"above": ancestor, "below": descendant} for ancestor, descendant, _depth in gone]
    if keys:
        pair = sa.and_(table.c.ancestor_id == sa.bindparam("above"), table.c.descendant_id == sa.bindparam("below"))
        db.session.connection().execute(sa.delete(table).where(pair), keys)  # type: ignore[arg-type]


def _pairs(parents: Mapping[int, int | None]) -> Iterator[Pair]:
    for unit_id in parents:
        ancestor: int | None = unit_id
        depth = 0
        while ancestor is not None:
            if depth > len(parents):  # no door lets this in; a database mended by hand might, and this would never end
                raise RuntimeError(f"unit {unit_id} stands under itself")
            yield ancestor, unit_id, depth
            ancestor, depth = parents.get(ancestor), depth + 1
