"""What we ask about employees' results. Everything here is about published sets: withdrawn ones have no figures."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core.periods import Period
from app.extensions import db
from app.people.models import UnitVersion, holds
from app.results.models import ResultFigure, ResultSet, SetStatus

ENPS = "enps"


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


def barred_by(measure: str, starts_on: date, ends_on: date) -> ResultSet | None:
    """The set that stands in the way: published or withdrawn, of the same measure, sharing a day with this span."""
    sharing = (
        sa.select(ResultSet)
        .join(ResultSet.period)
        .options(joinedload(ResultSet.period))
        .where(ResultSet.measure == measure, Period.starts_on < ends_on, Period.ends_on > starts_on)
    )
    return db.session.scalar(sharing.order_by(Period.starts_on).limit(1))


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
