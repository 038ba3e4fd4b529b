"""What we ask about employees' results. Everything here is about published sets: withdrawn ones have no figures."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core.periods import Period
from app.extensions import db
from app.people.models import UnitVersion
from app.results.models import ResultFigure, ResultSet, SetStatus

ENPS = "enps"


def published_sets(measure: str | None = None) -> sa.Select[ResultSet]:
    """Newest period first."""
    sets = all_sets(sa.select(ResultSet)).where(ResultSet.status == SetStatus.PUBLISHED)
    return sets if measure is None else sets.where(ResultSet.measure == measure)


def all_sets(sets: sa.Select[ResultSet]) -> sa.Select[ResultSet]:
    """Of these, newest period first, also the withdrawn ones: their periods stay barred."""
    return (
        sets.join(ResultSet.period)
        .options(contains_eager(ResultSet.period))
        .order_by(Period.starts_on.desc(), ResultSet.measure, ResultSet.id)
    )


def measures() -> list[str]:
    """Names of what has been published, the recommend question first."""
    names = db.session.scalars(
        sa.select(ResultSet.measure).where(ResultSet.status == SetStatus.PUBLISHED).distinct()
    ).all()
    return sorted(names, key=lambda name: (name != ENPS, name))


def figures_of(unit_id: int, measure: str = ENPS) -> Sequence[ResultFigure]:
    """One unit through time, oldest first, with set and period; hidden ones are there and empty."""
    return db.session.scalars(_published_figures(measure).where(ResultFigure.unit_id == unit_id)).all()


def figures_of_units(unit_ids: Iterable[int], measure: str = ENPS) -> dict[int, list[ResultFigure]]:
    """Several units through time, each oldest first; a unit without any is missing."""
    found: dict[int, list[ResultFigure]] = {}
    wanted = _published_figures(measure).where(ResultFigure.unit_id.in_(list(unit_ids)))
    for figure in db.session.scalars(wanted):
        found.setdefault(figure.unit_id, []).append(figure)
    return found


def figures_in(set_id: int) -> dict[int, ResultFigure]:
    """All units of one published set, by unit."""
    wanted = (
        sa.select(ResultFigure)
        .join(ResultFigure.result_set)
        .where(ResultFigure.set_id == set_id, ResultSet.status == SetStatus.PUBLISHED)
    )
    return {figure.unit_id: figure for figure in db.session.scalars(wanted)}


def last_ended_before(day: date, measure: str = ENPS) -> ResultSet | None:
    """The last set whose period had ended before that day: what is paired with a survey that began on it."""
    return db.session.scalar(published_sets(measure).where(Period.ends_on <= day).limit(1))


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
    versions = sa.select(UnitVersion.unit_id, UnitVersion.parent_id, UnitVersion.starts_on, UnitVersion.ends_on).where(
        UnitVersion.starts_on <= max(wanted), sa.or_(UnitVersion.ends_on.is_(None), UnitVersion.ends_on > min(wanted))
    )
    rows = db.session.execute(versions).all()
    trees = {}
    for day in wanted:
        parents = {unit: parent for unit, parent, start, end in rows if start <= day and (end is None or end > day)}
        trees[day] = {unit: parent if parent in parents else None for unit, parent in parents.items()}
    return trees


def _published_figures(measure: str) -> sa.Select[ResultFigure]:
    return (
        sa.select(ResultFigure)
        .join(ResultFigure.result_set)
        .join(ResultSet.period)
        .options(contains_eager(ResultFigure.result_set).contains_eager(ResultSet.period))
        .where(ResultSet.measure == measure, ResultSet.status == SetStatus.PUBLISHED)
        .order_by(Period.starts_on)
    )
