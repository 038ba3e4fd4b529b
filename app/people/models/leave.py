"""Leave of absence: from when until when somebody is away, and no more about the reason than a deadline needs."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.employee import Employee
from app.people.models.span import Spanned

if TYPE_CHECKING:
    from app.people.models.account import Account


class LeaveKind(StrEnum):
    """Illness has no kind of its own: what somebody suffers from is nobody's business here, and it says “other”."""

    PARENTAL = "parental"
    UNPAID = "unpaid"
    OTHER = "other"


class Leave(Spanned, Base):
    """Somebody is away, and still works here: deadlines skip these days, and everything else stays as it is."""

    __tablename__ = "leave"
    __table_args__ = (
        sa.UniqueConstraint("employee_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        {"sqlite_autoincrement": True},  # a page that was left open removes what it showed, or nothing
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(sa.ForeignKey("employee.id"))
    kind: Mapped[LeaveKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the first day back; empty: not known yet
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    @property
    def last_day(self) -> date | None:
        """As people say it: the last day away."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Leave"]:
        """One's own; and of those whose work one may change."""
        reached = Employee.visible_to(person, permission or Permission.EMPLOYEE_EDIT).with_only_columns(Employee.id)
        theirs = cls.employee_id.in_(reached)
        return sa.select(cls).where(theirs if permission else sa.or_(theirs, cls.employee_id == person.employee_id))
