"""One unit's page: both voices through time, its units below, and what else is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from app.core.alphabet import alphabetical
from app.core.periods import parse_period, quarter_of, quarters_back
from app.impact import figures
from app.impact.figures import Reading
from app.impact.queries.answers import AsItWas, Tree, as_it_was
from app.impact.queries.rows import (
    Mean,
    NamedUnit,
    Quarters,
    Question,
    Seen,
    SplitOff,
    Sums,
    rearranged_on,
    splits_of,
    voices,
)
from app.stats.scores import Verdict
from app.voice.models import Metric

SPANS = (4, 8, 12)
One = TypeVar("One", Mean, Question)
USUAL_SPAN = 8


@dataclass(frozen=True)
class Below:
    """A unit below the one shown, in the chosen quarter; its verdicts allow for how many stand beside each other."""

    place: NamedUnit
    team: Reading
    customers: Reading
    team_verdict: Verdict | None
    customers_verdict: Verdict | None


@dataclass(frozen=True)
class UnitView:
    """All that the page says, before it is put into words."""

    unit: NamedUnit
    above: Sequence[NamedUnit]
    quarter: date
    choices: Sequence[date]  # quarters of which something is known, newest first
    span: int
    team: Sequence[Reading]  # oldest first; the last is the chosen quarter
    customers: Sequence[Reading]
    below: Sequence[Below]
    satisfaction: Mapping[Metric, Sums]
    team_means: Sequence[Mean]
    team_questions: Sequence[Question]
    customer_means: Sequence[Mean]
    rearranged: Sequence[date]
    today: date
    tree: Tree = Tree.NOW

    @cached_property
    def splits(self) -> Sequence[SplitOff]:
        """Asked for by the page alone: programs are told no sentences."""
        return splits_of(self.unit.id, self.team[0].quarter, self.today)

    @property
    def tree_asked(self) -> str | None:
        """What the address says of it; nothing where it is the usual."""
        return None if self.tree is Tree.NOW else self.tree.value

    @property
    def is_running(self) -> bool:
        return self.quarter <= self.today < quarter_of(self.quarter)[1]

    @property
    def is_empty(self) -> bool:
        return not (self.choices or self.team_means or self.team_questions or self.customer_means)

    @property
    def has_scores(self) -> bool:
        return any(reading.figure for reading in (*self.team, *self.customers))

    def detectable(self, readings: Sequence[Reading]) -> float | None:
        """The change that can be told from chance with as many answers as there are now and were before."""
        now = readings[-1]
        if now.figure is None or now.figure.is_thin:
            return None
        return figures.detectable_change(now.comparison.before if now.comparison else now.figure.n, now.figure.n)


def unit_view(found: Seen, *, period: str, span: int, today: date, tree: Tree = Tree.NOW) -> UnitView:
    """`period` is what the address asks for, perhaps nothing."""
    unit, above = found.unit, found.above
    was = as_it_was(tree)
    known = voices([unit.id, *(place.id for place in (*found.below, *found.once_below))], unit.id, was)
    choices = known.quarters_of(unit.id)
    quarter = _asked(period) or usual_quarter(known.team.get(unit.id, {}), known.customers.get(unit.id, {}), today)
    quarters = quarters_back(quarter, span)
    return UnitView(
        unit=unit,
        above=above,
        quarter=quarter,
        choices=sorted({*choices, quarter} if choices else (), reverse=True)[: max(SPANS)],
        span=span,
        team=figures.team_readings(known.team.get(unit.id, {}), quarters),
        customers=figures.customer_readings(known.customers.get(unit.id, {}), quarters),
        below=_below(_hung_below(found, was, quarter), known.team, known.customers, quarter),
        satisfaction={metric: sums for (metric, first), sums in known.satisfaction.items() if first == quarter},
        team_means=_newest(known.team_means),
        team_questions=_newest(known.team_questions),
        customer_means=_newest(known.customer_means),
        rearranged=rearranged_on(unit.id, _last_day_of(quarters[0]), min(_last_day_of(quarter), today)),
        today=today,
        tree=tree,
    )


def _last_day_of(quarter: date) -> date:
    return quarter_of(quarter)[1] - timedelta(1)


def _asked(period: str) -> date | None:
    """The first day of the quarter in the address; anything else is as if nothing had been asked."""
    try:
        first = parse_period(period)[1]
        quarters_back(first, max(SPANS) + 1)  # the calendar itself begins somewhere
    except ValueError:
        return None
    return quarters_back(first, 1)[0]


def usual_quarter(team: Quarters, customers: Quarters, today: date) -> date:
    """The last quarter in which both voices are known, else either: one that is over, where there is one."""
    both = team.keys() & customers.keys()
    either = team.keys() | customers.keys()
    over = {day for day in either if quarter_of(day)[1] <= today}
    return max(both or over or either, default=quarters_back(today, 1)[0])


def _hung_below(found: Seen, was: AsItWas | None, quarter: date) -> Sequence[NamedUnit]:
    """Today's units below, or those of the quarter's last day."""
    if was is None:
        return found.below
    then = was.parents_at_the_end_of(quarter)
    hung = [place for place in (*found.below, *found.once_below) if then.get(place.id, found.unit.id) == found.unit.id]
    return sorted(hung, key=lambda place: alphabetical(place.name))


def _below(
    places: Sequence[NamedUnit], team: Mapping[int, Quarters], customers: Mapping[int, Quarters], quarter: date
) -> list[Below]:
    """Open units, and closed ones of which something is known then."""
    known = (team, customers)
    shown = [place for place in places if place.is_open or any(quarter in each.get(place.id, {}) for each in known)]
    first = [figures.team_readings(team.get(place.id, {}), [quarter])[0] for place in shown]
    second = [figures.customer_readings(customers.get(place.id, {}), [quarter])[0] for place in shown]
    verdicts = figures.told_apart([*first, *second])
    half = len(shown)
    rows = zip(shown, first, second, verdicts[:half], verdicts[half:], strict=True)
    return [Below(*row) for row in rows]


def _newest(published: Sequence[One]) -> list[One]:
    """The last period of each measure, by name."""
    newest = {each.measure: each for each in published}
    return [newest[measure] for measure in sorted(newest)]


def marks(view: UnitView) -> list[float]:
    """Where on the line of quarters (0, 1, 2 …) the unit was rearranged.

    A quarter's point shows the tree of its last day, so what happened within it lies between its point and the one
    before; and clear of both, or the first day of a quarter would be a line through the old order's point.
    """
    places = {reading.quarter: place for place, reading in enumerate(view.team)}
    found = []
    for day in view.rearranged:
        first, following = quarter_of(day)
        found.append(places[first] - 0.8 + 0.6 * (day - first) / (following - first))
    return found
