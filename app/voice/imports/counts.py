"""Customers who would be counted twice: in counts of a month and of its quarter, or in counts and one by one.

Months are what all of these periods consist of. Counts of a year and means enter no sum, so they double nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from app.core.periods import Span
from app.extensions import db
from app.imports.models import DataImport
from app.voice.actions.rebuilding import FITTING
from app.voice.imports.rows import Answer, Group
from app.voice.models import FeedbackDay, Metric

MORE_THAN_A_MONTH = timedelta(days=32)
UnitMonth = tuple[int, Metric, date]  # unit, metric, first day of the month


class Counts:
    """Which months of a unit and metric are in counts: visible ones, or further up in the file."""

    def __init__(self) -> None:
        self._spans: dict[UnitMonth, Span] = {}

    def keep(self, group: Group) -> None:
        for month in months_of(group):
            self._spans.setdefault(month, group.span)

    def over(self, group: Group) -> Span | None:
        """Of other counts that share days with these."""
        return next((self._spans[month] for month in months_of(group) if month in self._spans), None)

    def holding(self, answer: Answer) -> Span | None:
        return self._spans.get(month_of(answer)) if self._spans else None


def months_of(group: Group) -> Iterator[UnitMonth]:
    """Nothing where its counts enter no sum."""
    kind, day, end = group.span
    while group.bands is not None and kind in FITTING and day < end:
        yield group.unit_id, group.metric, day
        day = (day + MORE_THAN_A_MONTH).replace(day=1)


def month_of(answer: Answer) -> UnitMonth:
    return answer.unit_id, answer.metric, answer.day.replace(day=1)


def answered_in(groups: Sequence[Group]) -> set[UnitMonth]:
    """Where there are visible answers, of all months in which these groups lie; asked at once for a chunk of them."""
    months = {month for group in groups for month in months_of(group)}
    if not months:
        return set()
    first, last = min(day for *_, day in months), max(day for *_, day in months) + MORE_THAN_A_MONTH
    year, month = sa.extract("year", FeedbackDay.day), sa.extract("month", FeedbackDay.day)
    visible = sa.select(DataImport.id).where(DataImport.is_visible)
    found = (
        sa.select(FeedbackDay.unit_id, FeedbackDay.metric, year, month)
        .where(FeedbackDay.import_id.in_(visible), FeedbackDay.unit_id.in_({unit_id for unit_id, *_ in months}))
        .where(FeedbackDay.metric.in_({metric for _, metric, _ in months}))
        .where(FeedbackDay.day >= first, FeedbackDay.day < last)
        .distinct()
    )
    return {(unit_id, metric, date(int(y), int(m), 1)) for unit_id, metric, y, m in db.session.execute(found)}
