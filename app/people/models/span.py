"""Rows that hold for a half-open span of days: from the first day to the first on which they no longer do."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

Day = date | sa.ColumnElement[date]


def holds(starts_on: date, ends_on: date | None, day: date) -> bool:
    return starts_on <= day and (ends_on is None or day < ends_on)


class Spanned:
    """A row that holds for a half-open span of days."""

    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the first day on which it no longer holds

    @classmethod
    def holding_on(cls, day: Day) -> sa.ColumnElement[bool]:
        return cls.holding_within(day, day)

    @classmethod
    def holding_within(cls, first: Day, last: Day) -> sa.ColumnElement[bool]:
        """Holding on one of these days at least."""
        return sa.and_(cls.starts_on <= last, sa.or_(cls.ends_on.is_(None), cls.ends_on > first))

    def holds_on(self, day: date) -> bool:
        return holds(self.starts_on, self.ends_on, day)
