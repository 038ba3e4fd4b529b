"""The rollups: counts of an import's rows, written before the commit that shows them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
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
MOST_COUNTED = 10_000  # keys of days in memory, which are some 3 MB
NOTHING: Sums = (0, 0, 0, 0, 0, 0)


class Rollups:
    """Both rollups of one import. Nobody sees them before its last commit, so days are written many at a time and in
    the order of their key, in which neighbours lie together; and quarters are summed from the days by the database.
    """

    def __init__(self, import_id: int) -> None:
        self._import_id = import_id
        self._days = Bulk(FeedbackDay, DAY, adding=("n",))
        self._quarters = Bulk(FeedbackQuarter, QUARTER, adding=SUMS)
        self._period_ids: dict[date, int] = {}
        self.counted: Counter[DayKey] = Counter()

    @property
    def is_full(self) -> bool:
        return len(self.counted) >= MOST_COUNTED

    def write_days(self, pace: Pace) -> Iterator[int]:
        """What was counted since the last time, in chunks; the edge commits after each."""
        waiting, self.counted = iter(sorted(self.counted.items())), Counter()
        while some := list(islice(waiting, pace.rows)):
            with pace.chunk():
                for day in {day for (_, day, *_), _ in some}:
                    self._period_id(quarter_of(day)[0])
                self._days.write(
                    [
                        (self._import_id, unit_id, self._days.day(day), str(metric), touchpoint, score, n)
                        for (unit_id, day, metric, touchpoint, score), n in some
                    ]
                )
                yield 0

    def write_quarters(self, pace: Pace) -> Iterator[int]:
        """Once, when all days are written: some units at a time, however long that of the largest takes."""
        day, firsts, last = FeedbackDay, sorted(self._period_ids), -1
        while firsts:
            with pace.chunk():
                left = sa.select(day.unit_id).where(day.import_id == self._import_id, day.unit_id > last)
                end = db.session.scalar(left.order_by(day.unit_id).offset(pace.rows).limit(1))
                sums = _sums_of_days(self._period_ids).where(day.import_id == self._import_id, day.unit_id > last)
                self._quarters.write_from(sums if end is None else sums.where(day.unit_id <= end))
                yield 0
            if end is None:
                return
            last = end

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


def _sums_of_days(period_ids: Mapping[date, int]) -> sa.Select[Any]:
    """In the order of QUARTER. In which quarter a day lies is said in so many words: to look each up takes longer."""
    day = FeedbackDay
    first, *later = sorted(period_ids)
    begun = [(day.day >= begins, sa.literal(period_ids[begins])) for begins in reversed(later)]
    period = sa.case(*begun, else_=period_ids[first]) if begun else sa.literal(period_ids[first])
    key = (day.import_id, day.unit_id, period.label("period_id"), day.metric, day.touchpoint_id)
    middle, high = (
        sa.case({metric: metric.bands_from[place] for metric in Metric}, value=day.metric) for place in range(2)
    )
    low, top = sa.case((day.score < middle, day.n), else_=0), sa.case((day.score >= high, day.n), else_=0)
    counted = (low, day.n - low - top, top, day.n, day.score * day.n, day.score * day.score * day.n)
    return sa.select(*key, *(sa.func.sum(each) for each in counted)).group_by(*key)


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
