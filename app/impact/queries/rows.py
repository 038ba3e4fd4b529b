"""What pages read: columns, not objects, and counts that somebody else keeps (published sets, rollups).

No query here grows with the number of answers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.alphabet import alphabetical
from app.core.periods import Period, PeriodKind, quarter_of
from app.core.permissions import Permission
from app.extensions import db
from app.impact.figures import Answered
from app.impact.queries.answers import AsItWas, answers, answers_in
from app.people.models import (
    Account,
    Succession,
    SuccessionKind,
    Unit,
    UnitKind,
    UnitTree,
    UnitVersion,
    told,
    units_told,
)
from app.results.models import ResultFigure, ResultSet
from app.results.queries import ENPS, published_figures
from app.voice.models import FeedbackGroup, Metric
from app.voice.queries import grouped_means

FINE = (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.WAVE)  # what fits into a quarter


class NamedUnit(NamedTuple):
    """A unit as a page names it."""

    id: int
    name: str
    kind: UnitKind
    is_open: bool = True
    is_seen: bool = True  # the person may see its numbers


class Mean(NamedTuple):
    """A published mean: shown with its n, and nothing more. Without n it is hidden."""

    measure: str
    kind: PeriodKind
    starts_on: date
    mean: float | None
    n: int | None
    low: int
    high: int


class Question(NamedTuple):
    """What employees answered to a question that is not eNPS, as it was published: a score by the same rules."""

    measure: str
    kind: PeriodKind
    starts_on: date
    answered: Answered


@dataclass
class Sums:
    """Answers to one metric in one quarter: its bands, and what a mean with its interval needs."""

    bands: tuple[int, int, int]
    n: int
    total: int = 0
    squares: int = 0


Quarters = dict[date, Answered]


@dataclass
class Voices:
    """Everything about some units: answers by unit and quarter, and what is known of the main one besides."""

    team: Mapping[int, Quarters]
    customers: Mapping[int, Quarters]
    satisfaction: dict[tuple[Metric, date], Sums] = field(default_factory=dict)
    team_means: list[Mean] = field(default_factory=list)
    customer_means: list[Mean] = field(default_factory=list)
    team_questions: list[Question] = field(default_factory=list)

    def quarters_of(self, unit_id: int) -> list[date]:
        """Those of which either voice is known, oldest first."""
        return sorted(self.team.get(unit_id, {}).keys() | self.customers.get(unit_id, {}).keys())


class Seen(NamedTuple):
    """A unit whose numbers the reader may see, with what is around it."""

    unit: NamedUnit
    above: tuple[NamedUnit, ...]  # from the root; who may not see their numbers is not led there
    below: tuple[NamedUnit, ...]
    once_below: tuple[NamedUnit, ...] = ()  # hung here once, and do not today; known only where it is asked how it was


_UNIT: sa.BindParameter[int] = sa.bindparam("unit_id", type_=sa.Integer())
_IS_SEEN = Unit.id.in_(units_told(Permission.IMPACT_READ)).label("is_seen")
_COLUMNS = sa.select(Unit.id, Unit.name, Unit.kind, Unit.is_open, _IS_SEEN, Unit.parent_id, UnitTree.depth).outerjoin(
    UnitTree, sa.and_(UnitTree.ancestor_id == Unit.id, UnitTree.descendant_id == _UNIT)
)
_IS_AROUND = sa.or_(UnitTree.depth.is_not(None), Unit.parent_id == _UNIT)
_ONCE_BELOW = Unit.id.in_(sa.select(UnitVersion.unit_id).where(UnitVersion.parent_id == _UNIT))
_AROUND, _AROUND_EVER = _COLUMNS.where(_IS_AROUND), _COLUMNS.where(sa.or_(_IS_AROUND, _ONCE_BELOW))


def seen(person: Account, unit_id: int, *, ever: bool = False) -> Seen | None:
    """The unit, those above and those directly below; None where its numbers are not for this person.

    `ever` asks in the same question for the units that once hung below.
    """
    rows = db.session.execute(_AROUND_EVER if ever else _AROUND, {**told(person), "unit_id": unit_id}).all()
    unit = next((NamedUnit(*row[:5]) for row in rows if row.id == unit_id), None)
    if unit is None or not unit.is_seen:
        return None
    above = sorted((row for row in rows if row.depth), key=lambda row: -row.depth)
    others = sorted((row for row in rows if row.is_seen and row.id != unit_id), key=lambda row: alphabetical(row.name))
    below = [row for row in others if row.parent_id == unit_id]
    once = [row for row in others if row.parent_id != unit_id and not row.depth]
    return Seen(unit, _named(above), _named(below), _named(once))


def _named(rows: Iterable[Any]) -> tuple[NamedUnit, ...]:
    return tuple(NamedUnit(*row[:5]) for row in rows)


def voices(unit_ids: Collection[int], main_id: int | None = None, was: AsItWas | None = None) -> Voices:
    """Both voices of these units in every quarter; of the main one also satisfaction and published means.

    `was` puts customers' answers together as units were; employees' figures stay on the tree they were published on.
    """
    team, team_means, team_questions = _team(unit_ids, main_id)
    customers, satisfaction = _customers(unit_ids, main_id, was)
    means = [] if main_id is None else _customer_means(main_id)
    return Voices(team, customers, satisfaction, team_means, means, team_questions)


def _team(unit_ids: Collection[int], main_id: int | None) -> tuple[Mapping[int, Quarters], list[Mean], list[Question]]:
    of_units = sa.and_(ResultFigure.unit_id.in_(unit_ids), ResultSet.measure == ENPS, ~ResultSet.is_means)
    wanted = of_units if main_id is None else sa.or_(of_units, ResultFigure.unit_id == main_id)
    rows = db.session.execute(published_figures().where(wanted).order_by(Period.starts_on)).all()
    found: dict[int, Quarters] = defaultdict(dict)
    means, questions = [], []
    for row in rows:
        if row.is_means:
            means.append(Mean(row.measure, row.kind, row.starts_on, row.mean, row.n, row.scale_low, row.scale_high))
        elif row.measure != ENPS:
            questions.append(Question(row.measure, row.kind, row.starts_on, team_answered(row)))
        elif row.kind in FINE:  # of several months in a quarter the last stands for it
            found[row.unit_id][quarter_of(row.starts_on)[0]] = team_answered(row)
    return found, means, questions


def team_in(quarters: Sequence[date]) -> dict[date, dict[int, Answered]]:
    """eNPS of all units in quarters that are named by their first days."""
    found: dict[date, dict[int, Answered]] = {day: {} for day in quarters}
    wanted = (ResultSet.measure == ENPS, ~ResultSet.is_means, Period.kind.in_(FINE))
    within = sa.or_(*(sa.and_(Period.starts_on >= day, Period.starts_on < quarter_of(day)[1]) for day in quarters))
    for row in db.session.execute(published_figures().where(*wanted, within).order_by(Period.starts_on)):
        found[quarter_of(row.starts_on)[0]][row.unit_id] = team_answered(row)
    return found


def customers_in(quarters: Sequence[date], was: AsItWas | None) -> dict[date, dict[int, Answered]]:
    """NPS of all units in these quarters."""
    found: dict[date, dict[int, Answered]] = {day: {} for day in quarters}
    for row in answers_in(Metric.NPS, quarters, was):
        found[row.starts_on][row.unit_id] = Answered((row.low, row.middle, row.high))
    return found


def team_answered(row: Any) -> Answered:
    part = None if row.kind is PeriodKind.QUARTER else (row.kind, row.starts_on)
    if row.n is None or row.detractors is None:
        return Answered(None, part=part)
    return Answered((row.detractors, row.passives, row.promoters), row.headcount, row.clamped_blocks, part)


def _customers(
    unit_ids: Collection[int], main_id: int | None, was: AsItWas | None
) -> tuple[Mapping[int, Quarters], dict[Any, Sums]]:
    found: dict[int, Quarters] = defaultdict(dict)
    satisfaction: dict[tuple[Metric, date], Sums] = {}
    for row in answers(unit_ids, main_id, was):
        first = quarter_of(row.starts_on)[0]
        sums = Sums((row.low, row.middle, row.high), row.n, row.total, row.squares)
        if row.metric is Metric.NPS:
            found[row.unit_id][first] = Answered(sums.bands)
        else:
            satisfaction[row.metric, first] = sums
    return found, satisfaction


def _customer_means(unit_id: int) -> list[Mean]:
    rows = db.session.execute(grouped_means().where(FeedbackGroup.unit_id == unit_id).order_by(Period.starts_on))
    return [Mean(row.metric, row.kind, row.starts_on, row.mean, row.n, row.scale_low, row.scale_high) for row in rows]


class SplitOff(NamedTuple):
    """A part came out of a unit; `is_part` tells which of the two the page is about, `other` names the other."""

    day: date
    is_part: bool
    other: str


def splits_of(unit_id: int, since: date, until: date) -> list[SplitOff]:
    """After `since`, up to `until`: answers before that day stay with the unit that was divided."""
    is_part = Succession.successor_id == unit_id
    other = sa.case((is_part, Succession.predecessor_id), else_=Succession.successor_id)
    found = sa.select(Succession.happened_on, is_part, Unit.name).join(Unit, Unit.id == other)
    found = found.where(sa.or_(is_part, Succession.predecessor_id == unit_id), Succession.kind == SuccessionKind.SPLIT)
    found = found.where(Succession.happened_on > since, Succession.happened_on <= until)
    return [SplitOff(*row) for row in db.session.execute(found.order_by(Succession.happened_on, Unit.name))]


def rearranged_on(unit_id: int, since: date, until: date) -> list[date]:
    """Days after `since`, up to `until`, on which a unit came to this one or left it; a new name is no such day."""
    versions = sa.select(UnitVersion.unit_id, UnitVersion.starts_on, UnitVersion.ends_on)
    rows = db.session.execute(versions.where(UnitVersion.parent_id == unit_id)).all()
    came, left = {(row.unit_id, row.starts_on) for row in rows}, {(row.unit_id, row.ends_on) for row in rows}
    return sorted({day for _, day in came ^ left if day is not None and since < day <= until})
