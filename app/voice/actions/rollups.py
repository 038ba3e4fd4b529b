"""The rollups: counts that are added in the transaction of the rows they count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.core.periods import quarter_for, quarter_of
from app.extensions import Base, db
from app.voice.models import FeedbackDay, FeedbackQuarter, Metric

DayKey = tuple[int, date, Metric, int, int]  # unit, day, metric, touchpoint (0: none), score
QuarterKey = tuple[int, int, Metric, int]  # unit, period, metric, touchpoint
Sums = tuple[int, int, int, int, int, int]  # low, middle, high, n, sum of scores, sum of squares
SUMS = ("low", "middle", "high", "n", "score_sum", "square_sum")
NOTHING: Sums = (0, 0, 0, 0, 0, 0)


class Quarters:
    """Ids of the periods of quarters, asked for once each."""

    def __init__(self) -> None:
        self._ids: dict[date, int] = {}

    def id_of(self, day: date) -> int:
        first = quarter_of(day)[0]
        if first not in self._ids:
            self._ids[first] = quarter_for(first).id
        return self._ids[first]


def add_answers(import_id: int, counted: Mapping[DayKey, int], quarters: Quarters) -> None:
    days = [
        {"import_id": import_id, "unit_id": unit_id, "day": day, "metric": metric, "touchpoint_id": touchpoint}
        | {"score": score, "n": n}
        for (unit_id, day, metric, touchpoint, score), n in counted.items()
    ]
    _add(FeedbackDay, days, ("n",))
    add_sums(import_id, quarter_sums((key, n) for key, n in counted.items()), quarters)


def quarter_sums(counted: Iterable[tuple[DayKey, int]]) -> dict[tuple[int, date, Metric, int], Sums]:
    """The same counts by unit, first day of the quarter, metric and touchpoint."""
    scores: dict[tuple[int, date, Metric, int], Counter[int]] = defaultdict(Counter)
    firsts: dict[date, date] = {}
    for (unit_id, day, metric, touchpoint, score), n in counted:
        first = firsts.get(day) or firsts.setdefault(day, quarter_of(day)[0])
        scores[unit_id, first, metric, touchpoint][score] += n
    return {key: _summed(key[2], histogram) for key, histogram in scores.items()}


def _summed(metric: Metric, histogram: Mapping[int, int]) -> Sums:
    bands = [0, 0, 0]
    total = squares = 0
    for score, n in histogram.items():
        bands[metric.band(score)] += n
        total += score * n
        squares += score * score * n
    return bands[0], bands[1], bands[2], sum(bands), total, squares


def add_sums(import_id: int, sums: Mapping[tuple[int, date, Metric, int], Sums], quarters: Quarters) -> None:
    rows = [
        {"import_id": import_id, "unit_id": unit_id, "period_id": quarters.id_of(first), "metric": metric}
        | {"touchpoint_id": touchpoint, **dict(zip(SUMS, each, strict=True))}
        for (unit_id, first, metric, touchpoint), each in sums.items()
    ]
    _add(FeedbackQuarter, rows, SUMS)


def group_sums(bands: tuple[int, int, int]) -> Sums:
    """Of a group of counts: its scores are not known, so their sums stay out."""
    low, middle, high = bands
    return low, middle, high, low + middle + high, 0, 0


def _add(model: type[Base], rows: list[dict[str, Any]], counts: Iterable[str]) -> None:
    """Insert, and where the key is there already, add."""
    if not rows:
        return
    dialect = db.session.get_bind().dialect.name
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(model.__table__)
    table = model.__table__
    added = {name: table.c[name] + insert.excluded[name] for name in counts}
    keys = list(table.primary_key.columns)  # type: ignore[attr-defined]
    db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), rows)


def remove_rollups(import_id: int) -> None:
    for model in (FeedbackDay, FeedbackQuarter):
        db.session.execute(sa.delete(model).where(model.import_id == import_id))
