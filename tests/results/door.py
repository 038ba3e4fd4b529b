"""What the tests of this folder hand to the door, and how they read it."""

from datetime import date

import sqlalchemy as sa

from app.core import clock
from app.core.periods import parse_period, period_for
from app.extensions import db
from app.people.models import Unit
from app.results.actions import Answers, Tally, publish
from app.results.models import ResultFigure, ResultSet

QUARTER = "2026-Q1"


def answers_of(
    bands: dict[Unit, tuple[int, int, int]], *, period: str = QUARTER, measure: str = "enps", **more: object
) -> Answers:
    tallies = {unit.id: Tally(sum(counts), counts) for unit, counts in bands.items()}
    found = period_for(parse_period(period))
    return Answers(measure, found, tallies, rule="zero-to-ten", scale=(0, 10), **more)  # type: ignore[arg-type]


def means_of(means: dict[Unit, tuple[float, int]], *, period: str = QUARTER, measure: str = "advocacy") -> Answers:
    tallies = {unit.id: Tally(n, mean=mean) for unit, (mean, n) in means.items()}
    return Answers(measure, period_for(parse_period(period)), tallies, rule="mean", scale=(0, 10), is_means=True)


def publish_now(answers: Answers, *, threshold: int = 5) -> ResultSet:
    return publish(answers, threshold=threshold, actor_id=None, now=clock.now())


def figures_in(result_set: ResultSet) -> dict[int, ResultFigure]:
    """By unit, as they stand in the table."""
    rows = sa.select(ResultFigure).where(ResultFigure.set_id == result_set.id)
    return {figure.unit_id: figure for figure in db.session.scalars(rows)}


def last_day(period: str = QUARTER) -> date:
    return period_for(parse_period(period)).last_day
