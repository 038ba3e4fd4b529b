"""On which units a person holds a permission: today's tree, who works where, and roles held on a subtree.

Low among the models, so that all others can say who reaches their rows. Tables and question stand in one module: each
needs the other.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import company_time
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role, roles_with
from app.extensions import Base
from app.people.models.span import Day, Spanned
from app.people.models.words import SORTED

if TYPE_CHECKING:
    from app.people.models.account import Account
    from app.people.models.employee import Employee
    from app.people.models.unit import Unit


# The questions that every page asks are put together once, with these to be filled in by `told`: to put one together
# costs more than to ask it.
PERSON: sa.BindParameter[int] = sa.bindparam("person_id", type_=sa.Integer())
EMPLOYEE: sa.BindParameter[int | None] = sa.bindparam("employee_id", type_=sa.Integer())
TODAY: sa.BindParameter[date] = sa.bindparam("today", type_=sa.Date())


class UnitTree(Base):
    """Today's tree as all its (ancestor, descendant) pairs, each unit being its own at depth 0."""

    __tablename__ = "unit_tree"
    __table_args__ = (sa.Index("ix_unit_tree_descendant_id_depth", "descendant_id", "depth"),)

    ancestor_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    depth: Mapped[int]


def _sort_name_of_employee(context: Any) -> str:
    """For one row at a time; who writes many at once brings their names along."""
    table = Base.metadata.tables["employee"]
    wanted = sa.select(table.c.sort_name).where(table.c.id == context.get_current_parameters()["employee_id"])
    return str(context.connection.scalar(wanted))


class Assignment(Spanned, Base):
    """An employee works in a unit, in a job, under a line manager, for a span of days."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("employee_id", "starts_on"),
        sa.Index("ix_assignment_unit_id_span", "unit_id", "starts_on", "ends_on"),
        # Lists of people ask of each in turn where they work today: all of the answer is in the index, and their order.
        sa.Index("ix_assignment_employee_id_span", "employee_id", "starts_on", "ends_on", "unit_id", "sort_name"),
        sa.Index("ix_assignment_sort_name", "sort_name", "employee_id", "starts_on", "ends_on", "unit_id"),
        sa.Index("ix_assignment_job", "job"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.CheckConstraint("line_manager_id IS NULL OR line_manager_id <> employee_id", name="not_own_manager"),
        {"sqlite_autoincrement": True},  # a page that was left open removes what it showed, or nothing
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(sa.ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    job: Mapped[str] = mapped_column(sa.String(200), default="")
    line_manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"), index=True)
    # The employee's, once more: so a list in the order of names need not look for the name of each.
    sort_name: Mapped[str] = mapped_column(SORTED, default=_sort_name_of_employee)

    employee: Mapped["Employee"] = relationship(back_populates="assignments", foreign_keys=[employee_id])
    line_manager: Mapped["Employee | None"] = relationship(foreign_keys=[line_manager_id])
    unit: Mapped["Unit"] = relationship()

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Assignment"]:
        """The directory is open to all who are signed in; acting needs the permission on the unit of the entry."""
        entries = sa.select(cls)
        return entries if permission is None else entries.where(cls.unit_id.in_(units_where(person, permission)))


# A span whose end is its beginning holds on no day: what was taken back before it began, or on its first day.
_HOLDS_AT_ALL = sa.text("ends_on IS NULL OR starts_on < ends_on")


class Grant(Spanned, Base):
    """This account holds this role on this unit and all below it, from a day until a day.

    Rows are never deleted: who gave a role and who ended it, when and why, is their history.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.Index(
            "uq_role_grant_account_id_role_unit_id_starts_on",
            *("account_id", "role", "unit_id", "starts_on"),
            unique=True,
            sqlite_where=_HOLDS_AT_ALL,
            postgresql_where=_HOLDS_AT_ALL,
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="span"),
        sa.CheckConstraint("role <> 'employee'", name="employee_is_assigned"),
        sa.CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name="ended_has_an_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    granted_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # whose deputy gave it
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    ended_at: Mapped[datetime | None]  # when somebody set the end; it may have had one from the first
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    ended_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    end_reason: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")

    account: Mapped["Account"] = relationship(foreign_keys=[account_id])
    unit: Mapped["Unit"] = relationship()
    granted_by: Mapped["Account | None"] = relationship(foreign_keys=[granted_by_id])
    granted_for: Mapped["Account | None"] = relationship(foreign_keys=[granted_for_id])
    ended_by: Mapped["Account | None"] = relationship(foreign_keys=[ended_by_id])
    ended_for: Mapped["Account | None"] = relationship(foreign_keys=[ended_for_id])

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Grant"]:
        """Whoever may give roles on the unit reaches the roles held on it; one's own are seen by oneself."""
        reached = cls.unit_id.in_(units_where(person, permission or Permission.ROLE_GRANT))
        return sa.select(cls).where(reached if permission else sa.or_(reached, cls.account_id == person.id))


class Deputyship(Spanned, Base):
    """While the one is absent, the other may do what this role on this unit lets the absent person do.

    It gives nothing by itself: each day it lends what the absent person holds that very day. It is not passed on.
    """

    __tablename__ = "deputyship"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="span"),
        sa.CheckConstraint("absent_id <> deputy_id", name="two_people"),
        sa.CheckConstraint("role <> 'employee'", name="employee_is_assigned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    ends_on: Mapped[date | None] = mapped_column(nullable=False)  # an absence has an end
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    named_at: Mapped[datetime]
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    named_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # whose deputy named this one
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    absent: Mapped["Account"] = relationship(foreign_keys=[absent_id])
    deputy: Mapped["Account"] = relationship(foreign_keys=[deputy_id])
    unit: Mapped["Unit"] = relationship()
    named_by: Mapped["Account | None"] = relationship(foreign_keys=[named_by_id])
    ended_by: Mapped["Account | None"] = relationship(foreign_keys=[ended_by_id])

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Deputyship"]:
        """Those whom it is about, and whoever may give roles on its unit: all three may also end it."""
        mine = sa.or_(cls.absent_id == person.id, cls.deputy_id == person.id)
        return sa.select(cls).where(sa.or_(mine, cls.unit_id.in_(units_where(person, Permission.ROLE_GRANT))))


def told(person: "Account") -> dict[str, Any]:
    """Who asks, and when."""
    return {"person_id": person.id, "employee_id": person.employee_id, "today": company_time.today()}


def units_where(person: "Account", permission: Permission) -> sa.Select[int]:
    """Ids of the units on which the person holds it: below each grant, and the unit an employee works in."""
    return _units_where(permission, person.id, person.employee_id, company_time.today())


def units_told(permission: Permission) -> sa.Select[int]:
    """The same, to be filled in with `told`."""
    return _units_where(permission, PERSON, EMPLOYEE, TODAY)


# What is put together anew for each person is made of plain tables, and of parts that are kept: models cost far more.
_held, _lent = sa.inspect(Grant).local_table, sa.inspect(Deputyship).local_table
_tree, _work = sa.inspect(UnitTree).local_table, sa.inspect(Assignment).local_table


def _holds(table: sa.FromClause, day: Day) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.starts_on <= day, sa.or_(table.c.ends_on.is_(None), table.c.ends_on > day))


@lru_cache(64)
def _all_given(day: Day, roles: frozenset[Role] | None) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """Everybody's own roles that day, and everybody's that are lent to a deputy: the same for all who ask."""
    absent, person = Base.metadata.tables["account"], Base.metadata.tables["employee"]
    same = _lent.c.absent_id == _held.c.account_id, _lent.c.role == _held.c.role, _lent.c.unit_id == _held.c.unit_id
    joined = sa.join(_lent, _held, sa.and_(*same)).join(absent, absent.c.id == _held.c.account_id)
    joined = joined.outerjoin(person, person.c.id == absent.c.employee_id)
    wanted = [_holds(_held, day)] if roles is None else [_holds(_held, day), _held.c.role.in_(sorted(roles))]
    is_here = absent.c.disabled_at.is_(None), sa.or_(person.c.ends_on.is_(None), person.c.ends_on > day)
    own = sa.select(_held.c.role, _held.c.unit_id, sa.cast(sa.null(), sa.Integer).label("for_id")).where(*wanted)
    lent = sa.select(_held.c.role, _held.c.unit_id, _held.c.account_id).select_from(joined)
    return own, lent.where(_holds(_lent, day), *wanted, *is_here)


def given(account_id: Any, day: Day, roles: frozenset[Role] | None = None) -> sa.CompoundSelect[Any]:
    """The roles held that day as (role, unit, for whom): one's own, and those of people one stands in for.

    The second half asks the grants of the absent person themselves, so what a deputy has is never passed on, ends with
    what it hangs on, and is nothing once the absent person has left.
    """
    own, lent = _all_given(day, roles)
    return sa.union_all(own.where(_held.c.account_id == account_id), lent.where(_lent.c.deputy_id == account_id))


def given_units(permission: Permission, account_id: Any, day: Day) -> sa.Select[int]:
    """Ids of the units on which a role with this permission was given, to the person or to whom they stand in for."""
    return sa.select(given(account_id, day, frozenset(roles_with(permission))).subquery().c.unit_id)


def _units_where(permission: Permission, account_id: Any, employee_id: Any, day: Day) -> sa.Select[int]:
    reached = sa.select(_tree.c.descendant_id).where(_tree.c.ancestor_id.in_(given_units(permission, account_id, day)))
    if permission not in ROLE_PERMISSIONS[Role.EMPLOYEE]:
        return reached
    own = sa.select(_work.c.unit_id).where(_work.c.employee_id == employee_id, _holds(_work, day))
    both = sa.union(reached, own).subquery()
    return sa.select(both.c[0])
