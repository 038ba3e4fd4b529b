"""The company's units side by side: what can be chosen, what each unit shows, and what goes together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.alphabet import alphabetical
from app.core.periods import Period, PeriodKind, period_code, quarter_of
from app.core.permissions import Permission
from app.extensions import db
from app.impact.figures import Answered, Figure, ces_figure, csat_figure, customer_figure, ends_of, team_figure
from app.impact.queries.answers import AsItWas, answers_in
from app.impact.queries.rows import FINE, team_answered, team_in
from app.imports.models import DataImport
from app.people.models import Account, Unit, UnitKind, UnitTree, told, units_told
from app.results.models import ResultSet, SetStatus
from app.results.queries import ENPS, published_figures
from app.voice.models import FeedbackGroup, FeedbackQuarter, Metric
from app.voice.queries import grouped_means

LEAF = "leaf"


class Standing(NamedTuple):
    """A unit the person may see, and at which levels it can stand beside others without standing above one of them."""

    id: int
    name: str
    kind: UnitKind
    is_leaf: bool
    is_lowest: bool  # no unit of its own kind below it

    def stands_at(self, level: str) -> bool:
        return self.is_leaf if level == LEAF else self.is_lowest and self.kind == level


class Source(NamedTuple):
    """One thing that was measured in one period: a published set, or customers' answers to a metric."""

    measure: str
    is_means: bool
    kind: PeriodKind
    starts_on: date
    ends_on: date

    def runs_on(self, today: date) -> bool:
        return self.starts_on <= today < self.ends_on

    @property
    def code(self) -> str:
        return period_code(self.kind, self.starts_on)

    @property
    def is_quarter_of_scores(self) -> bool:
        """A net score of a quarter: it has intervals, verdicts, and a page to lead to."""
        return not self.is_means and self.kind is PeriodKind.QUARTER and self.measure in (ENPS, Metric.NPS)


class Value(NamedTuple):
    """What one unit shows of one source; hidden ones show that they are hidden."""

    value: float | None
    n: int = 0
    figure: Figure | None = None
    low: float | None = None  # the interval; none around a mean that somebody else counted, or a single answer's
    high: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.value is None


Values = Mapping[int, Value]


@dataclass(frozen=True)
class Pair:
    """The two sources that stand beside each other, and those that might."""

    team: Source | None
    customers: Source | None
    team_choices: Sequence[Source] = ()
    customer_choices: Sequence[Source] = ()

    @property
    def is_scores(self) -> bool:
        return all(side is not None and side.is_quarter_of_scores for side in (self.team, self.customers))

    @property
    def is_means(self) -> bool:
        return any(side is not None and side.is_means for side in (self.team, self.customers))

    @property
    def follows(self) -> bool:
        """The employees' period had ended before the customers' began."""
        return bool(self.team and self.customers and self.team.ends_on <= self.customers.starts_on)


_child = aliased(Unit)
_below = (
    sa.select(UnitTree.descendant_id)
    .join(_child, _child.id == UnitTree.descendant_id)
    .where(UnitTree.ancestor_id == Unit.id, UnitTree.depth > 0, _child.is_open)
)
_STANDINGS = sa.select(
    Unit.id, Unit.name, Unit.kind, ~_below.exists(), ~_below.where(_child.kind == Unit.kind).exists()
).where(Unit.is_open, Unit.id.in_(units_told(Permission.IMPACT_READ)))


def standings(person: Account) -> list[Standing]:
    """Open units whose numbers the person may see, by name."""
    rows = db.session.execute(_STANDINGS, told(person))
    return sorted((Standing(*row) for row in rows), key=lambda unit: alphabetical(unit.name))


def sources() -> tuple[list[Source], list[Source]]:
    """Published sets, and metrics of which customers' answers are visible; newest first, counts before means."""
    columns = (Period.kind, Period.starts_on, Period.ends_on)
    sets = sa.select(sa.true().label("is_team"), ResultSet.measure, ResultSet.is_means, *columns)
    answers = sa.select(sa.false(), sa.cast(FeedbackQuarter.metric, sa.String), sa.false(), *columns).distinct()
    means = sa.select(sa.false(), sa.cast(FeedbackGroup.metric, sa.String), sa.true(), *columns).distinct()
    is_visible = DataImport.is_visible
    everything = sa.union_all(
        sets.join(Period, Period.id == ResultSet.period_id).where(ResultSet.status == SetStatus.PUBLISHED),
        answers.join(Period, Period.id == FeedbackQuarter.period_id)
        .join(DataImport, DataImport.id == FeedbackQuarter.import_id)
        .where(is_visible),
        means.join(Period, Period.id == FeedbackGroup.period_id)
        .join(DataImport, DataImport.id == FeedbackGroup.import_id)
        .where(is_visible, FeedbackGroup.mean.is_not(None), FeedbackGroup.high.is_(None)),
    )
    rows = db.session.execute(everything).all()
    team = [Source(row[1], bool(row[2]), *row[3:]) for row in rows if row[0]]
    customers = [Source(Metric(row[1]), bool(row[2]), *row[3:]) for row in rows if not row[0]]
    return _newest_first([*team, *_quarters_of_parts(team)]), _newest_first(customers)


def _quarters_of_parts(team: Sequence[Source]) -> list[Source]:
    """Quarters of which only a month or a wave was published: as on the page of a unit that stands for them."""
    known = [each for each in team if each.measure == ENPS and not each.is_means and each.kind in FINE]
    whole = {each.starts_on for each in known if each.kind is PeriodKind.QUARTER}
    parts = {quarter_of(each.starts_on) for each in known} - {quarter_of(day) for day in whole}
    return [Source(ENPS, False, PeriodKind.QUARTER, *quarter) for quarter in parts]


def _newest_first(sources: Iterable[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: (source.starts_on, source.ends_on, not source.is_means), reverse=True)


def pair(team: Sequence[Source], customers: Sequence[Source], asked: Mapping[str, str], today: date) -> Pair:
    """What the address asks for, else what belongs together: the same quarter, or people first and customers after.

    What is still running is left to those who ask for it, as long as there is anything else.
    """
    measure = _chosen_measure(team, asked.get("measure", ""), ENPS)
    metric = _chosen_measure(customers, asked.get("metric", ""), Metric.NPS)
    of_team = [source for source in team if source.measure == measure]
    of_customers = [source for source in customers if source.measure == metric]
    period = asked.get("period", "")
    first = _coded(of_team, asked.get("employees") or period)
    second = _coded(of_customers, asked.get("customers") or period)
    if first is None and second is None:
        first, second = _together(of_team, of_customers, today)
    return Pair(first or _before(of_team, second), second or _after(of_customers, first), of_team, of_customers)


def _chosen_measure(sources: Sequence[Source], asked: str, usual: str) -> str:
    there = [source.measure for source in sources]
    return asked if asked in there else usual if usual in there or not there else min(there)


def _coded(sources: Sequence[Source], code: str) -> Source | None:
    return next((source for source in sources if code and source.code == code), None)


def _together(team: Sequence[Source], customers: Sequence[Source], today: date) -> tuple[Source | None, Source | None]:
    """The newest quarter in which both are scores; without one, each side finds the other by what came before."""
    scored = {source.code: source for source in team if source.is_quarter_of_scores}
    for source in customers:
        if source.is_quarter_of_scores and source.code in scored:
            return scored[source.code], source
    over = [source for source in customers if not source.runs_on(today)]
    return None, next(iter(over or customers), None)


def _before(team: Sequence[Source], customers: Source | None) -> Source | None:
    """Means: the last period that had ended before the customers' began. Scores: the same quarter."""
    if customers is None or not team:
        return team[0] if team else None
    if customers.is_quarter_of_scores and (same := _coded(team, customers.code)) and same.is_quarter_of_scores:
        return same
    return next((source for source in team if source.ends_on <= customers.starts_on), team[0])


def _after(customers: Sequence[Source], team: Source | None) -> Source | None:
    if team is None or not customers:
        return customers[0] if customers else None
    if team.is_quarter_of_scores and (same := _coded(customers, team.code)) and same.is_quarter_of_scores:
        return same
    following = [source for source in customers if source.starts_on >= team.ends_on]
    return following[-1] if following else customers[0]


def values_of(by_unit: Mapping[int, Answered], measure: Callable[[Answered], Figure]) -> dict[int, Value]:
    """Of answers that are there already."""
    figures = {unit_id: measure(answered) if answered.counts else None for unit_id, answered in by_unit.items()}
    return {unit_id: Value(None) if figure is None else _score(figure) for unit_id, figure in figures.items()}


def _score(figure: Figure) -> Value:
    return Value(figure.score, figure.n, figure, figure.low, figure.high)


def team_values(source: Source | None) -> dict[int, Value]:
    """Every unit of the published set, hidden ones too."""
    if source is None:
        return {}
    if source.is_quarter_of_scores:
        return values_of(team_in([source.starts_on])[source.starts_on], team_figure)
    wanted = published_figures().where(
        ResultSet.measure == source.measure, Period.kind == source.kind, Period.starts_on == source.starts_on
    )
    found = {}
    for row in db.session.execute(wanted):
        if row.n is None:
            found[row.unit_id] = Value(None)
        elif source.is_means:
            found[row.unit_id] = Value(row.mean, row.n)
        else:
            found[row.unit_id] = _score(team_figure(team_answered(row)))
    return found


def customer_values(source: Source | None, was: AsItWas | None = None) -> dict[int, Value]:
    """NPS as a score, CSAT as the share of satisfied in percent, CES as a mean; published means as they came."""
    if source is None:
        return {}
    at = (Period.kind == source.kind, Period.starts_on == source.starts_on)
    if source.is_means:
        rows = db.session.execute(grouped_means().where(FeedbackGroup.metric == source.measure, *at))
        return {row.unit_id: Value(row.mean, row.n) for row in rows}
    found = {}
    for row in answers_in(Metric(source.measure), [source.starts_on], was):
        if source.measure == Metric.NPS:
            found[row.unit_id] = _score(customer_figure(Answered((row.low, row.middle, row.high))))
        elif source.measure == Metric.CSAT:
            share = csat_figure(row.high, row.n)
            found[row.unit_id] = Value(100 * row.high / row.n, row.n, None, *(100 * end for end in ends_of(share)))
        else:
            mean = ces_figure(row.n, row.total, row.squares)
            found[row.unit_id] = Value(mean.value, row.n, None, *ends_of(mean))
    return found
