"""People who work here."""

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship, validates

from app.core import company_time
from app.core.alphabet import plain
from app.core.permissions import Permission
from app.core.personal import NUMBERED
from app.core.types import PersonName
from app.extensions import Base
from app.people.models.scope import Assignment, units_where
from app.people.models.words import SORTED

if TYPE_CHECKING:
    from app.people.models.account import Account


LONGEST_NAME = 200


def sort_name_of(name: str) -> str:
    """As lists are sorted by it."""
    return plain(name)[:LONGEST_NAME]


def initials_of(name: str) -> str:
    """Of the first and the last word; of a single word its own."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Employee(Base):
    __tablename__ = "employee"
    __table_args__ = (
        sa.CheckConstraint("email IS NOT NULL OR number IS NOT NULL", name="email_or_number"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.Index("ix_employee_sort_name", "sort_name", "id"),
        {"sqlite_autoincrement": True},  # a number that was somebody's is never another's
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)  # folded to lower case
    name: Mapped[str] = mapped_column(PersonName(200), index=True)
    sort_name: Mapped[str] = mapped_column(SORTED)
    language: Mapped[str | None] = mapped_column(sa.String(2))
    time_zone: Mapped[str | None] = mapped_column(sa.String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the first day on which they no longer work here

    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="employee", foreign_keys="Assignment.employee_id", order_by="Assignment.starts_on"
    )

    @validates("name")
    def _sort_by(self, _key: str, name: str) -> str:
        self.sort_name = sort_name_of(name)
        return name

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def is_erased(self) -> bool:
        return self.number == str(NUMBERED.becomes).format(id=self.id)

    def has_left_by(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on <= day

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Employee"]:
        """To act on somebody one must hold the permission where they work today; for those who do not work today it is
        where they worked last, else where they will. Who never had a unit is the whole company's.
        """
        employees = sa.select(cls)
        if permission is None:
            return employees
        first, today = aliased(Assignment), company_time.today()
        begun = sa.select(sa.func.max(first.starts_on)).where(first.employee_id == cls.id, first.starts_on <= today)
        coming = sa.select(sa.func.min(first.starts_on)).where(first.employee_id == cls.id)
        # Said outright: two floors down it would not be seen that it is this very person.
        since = sa.func.coalesce(begun.correlate(cls).scalar_subquery(), coming.correlate(cls).scalar_subquery())
        place = sa.select(Assignment.id).where(Assignment.employee_id == cls.id, Assignment.starts_on == since)
        reached = place.where(Assignment.unit_id.in_(units_where(person, permission))).exists()
        if not person.holds_on_company(permission):
            return employees.where(reached)
        return employees.where(sa.or_(reached, ~sa.exists().where(Assignment.employee_id == cls.id)))
