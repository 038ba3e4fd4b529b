"""What is shown of one unit and one voice in one period, from counts alone: no database, no words.

Employees' counts arrive as `results` published them and pass through `stats.disclosure`; customers' go straight to
`stats.scores`. Everything is a function of counts, so the same counts are computed once per process.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.core.periods import PeriodKind
from app.stats import disclosure, scores
from app.stats.disclosure.display import EXACT_FROM
from app.stats.scores import Change, Verdict

Counts = tuple[int, int, int]
Part = tuple[PeriodKind, date]  # of a quarter: the month or wave that was published instead of a whole one
CAREFUL_BELOW = 0.7  # share of answers below which the certain bounds stand beside the interval
WARN_BELOW = 0.5  # below this no verdict is given, no colour, no arrow
WHOLE_SCALE = 200  # points from the lowest score to the highest
ALLOWED_FALSE = 0.1  # Benjamini-Hochberg's q, where many verdicts stand on one page


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of one voice of one unit in one period; without counts it is hidden to protect people."""

    counts: Counts | None
    headcount: int | None = None
    clamped_blocks: int = 0
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One score as it may be shown: points, with n and the interval around it."""

    n: int
    score: float
    low: float
    high: float
    headcount: int | None = None
    bounds: tuple[float, float] | None = None  # what is certain whoever stayed silent; only where many did
    is_rounded: bool = False

    @property
    def share(self) -> float | None:
        """Of the people asked, how many answered."""
        return self.n / self.headcount if self.headcount else None

    @property
    def is_thin(self) -> bool:
        """So many stayed silent that nothing may be said about a change."""
        return self.share is not None and self.share < WARN_BELOW


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change from an earlier quarter, with the p that stands for it among many."""

    since: date
    change: Change
    p: float
    before: int  # answers then
    part: Part | None = None  # of the quarter `since`

    @property
    def verdict(self) -> Verdict:
        return self.change.verdict

    @property
    def moved(self) -> tuple[float, int]:
        """The change as it is told, in points and with how many decimals."""
        return told_in_points(self.change.difference)


@dataclass(frozen=True, slots=True)
class Reading:
    """One voice in one quarter. Without a figure it is hidden, or nobody has answered."""

    quarter: date
    figure: Figure | None = None
    is_hidden: bool = False
    comparison: Comparison | None = None
    verdict: Verdict | None = None  # None: there is nothing to compare with, or too few answered
    part: Part | None = None  # of the quarter, also where it is hidden


Measure = Callable[[Answered], Figure]
Compare = Callable[[Counts, Counts], tuple[Change, float]]


def team_figure(answered: Answered) -> Figure:
    assert answered.counts is not None
    return _team_figure(answered.counts, answered.headcount, answered.clamped_blocks)


@lru_cache(maxsize=8192)
def _team_figure(counts: Counts, headcount: int | None, clamped_blocks: int) -> Figure:
    n = sum(counts)
    score, bounds = disclosure.shown_score(counts), None
    if headcount is None:
        low, high = disclosure.shown_interval(counts)
    else:
        low, high = disclosure.shown_team_interval(counts, headcount, clamped_blocks)
        if n < CAREFUL_BELOW * headcount:
            bounds = disclosure.shown_certain_bounds(counts, headcount, clamped_blocks)
    return Figure(n, score, low, high, headcount, bounds, n < EXACT_FROM)


def customer_figure(answered: Answered) -> Figure:
    assert answered.counts is not None
    return _customer_figure(answered.counts)


@lru_cache(maxsize=8192)
def _customer_figure(counts: Counts) -> Figure:
    return Figure(sum(counts), scores.net_score(counts), *scores.interval_around_score(counts))


@lru_cache(maxsize=8192)
def team_change(before: Counts, after: Counts) -> tuple[Change, float]:
    """The change of shown scores, and its p: below 20 answers both know no more than the rounded score."""
    change = disclosure.shown_change(before, after)
    return change, _p(change, disclosure.coarse(before), disclosure.coarse(after))


@lru_cache(maxsize=8192)
def customer_change(before: Counts, after: Counts) -> tuple[Change, float]:
    change = scores.change(before, after)
    return change, _p(change, before, after)


def _p(change: Change, before: Counts, after: Counts) -> float:
    return scores.approximate_p(before, after) if change.p_exact is None else change.p_exact


def follow(
    by_quarter: Mapping[date, Answered], quarters: Sequence[date], measure: Measure, compare: Compare
) -> list[Reading]:
    """Readings of these quarters, oldest first, each compared with the last earlier quarter that shows a score."""
    shown = sorted(quarter for quarter, answered in by_quarter.items() if answered.counts)
    return [_read(quarter, by_quarter, _before(shown, quarter), measure, compare) for quarter in quarters]


def _before(shown: Sequence[date], quarter: date) -> date | None:
    return max((day for day in shown if day < quarter), default=None)


def _read(
    quarter: date, by_quarter: Mapping[date, Answered], since: date | None, measure: Measure, compare: Compare
) -> Reading:
    answered = by_quarter.get(quarter)
    if answered is None:
        return Reading(quarter)
    if answered.counts is None:
        return Reading(quarter, is_hidden=True, part=answered.part)
    figure = measure(answered)
    earlier = by_quarter[since].counts if since else None
    if since is None or earlier is None:
        return Reading(quarter, figure, part=answered.part)
    change, p = compare(earlier, answered.counts)
    comparison = Comparison(since, change, p, sum(earlier), by_quarter[since].part)
    is_thin = figure.is_thin or measure(by_quarter[since]).is_thin
    told = not is_thin and scores.can_tell(sum(earlier), figure.n)
    return Reading(quarter, figure, False, comparison, change.verdict if told else None, answered.part)


def team_readings(by_quarter: Mapping[date, Answered], quarters: Sequence[date]) -> list[Reading]:
    return follow(by_quarter, quarters, team_figure, team_change)


def customer_readings(by_quarter: Mapping[date, Answered], quarters: Sequence[date]) -> list[Reading]:
    return follow(by_quarter, quarters, customer_figure, customer_change)


def told_apart(readings: Iterable[Reading]) -> list[Verdict | None]:
    """The verdicts of many units shown beside each other: a change also has to survive Benjamini-Hochberg.

    With forty verdicts in a table two would be wrong by chance alone; the family is the whole table, also what another
    page of it or a search does not show, so that a unit has one verdict in all of them. On its own page a unit stands
    alone, and may have another: where they differ, words and programs are told both.
    """
    given = list(readings)
    tested = [reading.comparison.p for reading in given if reading.verdict and reading.comparison]
    adjusted = iter(scores.adjust(tested))
    return [
        None if reading.verdict is None else reading.verdict if next(adjusted) <= ALLOWED_FALSE else Verdict.UNCLEAR
        for reading in given
    ]


def told_in_points(difference: float) -> tuple[float, int]:
    """A change in points and with how many decimals: in whole points, or, where it is less than half a point, with as
    many places as it takes, so that it is not told as nothing.
    """
    places = next((places for places in (0, 1) if round(difference, places)), 2)
    return round(difference, places), places


@lru_cache(maxsize=2048)
def detectable_change(before: int, after: int) -> float:
    """The change in points that is just told from chance with so many answers on both sides; infinite where even one
    from the lowest score to the highest could be chance.
    """
    if not scores.can_tell(before, after):
        return math.inf
    least = scores.minimum_detectable_change(before, after, power=0.5)
    return least if least <= WHOLE_SCALE else math.inf


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """CSAT as the share of satisfied answers, CES as a mean; a single answer has no interval around a mean."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


def ends_of(figure: Satisfaction) -> tuple[float, ...]:
    """Of its interval; nothing where it has none."""
    return () if figure.low is None or figure.high is None else (figure.low, figure.high)


def csat_figure(satisfied: int, n: int) -> Satisfaction:
    return Satisfaction(satisfied / n, n, *scores.wilson(satisfied, n))


def ces_figure(n: int, total: int, squares: int) -> Satisfaction:
    if n < 2:
        return Satisfaction(total / n, n)
    low, high = scores.mean_interval(n, total, squares)
    return Satisfaction(total / n, n, max(low, 1), min(high, 7))
