"""What we ask about customers' answers: only of visible imports, from rollups, on today's tree with all below."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.periods import Period
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Unit, UnitTree
from app.people.queries import below
from app.voice.models import Feedback, FeedbackGroup, FeedbackQuarter, Metric, Touchpoint

COMMENTS = 5


class Heard(NamedTuple):
    """Answers to one metric, added up: its three bands, and what a mean with its interval needs."""

    low: int
    middle: int
    high: int
    n: int
    total: int
    squares: int

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.low, self.middle, self.high


COUNTED = (
    FeedbackQuarter.low,
    FeedbackQuarter.middle,
    FeedbackQuarter.high,
    FeedbackQuarter.n,
    FeedbackQuarter.score_sum,
    FeedbackQuarter.square_sum,
)
SUMS = tuple(sa.func.sum(column).label(name) for name, column in zip(Heard._fields, COUNTED, strict=True))


def heard_by_quarter(unit_id: int) -> dict[Metric, dict[date, Heard]]:
    """Each metric through time, by the first day of the quarter, oldest first."""
    key = (FeedbackQuarter.metric, Period.starts_on)
    wanted = sa.select(*key, *SUMS).where(UnitTree.ancestor_id == unit_id).group_by(*key).order_by(*key)
    found: dict[Metric, dict[date, Heard]] = {}
    for metric, starts_on, *sums in db.session.execute(_counted(wanted)):
        found.setdefault(metric, {})[starts_on] = Heard(*map(int, sums))
    return found


def heard_by_touchpoint(unit_id: int, metric: Metric, quarter: date) -> list[tuple[Touchpoint | None, Heard]]:
    """Of one quarter; None are answers of which the touchpoint is not known. Most answers first."""
    wanted = sa.select(Touchpoint, *SUMS).outerjoin(Touchpoint, Touchpoint.id == FeedbackQuarter.touchpoint_id)
    of_quarter = wanted.where(
        UnitTree.ancestor_id == unit_id, FeedbackQuarter.metric == metric, Period.starts_on == quarter
    )
    rows = db.session.execute(_counted(of_quarter).group_by(Touchpoint.id).order_by(SUMS[3].desc(), Touchpoint.id))
    return [(touchpoint, Heard(*map(int, sums))) for touchpoint, *sums in rows]


def _counted(wanted: Any) -> Any:
    return (
        wanted.join(UnitTree, UnitTree.descendant_id == FeedbackQuarter.unit_id)
        .join(Period, Period.id == FeedbackQuarter.period_id)
        .join(DataImport, DataImport.id == FeedbackQuarter.import_id)
        .where(DataImport.is_visible)
    )


def means_of(unit_id: int) -> Sequence[FeedbackGroup]:
    """Means that another tool published of this very unit, oldest first: shown, and nothing more."""
    wanted = (
        sa.select(FeedbackGroup)
        .join(FeedbackGroup.period)
        .join(DataImport, DataImport.id == FeedbackGroup.import_id)
        .where(FeedbackGroup.unit_id == unit_id, FeedbackGroup.mean.is_not(None), DataImport.is_visible)
        .options(sa.orm.contains_eager(FeedbackGroup.period))
    )
    return db.session.scalars(wanted.order_by(Period.starts_on)).all()


def counted_answers() -> sa.Select[*tuple[Any, ...]]:
    """Customers' answers of each unit and all below it on today's tree, by metric and quarter."""
    key = (UnitTree.ancestor_id.label("unit_id"), FeedbackQuarter.metric, Period.starts_on)
    counted: sa.Select[*tuple[Any, ...]] = _counted(sa.select(*key, *SUMS).group_by(*key))
    return counted


def own_answers() -> sa.Select[*tuple[Any, ...]]:
    """The same, of each unit alone, whatever hangs below it."""
    key = (FeedbackQuarter.unit_id, FeedbackQuarter.metric, Period.starts_on)
    joined = sa.select(*key, *SUMS).join(Period, Period.id == FeedbackQuarter.period_id)
    visible = joined.join(DataImport, DataImport.id == FeedbackQuarter.import_id)
    return visible.where(DataImport.is_visible).group_by(*key)


def grouped_means() -> sa.Select[*tuple[Any, ...]]:
    """Means that another tool published; they belong to one unit and are never added up."""
    columns = (
        FeedbackGroup.unit_id, FeedbackGroup.metric, Period.kind, Period.starts_on, FeedbackGroup.mean,
        FeedbackGroup.n, FeedbackGroup.scale_low, FeedbackGroup.scale_high,
    )  # fmt: skip
    joined = sa.select(*columns).join(Period, Period.id == FeedbackGroup.period_id)
    visible = joined.join(DataImport, DataImport.id == FeedbackGroup.import_id).where(DataImport.is_visible)
    return visible.where(FeedbackGroup.mean.is_not(None), FeedbackGroup.high.is_(None))


class Comment(NamedTuple):
    answered_on: date
    metric: Metric
    score: int
    words: str
    language: str
    unit_name: str


def latest_comments(unit_id: int, limit: int = COMMENTS) -> list[Comment]:
    """Customers' own words, the newest first."""
    columns = (Feedback.answered_on, Feedback.metric, Feedback.score, Feedback.comment, Feedback.language, Unit.name)
    said = Feedback.comment != sa.literal_column("''")  # written out, or the index of what was said is not used
    # The sum keeps SQLite from gathering all answers of the units and sorting them: it walks that index from its end.
    in_units = (Feedback.unit_id + 0).in_(below(unit_id))
    wanted = (
        sa.select(*columns)
        .join(DataImport, DataImport.id == Feedback.import_id)
        .join(Unit, Unit.id == Feedback.unit_id)
        .where(said, in_units, DataImport.is_visible)
        .order_by(Feedback.answered_on.desc(), Feedback.id.desc())
    )
    return [Comment(*row) for row in db.session.execute(wanted.limit(limit)).all()]


def first_unit(reached: sa.Select[Unit]) -> Unit | None:
    """Where a person's own customers are: the highest unit that is theirs to see."""
    height = sa.select(sa.func.count()).where(UnitTree.descendant_id == Unit.id).scalar_subquery()
    return db.session.scalar(reached.where(Unit.is_open).order_by(height, Unit.id).limit(1))
