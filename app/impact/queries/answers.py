"""Customers' answers of units with all below them, on today's tree or on the tree of each quarter's last day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.periods import Period, PeriodKind, quarter_of
from app.extensions import db
from app.people.models import UnitTree
from app.people.queries.then import Moved, below_movers, ever_moved, parents_on, shifts, way_up
from app.voice.models import FeedbackQuarter, Metric
from app.voice.queries import counted_answers, own_answers

MANY = 50


class Tree(StrEnum):
    NOW = "now"
    THEN = "then"


class Counted(NamedTuple):
    unit_id: int
    metric: Metric
    starts_on: date
    low: int
    middle: int
    high: int
    n: int
    total: int
    squares: int

    @property
    def key(self) -> "Key":
        return self.unit_id, self.metric, self.starts_on

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.low, self.middle, self.high, self.n, self.total, self.squares


Key = tuple[int, Metric, date]


def tree_named(text: str) -> Tree:
    """What the address asks for; anything else is as if nothing had been asked."""
    return Tree.THEN if text == Tree.THEN else Tree.NOW


@dataclass(frozen=True)
class AsItWas:
    """What is read once for a page: where units hung, and the own answers of those that ever hung elsewhere."""

    moved: Moved
    own: Sequence[Counted]

    def parents_at_the_end_of(self, starts_on: date) -> dict[int, int | None]:
        """Of the units that ever moved, on the last day of the quarter; all others hang where they always did."""
        return parents_on(_last_day(starts_on), self.moved.versions)


def as_it_was(tree: Tree, *also: sa.ColumnElement[bool]) -> AsItWas | None:
    """Nothing for today's tree. `also` are own answers of other units that the page wants to put together itself."""
    if tree is Tree.NOW:
        return None
    of_movers = FeedbackQuarter.unit_id.in_(below_movers())
    wanted = sa.or_(of_movers, sa.and_(*also)) if also else of_movers
    return AsItWas(ever_moved(), [_counted(row) for row in db.session.execute(own_answers().where(wanted))])


def answers(roots: Collection[int], main_id: int | None = None, was: AsItWas | None = None) -> list[Counted]:
    """Of these units NPS in every quarter, and of the main one everything."""
    found = [_counted(row) for row in db.session.execute(counted_answers().where(_of(roots, main_id)))]
    if was is None:
        return found
    shifted = _shifted(found, was, {*roots, *([] if main_id is None else [main_id])})
    return [row for row in shifted if row.unit_id == main_id or row.metric is Metric.NPS]


def answers_in(metric: Metric, quarters: Collection[date], was: AsItWas | None = None) -> list[Counted]:
    """Of all units, in quarters named by their first days; `was` holds everybody's own answers of them."""
    if was is None:
        at = (FeedbackQuarter.metric == metric, Period.kind == PeriodKind.QUARTER, Period.starts_on.in_(quarters))
        return [_counted(row) for row in db.session.execute(counted_answers().where(*at))]
    then = {day: was.parents_at_the_end_of(day) for day in quarters}
    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * 6)
    for row in was.own:
        if row.metric is metric and row.starts_on in then:
            _add(sums, row, way_up(row.unit_id, then[row.starts_on], was.moved.now), 1)
    return [Counted(*key, *numbers) for key, numbers in sums.items()]


def _of(roots: Collection[int], main_id: int | None) -> sa.ColumnElement[bool]:
    """Of many, SQLite would look for each of them in the tree, once for every quarter of every unit: a thousand times
    some thousands. A sum is in no index, so it walks up from the unit instead.
    """
    ancestor = UnitTree.ancestor_id if len(roots) <= MANY else UnitTree.ancestor_id + 0
    nps = sa.and_(ancestor.in_(roots), FeedbackQuarter.metric == Metric.NPS)
    return nps if main_id is None else sa.or_(nps, UnitTree.ancestor_id == main_id)


def _counted(row: Any) -> Counted:
    return Counted(row[0], Metric(row[1]), row[2], *(int(number) for number in row[3:]))


def _last_day(starts_on: date) -> date:
    return quarter_of(starts_on)[1] - timedelta(days=1)


def _shifted(found: Iterable[Counted], was: AsItWas, roots: Collection[int]) -> list[Counted]:
    """Today's sums, less what hung elsewhere then, and with what hung here then."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * 6)
    for row in found:
        sums[row.key] = list(row.numbers)
    by_quarter: dict[date, list[Counted]] = defaultdict(list)
    for row in was.own:
        by_quarter[_last_day(row.starts_on)].append(row)
    for day, rows in by_quarter.items():
        then = parents_on(day, was.moved.versions)
        changed = shifts(roots, {row.unit_id for row in rows}, was.moved.now, then)
        for row in rows:
            if row.unit_id in changed:
                _add(sums, row, changed[row.unit_id].gained, 1)
                _add(sums, row, changed[row.unit_id].lost, -1)
    return [Counted(*key, *numbers) for key, numbers in sums.items() if numbers[3]]


def _add(sums: dict[Key, list[int]], row: Counted, units: Iterable[int], sign: int) -> None:
    for unit_id in units:
        numbers = sums[unit_id, row.metric, row.starts_on]
        for place, number in enumerate(row.numbers):
            numbers[place] += sign * number
