"""Writing many units at once, with their history, as an import brings them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.database import one_at_a_time
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.chart.versions import Version
from app.people.days.timeline import Span, Timeline, at
from app.people.models import Unit, UnitVersion


@dataclass(frozen=True)
class UnitChange:
    """One unit's history as it is and as it shall be. `unit_id` is None for a new unit."""

    key: str
    code: str
    unit_id: int | None
    before: Timeline[Version]
    after: Timeline[Version]


def write_units(
    changes: Sequence[UnitChange], ids: Mapping[str, int], today: date, *, actor_id: int | None, act: str = ""
) -> dict[str, int]:
    """`ids` are those of the units that are here already, by key; returned with those of the new ones.

    `act` is what the audit calls it; without it, opened or changed.
    """
    one_at_a_time()  # before the first row: who waits for the tree must not hold units that its refreshing writes
    ids = dict(ids) | _open(changes)
    _recode(changes)
    _forget_versions(changes)
    _write_versions(changes, ids)
    audit.record_many(list(_deeds(changes, ids, act)), actor_id=actor_id)
    refresh_tree(today)
    return ids


def _open(changes: Sequence[UnitChange]) -> dict[str, int]:
    """New rows of `unit`; their name, kind and place are set by `refresh_tree` from their versions."""
    new = [change for change in changes if change.unit_id is None]
    if not new:
        return {}
    first = [next(iter(change.after.values())).value for change in new]
    rows = [
        {"code": change.code, "name": version.name, "kind": version.kind, "is_open": False}
        for change, version in zip(new, first, strict=True)
    ]
    insert = sa.insert(Unit).returning(Unit.id, sort_by_parameter_order=True)
    ids = db.session.scalars(insert, rows).all()
    return {change.key: unit_id for change, unit_id in zip(new, ids, strict=True)}


def _recode(changes: Iterable[UnitChange]) -> None:
    rows = [{"id": change.unit_id, "code": change.code} for change in changes if change.unit_id is not None]
    if rows:
        db.session.execute(sa.update(Unit), rows)


def _forget_versions(changes: Iterable[UnitChange]) -> None:
    """Those that began on a day on which nothing begins any more."""
    for change in changes:
        gone = change.before.keys() - change.after.keys()
        if gone:
            of_unit = sa.and_(UnitVersion.unit_id == change.unit_id, UnitVersion.starts_on.in_(gone))
            db.session.execute(sa.delete(UnitVersion).where(of_unit).execution_options(synchronize_session=False))


def _write_versions(changes: Iterable[UnitChange], ids: Mapping[str, int]) -> None:
    fresh: list[dict[str, Any]] = []
    altered: list[dict[str, Any]] = []
    for change in changes:
        for start, span in change.after.items():
            known = change.before.get(start)
            if known != span:
                row = _row(ids[change.key], start, span, ids)
                (fresh if known is None else altered).append(row)
    if fresh:
        db.session.execute(sa.insert(UnitVersion), fresh)
    if altered:
        _update_versions(altered)


def _row(unit_id: int, start: date, span: Span[Version], ids: Mapping[str, int]) -> dict[str, Any]:
    values = asdict(span.value)
    parent = values.pop("parent")
    return values | {
        "unit_id": unit_id,
        "starts_on": start,
        "ends_on": span.ends_on,
        "parent_id": ids[parent] if parent else None,
    }


def _update_versions(rows: Sequence[dict[str, Any]]) -> None:
    """By unit and first day, which name a version for good."""
    table = UnitVersion.__table__
    where = sa.and_(table.c.unit_id == sa.bindparam("of_unit"), table.c.starts_on == sa.bindparam("of_day"))
    keyed = [
        {"of_unit": row.pop("unit_id"), "of_day": row.pop("starts_on"), **row} for row in (dict(each) for each in rows)
    ]
    db.session.connection().execute(sa.update(UnitVersion).where(where), keyed)


def _deeds(changes: Iterable[UnitChange], ids: Mapping[str, int], act: str) -> Iterable[audit.Deed]:
    for change in changes:
        for start in change.before.keys() - change.after.keys():
            facts = _facts(change.before[start]) | {"starts_on": start}
            yield audit.Deed(act or "unit.changed", "unit", ids[change.key], facts, {})
        for start, span in change.after.items():
            if change.before.get(start) != span:
                before = change.before.get(start) or _version_before(change.before, start)
                action = (act or "unit.changed") if change.before else "unit.opened"
                yield audit.Deed(action, "unit", ids[change.key], _facts(before), _facts(span) | {"starts_on": start})


def _version_before(timeline: Timeline[Version], day: date) -> Span[Version] | None:
    version = at(timeline, day)
    return None if version is None else Span(None, version)


def _facts(span: Span[Version] | None) -> dict[str, Any]:
    return {} if span is None else asdict(span.value) | {"ends_on": span.ends_on}
