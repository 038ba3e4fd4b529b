"""On which units a person holds a permission: today's tree, who works where, and roles held on a subtree.

The lowest of the models, so that all others can say who reaches their rows.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import company_time
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role, roles_with
from app.extensions import Base

if TYPE_CHECKING:
    from app.people.models.account import Account
    from app.people.models.employee import Employee
    from app.people.models.unit import Unit


# The questions that every page asks are put together once, with these to be filled in by `told`: to put one together
# costs more than to ask it.
PERSON: sa.BindParameter[int] = sa.bindparam("person_id", type_=sa.Integer())
EMPLOYEE: sa.BindParameter[int | None] = sa.bindparam("employee_id", type_=sa.Integer())
TODAY: sa.BindParameter[date] = sa.bindparam("today", type_=sa.Date())
Day = date | sa.BindParameter[date]


class UnitTree(Base):
    """Today's tree as all its (ancestor, descendant) pairs, each unit being its own at depth 0."""

    __tablename__ = "unit_tree"
    __table_args__ = (sa.Index("ix_unit_tree_descendant_id_depth", "descendant_id", "depth"),)

    ancestor_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    depth: Mapped[int]


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


class Assignment(Spanned, Base):
    """An employee works in a unit, in a job, under a line manager, for a span of days."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("employee_id", "starts_on"),
        sa.Index("ix_assignment_unit_id_span", "unit_id", "starts_on", "ends_on"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.CheckConstraint("line_manager_id IS NULL OR line_manager_id <> employee_id", name="not_own_manager"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(sa.ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    job: Mapped[str] = mapped_column(sa.String(200), default="")
    line_manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"), index=True)

    employee: Mapped["Employee"] = relationship(back_populates="assignments", foreign_keys=[employee_id])
    line_manager: Mapped["Employee | None"] = relationship(foreign_keys=[line_manager_id])
    unit: Mapped["Unit"] = relationship()


class Grant(Spanned, Base):
    """This account holds this role on this unit and all below it, from a day until a day."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "role", "unit_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.CheckConstraint("role <> 'employee'", name="employee_is_assigned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[Role]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.String(200), default="")

    account: Mapped["Account"] = relationship(foreign_keys=[account_id])
    unit: Mapped["Unit"] = relationship()


def told(person: "Account") -> dict[str, Any]:
    """Who asks, and when."""
    return {"person_id": person.id, "employee_id": person.employee_id, "today": company_time.today()}


def units_where(person: "Account", permission: Permission) -> sa.Select[int]:
    """Ids of the units on which the person holds it: below each grant, and the unit an employee works in."""
    return _units_where(permission, person.id, person.employee_id, company_time.today())


def units_told(permission: Permission) -> sa.Select[int]:
    """The same, to be filled in with `told`."""
    return _units_where(permission, PERSON, EMPLOYEE, TODAY)


def _units_where(permission: Permission, account_id: Any, employee_id: Any, day: Day) -> sa.Select[int]:
    granted = (
        sa.select(UnitTree.descendant_id)
        .join(Grant, Grant.unit_id == UnitTree.ancestor_id)
        .where(Grant.account_id == account_id, Grant.role.in_(roles_with(permission)), Grant.holding_on(day))
    )
    if permission not in ROLE_PERMISSIONS[Role.EMPLOYEE]:
        return granted
    own = sa.select(Assignment.unit_id).where(Assignment.employee_id == employee_id, Assignment.holding_on(day))
    both = sa.union(granted, own).subquery()
    return sa.select(both.c[0])
