"""The units of the company, their history, and today's tree."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.scope import units_where
from app.people.models.span import Spanned

if TYPE_CHECKING:
    from app.people.models.account import Account


# The first day of a unit of which nobody wrote down when it was opened.
BEGINNING = date(1900, 1, 1)


class UnitKind(StrEnum):
    COMPANY = "company"
    REGION = "region"
    DEPARTMENT = "department"
    BRANCH = "branch"
    TEAM = "team"


class SuccessionKind(StrEnum):
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"


class Unit(Base):
    """A node of the org tree: its identity never changes. What it is called and where it hangs are dated versions.

    `name`, `kind`, `parent_id` and `is_open` repeat today's version, so that pages need no dates; `refresh_tree`
    keeps them, with `UnitTree`, after every change and every midnight. A unit that was merged into another hangs
    under that one.
    """

    __tablename__ = "unit"
    __table_args__ = {"sqlite_autoincrement": True}  # a number that was a unit's is never another's

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    is_open: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
    versions: Mapped[list["UnitVersion"]] = relationship(
        back_populates="unit", foreign_keys="UnitVersion.unit_id", order_by="UnitVersion.starts_on"
    )

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Unit"]:
        """The directory is open to all who are signed in; anything else only where that permission is held."""
        units = sa.select(cls)
        return units if permission is None else units.where(cls.id.in_(units_where(person, permission)))


class UnitVersion(Spanned, Base):
    __tablename__ = "unit_version"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="span"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> unit_id", name="not_own_parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    country: Mapped[str | None] = mapped_column(sa.String(2))
    location: Mapped[str | None] = mapped_column(sa.String(200))

    unit: Mapped[Unit] = relationship(back_populates="versions", foreign_keys=[unit_id])


class Succession(Base):
    """Merged, split or moved: whose history goes on in whom, from when."""

    __tablename__ = "succession"
    __table_args__ = (
        sa.UniqueConstraint("predecessor_id", "successor_id", "happened_on"),
        sa.CheckConstraint("predecessor_id <> successor_id", name="two_units"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[SuccessionKind]
    happened_on: Mapped[date]
