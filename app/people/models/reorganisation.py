"""Acts on the org chart, past, present and planned: who decided what, why, and how it is taken back before its day."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.scope import units_where
from app.people.models.unit import Unit

if TYPE_CHECKING:
    from app.people.models.account import Account

LONGEST_REASON = 500


class ReorganisationKind(StrEnum):
    OPENING = "opening"
    ALTERATION = "alteration"
    MOVE = "move"
    MERGER = "merger"
    SPLIT = "split"
    CLOSURE = "closure"
    CORRECTION = "correction"


class Reorganisation(Base):
    """One act. `unit_id` is the unit on whose page it was decided; all that it touches stand in `reorganised_unit`."""

    __tablename__ = "reorganisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReorganisationKind]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    happens_on: Mapped[date]  # of a correction: the first day of what was mended
    reason: Mapped[str] = mapped_column(sa.String(LONGEST_REASON), default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    undo: Mapped[dict[str, Any]]  # ids, days and names of units: what stood there before, and what it made of it

    unit: Mapped[Unit] = relationship()
    decided_by: Mapped["Account | None"] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["Reorganisation"]:
        """The directory, its history and its plans are open to all who are signed in."""
        acts = sa.select(cls)
        return acts if permission is None else acts.where(cls.unit_id.in_(units_where(person, permission)))


class ReorganisedUnit(Base):
    __tablename__ = "reorganised_unit"

    reorganisation_id: Mapped[int] = mapped_column(sa.ForeignKey("reorganisation.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True, index=True)
