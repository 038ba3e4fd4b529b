"""What a company says about its days beyond the public holidays: its own days off, and weekly patterns of work."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.employee import Employee
from app.people.models.scope import units_where
from app.people.models.span import Spanned

if TYPE_CHECKING:
    from app.people.models.account import Account
    from app.people.models.unit import Unit


class OwnDay(Base):
    """A day off of a unit and all below it; or, where `is_worked`, a day worked that would be off."""

    __tablename__ = "own_day"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "day"),
        {"sqlite_autoincrement": True},  # a page that was left open removes what it showed, or nothing
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(200))
    is_worked: Mapped[bool] = mapped_column(default=False)
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    unit: Mapped["Unit"] = relationship()

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["OwnDay"]:
        days = sa.select(cls)
        return days if permission is None else days.where(cls.unit_id.in_(units_where(person, permission)))


class WorkWeek(Spanned, Base):
    """The days that are worked, from a day on: in a unit and below it, or by one person. No hours.

    Either the same days of every week, or shifts: days on and days off in turn, counted from `starts_on`.
    """

    __tablename__ = "work_week"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "starts_on"),
        sa.UniqueConstraint("employee_id", "starts_on"),
        sa.CheckConstraint("(unit_id IS NULL) <> (employee_id IS NULL)", name="one_owner"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.CheckConstraint("days BETWEEN 1 AND 127", name="some_day"),
        sa.CheckConstraint("(days IS NULL) <> (turns IS NULL)", name="one_way"),
        {"sqlite_autoincrement": True},  # a page that was left open removes what it showed, or nothing
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    employee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"))
    days: Mapped[int | None]  # a bit for each day of the week, Monday being 1
    turns: Mapped[str | None] = mapped_column(sa.String(60))  # 4-4: four days on, four days off
    works_holidays: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    @property
    def weekdays(self) -> list[int]:
        return [weekday for weekday in range(7) if (self.days or 0) >> weekday & 1]

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["WorkWeek"]:
        """Those of units."""
        weeks = sa.select(cls).where(cls.unit_id.is_not(None))
        return weeks if permission is None else weeks.where(cls.unit_id.in_(units_where(person, permission)))

    @classmethod
    def of_people(cls, person: "Account", permission: Permission) -> sa.Select["WorkWeek"]:
        """People's own, where this person may act on those people."""
        reached = Employee.visible_to(person, permission).with_only_columns(Employee.id)
        return sa.select(cls).where(cls.employee_id.in_(reached))
