"""The rollups: counts that are added in the transaction of the rows they count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.pace import Pace
from app.core.periods import quarter_for, quarter_of
from app.extensions import db
from app.voice.actions.bulk import Bulk
from app.voice.models import FeedbackDay, FeedbackQuarter, Metric

DayKey = tuple[int, date, Metric, int, int]  # unit, day, metric, touchpoint (0: none), score
QuarterKey = tuple[int, date, Metric, int]  # unit, first day of the quarter, metric, touchpoint
Sums = tuple[int, int, int, int, int, int]  # low, middle, high, n, sum of scores, sum of squares
DAY = ("import_id", "unit_id", "day", "metric", "touchpoint_id", "score", "n")
SUMS = ("low", "middle", "high", "n", "score_sum", "square_sum")
QUARTER = ("import_id", "unit_id", "period_id", "metric", "touchpoint_id", *SUMS)
NOTHING: Sums = (0, 0, 0, 0, 0, 0)


class Rollups:
    """Both rollups of one import, added to as its rows are written."""

    def __init__(self, import_id: int) -> None:
        self._import_id = import_id
        self._days = Bulk(FeedbackDay, DAY, adding=("n",))
        self._quarters = Bulk(FeedbackQuarter, QUARTER, adding=SUMS)
        self._period_ids: dict[date, int] = {}

    def add_answers(self, counted: Mapping[DayKey, int]) -> None:
        """In the order of the key, so that neighbours are written together."""
        days = [
            (self._import_id, unit_id, self._days.day(day), str(metric), touchpoint, score, n)
            for (unit_id, day, metric, touchpoint, score), n in sorted(counted.items())
        ]
        self._days.write(days)
        self.add_sums(quarter_sums(counted.items()))

    def add_sums(self, sums: Mapping[QuarterKey, Sums]) -> None:
        rows = [
            (self._import_id, unit_id, self._period_id(first), str(metric), touchpoint, *each)
            for (unit_id, first, metric, touchpoint), each in sums.items()
        ]
        self._quarters.write(rows)

    def _period_id(self, first: date) -> int:
        if first not in self._period_ids:
            self._period_ids[first] = quarter_for(first).id
        return self._period_ids[first]


def quarter_sums(counted: Iterable[tuple[DayKey, int]]) -> dict[QuarterKey, Sums]:
    """The same counts by unit, first day of the quarter, metric and touchpoint."""
    scores: dict[QuarterKey, Counter[int]] = defaultdict(Counter)
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


def group_sums(bands: tuple[int, int, int]) -> Sums:
    """Of a group of counts: its scores are not known, so their sums stay out."""
    low, middle, high = bands
    return low, middle, high, low + middle + high, 0, 0


def remove_rollups(import_id: int, pace: Pace) -> Iterator[int]:
    """In the order in which they lie, some days or quarters of units at a time; the edge commits after each."""
    for model, second in ((FeedbackDay, FeedbackDay.day), (FeedbackQuarter, FeedbackQuarter.period_id)):
        mine, place = model.import_id == import_id, (model.unit_id, second)
        last: Any = ()
        while last is not None:
            with pace.chunk():
                some = sa.select(*place).where(mine).order_by(*place).limit(pace.rows).subquery()
                last = db.session.execute(sa.select(some).order_by(*(each.desc() for each in some.c)).limit(1)).first()
                if last is not None:
                    db.session.execute(sa.delete(model).where(mine, sa.tuple_(*place) <= tuple(last)))
                yield 0
