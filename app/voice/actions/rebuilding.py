"""Proving the rollups: counted again from the rows, compared, and mended where they differ.

Unit by unit, and only imports that are visible: their rows never change, so reading needs no lock.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from app.core import audit
from app.core.periods import Period, PeriodKind, quarter_for, quarter_of
from app.extensions import Base, db
from app.imports.models import DataImport
from app.voice.actions.rollups import NOTHING, SUMS, Sums, group_sums, quarter_sums
from app.voice.models import ROLLUP, Feedback, FeedbackDay, FeedbackGroup, FeedbackQuarter, Metric

FITTING = (PeriodKind.QUARTER, PeriodKind.MONTH)  # groups of a year fit into no quarter
Key = tuple[Hashable, ...]  # import, unit, day or first day of the quarter, metric, touchpoint (, score)
Value = TypeVar("Value", int, Sums)


@dataclass(frozen=True)
class Difference:
    model: type[Base]
    key: Key
    kept: int | Sums | None
    counted: int | Sums | None

    def __str__(self) -> str:
        names = ", ".join(str(part) for part in self.key)
        return f"{self.model.__tablename__} ({names}): kept {self.kept}, counted {self.counted}"


def differences() -> Iterator[Difference]:
    """What the rollups say otherwise than the rows. Nothing is written."""
    named = (Feedback.unit_id, FeedbackGroup.unit_id, FeedbackDay.unit_id, FeedbackQuarter.unit_id)
    for unit_id in sorted(db.session.scalars(sa.union(*map(sa.select, named)))):
        counted = _counted_days(unit_id)
        yield from _compared(FeedbackDay, _kept_days(unit_id), counted)
        yield from _compared(FeedbackQuarter, _kept_quarters(unit_id), _counted_quarters(unit_id, counted))


def mend(found: Sequence[Difference]) -> None:
    """Written down, so that pages kept in memory are made anew."""
    audit.record("rollup.mended", ROLLUP, None, actor_id=None, after={"counts": len(found)})
    for each in found:
        row = _row(each)
        table = each.model.__table__
        keys = [column.name for column in table.primary_key]
        db.session.execute(sa.delete(table).where(*(table.c[name] == row[name] for name in keys)))  # type: ignore[arg-type]
        if each.counted is not None:
            db.session.execute(sa.insert(table).values(row))  # type: ignore[arg-type]


def _compared(model: type[Base], kept: Mapping[Key, Value], counted: Mapping[Key, Value]) -> Iterator[Difference]:
    for key in kept.keys() | counted.keys():
        if kept.get(key) != counted.get(key):
            yield Difference(model, key, kept.get(key), counted.get(key))


def _visible(rows: Any, import_id: Any) -> Any:
    return rows.join(DataImport, DataImport.id == import_id).where(DataImport.is_visible)


def _counted_days(unit_id: int) -> dict[Key, int]:
    touchpoint = sa.func.coalesce(Feedback.touchpoint_id, 0)
    key = (Feedback.import_id, Feedback.unit_id, Feedback.answered_on, Feedback.metric, touchpoint, Feedback.score)
    rows = sa.select(*key, sa.func.count()).where(Feedback.unit_id == unit_id).group_by(*key)
    return {tuple(row[:-1]): row[-1] for row in db.session.execute(_visible(rows, Feedback.import_id))}


def _kept_days(unit_id: int) -> dict[Key, int]:
    day = FeedbackDay
    key = (day.import_id, day.unit_id, day.day, day.metric, day.touchpoint_id, day.score)
    rows = sa.select(*key, day.n).where(day.unit_id == unit_id)
    return {tuple(row[:-1]): row[-1] for row in db.session.execute(_visible(rows, day.import_id))}


def _kept_quarters(unit_id: int) -> dict[Key, Sums]:
    quarter = FeedbackQuarter
    key = (quarter.import_id, quarter.unit_id, Period.starts_on, quarter.metric, quarter.touchpoint_id)
    sums = [getattr(quarter, name) for name in SUMS]
    rows = sa.select(*key, *sums).join(Period, Period.id == quarter.period_id).where(quarter.unit_id == unit_id)
    return {tuple(row[:5]): tuple(row[5:]) for row in db.session.execute(_visible(rows, quarter.import_id))}


def _counted_quarters(unit_id: int, days: Mapping[Key, int]) -> dict[Key, Sums]:
    found: dict[Key, Sums] = {}
    by_import: dict[Hashable, list[tuple[Any, int]]] = {}
    for (import_id, *of_day), n in days.items():
        by_import.setdefault(import_id, []).append((tuple(of_day), n))
    for import_id, counted in by_import.items():
        found |= {(import_id, *of_quarter): sums for of_quarter, sums in quarter_sums(counted).items()}
    for key, sums in _counted_groups(unit_id):
        found[key] = _added(found.get(key, NOTHING), sums)
    return found


def _counted_groups(unit_id: int) -> Iterator[tuple[Key, Sums]]:
    group = FeedbackGroup
    rows = sa.select(group.import_id, group.metric, Period.starts_on, group.low, group.middle, group.high)
    counted = rows.join(Period, Period.id == group.period_id).where(
        group.unit_id == unit_id, group.high.is_not(None), Period.kind.in_(FITTING)
    )
    for import_id, metric, starts_on, low, middle, high in db.session.execute(_visible(counted, group.import_id)):
        yield (import_id, unit_id, quarter_of(starts_on)[0], Metric(metric), 0), group_sums((low, middle, high))


def _added(one: Sums, other: Sums) -> Sums:
    added = tuple(a + b for a, b in zip(one, other, strict=True))
    return cast(Sums, added)


def _row(difference: Difference) -> dict[str, Any]:
    import_id, unit_id, day, metric, touchpoint, *score = difference.key
    row = {"import_id": import_id, "unit_id": unit_id, "metric": metric, "touchpoint_id": touchpoint}
    assert isinstance(day, date)
    if difference.model is FeedbackDay:
        return row | {"day": day, "score": score[0], "n": difference.counted}
    sums = difference.counted if isinstance(difference.counted, tuple) else NOTHING
    return row | {"period_id": quarter_for(day).id, **dict(zip(SUMS, sums, strict=True))}
