"""What we ask about employees' results. Everything here is about published sets: withdrawn ones have no figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core.periods import Period
from app.extensions import db
from app.people.models import UnitVersion, holds
from app.people.queries import Moves, moves_between
from app.results.models import ResultFigure, ResultSet, SetStatus

ENPS = "enps"
Tree = Mapping[int, int | None]


def published_sets(measure: str | None = None) -> sa.Select[ResultSet]:
    """Newest period first."""
    sets = all_sets(sa.select(ResultSet)).where(ResultSet.status == SetStatus.PUBLISHED)
    return sets if measure is None else sets.where(ResultSet.measure == measure)


def sets_of_import(import_id: int) -> Sequence[ResultSet]:
    """Published ones that an import brought, and that are not withdrawn."""
    return db.session.scalars(published_sets().where(ResultSet.import_id == import_id)).all()


def all_sets(sets: sa.Select[ResultSet]) -> sa.Select[ResultSet]:
    """Of these, newest period first, also the withdrawn ones: their periods stay barred."""
    return (
        sets.join(ResultSet.period)
        .options(contains_eager(ResultSet.period))
        .order_by(Period.starts_on.desc(), ResultSet.measure, ResultSet.id)
    )


def published_figures() -> sa.Select[*tuple[Any, ...]]:
    """Of every unit in every published set, hidden ones too, with what was measured and when: columns, not objects."""
    columns = (
        ResultFigure.unit_id, ResultSet.measure, ResultSet.is_means, ResultSet.scale_low, ResultSet.scale_high,
        Period.kind, Period.starts_on, ResultFigure.n, ResultFigure.detractors, ResultFigure.passives,
        ResultFigure.promoters, ResultFigure.mean, ResultFigure.headcount, ResultFigure.clamped_blocks,
    )  # fmt: skip
    joined = sa.select(*columns).join(ResultSet, ResultSet.id == ResultFigure.set_id)
    return joined.join(Period, Period.id == ResultSet.period_id).where(ResultSet.status == SetStatus.PUBLISHED)


def units_shown(result_set: ResultSet) -> frozenset[int]:
    figures = sa.select(ResultFigure.unit_id).where(ResultFigure.set_id == result_set.id, ResultFigure.n.is_not(None))
    return frozenset(db.session.scalars(figures))


def barred_by(measure: str, starts_on: date, ends_on: date) -> ResultSet | None:
    """The set that stands in the way: published or withdrawn, of the same measure, sharing a day with this span."""
    sharing = (
        sa.select(ResultSet)
        .join(ResultSet.period)
        .options(joinedload(ResultSet.period))
        .where(ResultSet.measure == measure, Period.starts_on < ends_on, Period.ends_on > starts_on)
    )
    return db.session.scalar(sharing.order_by(Period.starts_on).limit(1))


Asked = tuple[str, Period]  # a measure and when


def moved_since(asked: Sequence[Asked]) -> list[Counter[int]]:
    """For each, by unit: how many people joined it or left it, or any unit below it, since the measure's last results.

    Where results of a later period are published already, those until then count too; of the two numbers that are not
    zero the smaller one is told, for it says more about whoever moved.
    """
    beside = _days_beside(asked)
    spans = sorted({span for days in beside for span in days})
    trees = trees_on(day for span in spans for day in span)
    moves = dict(zip(spans, moves_between(spans), strict=True))
    moved = {(first, last): _moved(moves[first, last], trees[first], trees[last]) for first, last in spans}
    return [_fewest([moved[span] for span in days]) for days in beside]


def _fewest(counts: Iterable[Counter[int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for each in counts:
        for unit_id, count in each.items():
            found[unit_id] = min(count, found.get(unit_id, count))
    return found


def _days_beside(asked: Sequence[Asked]) -> list[list[tuple[date, date]]]:
    """From the last day of the period before it that was published, and to that of the one after it."""
    # Withdrawn ones too: somebody may have noted their numbers.
    sets = all_sets(sa.select(ResultSet)).where(ResultSet.measure.in_({measure for measure, _ in asked}))
    rows = db.session.execute(sets.with_only_columns(ResultSet.measure, Period.starts_on, Period.ends_on)).all()
    found = []
    for measure, period in asked:
        same = [(starts_on, ends_on - timedelta(1)) for other, starts_on, ends_on in rows if other == measure]
        before = max((last for _, last in same if last < period.starts_on), default=None)
        after = min((last for first, last in same if first >= period.ends_on), default=None)
        spans = [(before, period.last_day)] if before else []
        found.append([*spans, (period.last_day, after)] if after else spans)
    return found


def _moved(moves: Moves, tree: Tree, later_tree: Tree) -> Counter[int]:
    moved: Counter[int] = Counter()
    for (here, there), count in moves.items():
        for unit_id in _upwards(here, tree) ^ _upwards(there, later_tree):
            moved[unit_id] += count
    return moved


def _upwards(unit_id: int | None, tree: Tree) -> set[int]:
    """The unit and all above it."""
    found: set[int] = set()
    while unit_id is not None and unit_id not in found:
        found.add(unit_id)
        unit_id = tree.get(unit_id)
    return found


def trees_on(days: Iterable[date]) -> dict[date, dict[int, int | None]]:
    """`people.queries.tree_on` for many days at the price of one."""
    wanted = set(days)
    if not wanted:
        return {}
    versions = sa.select(UnitVersion.unit_id, UnitVersion.parent_id, UnitVersion.starts_on, UnitVersion.ends_on)
    rows = db.session.execute(versions.where(UnitVersion.holding_within(min(wanted), max(wanted)))).all()
    trees = {}
    for day in wanted:
        parents = {unit: parent for unit, parent, start, end in rows if holds(start, end, day)}
        trees[day] = {unit: parent if parent in parents else None for unit, parent in parents.items()}
    return trees
