"""How files call a unit besides its code: decided once by somebody, and read so from then on."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.kinds import kinds_for
from app.core.permissions import Permission
from app.extensions import Base
from app.people.models.scope import units_where
from app.people.models.unit import Unit

if TYPE_CHECKING:
    from app.people.models.account import Account


class UnitAlias(Base):
    """In files of this kind these words mean this unit, on these days; no unit: the rows are not ours.

    Rows are never deleted: who decided what, and who ended it, is their history.
    """

    __tablename__ = "unit_alias"
    __table_args__ = (
        sa.Index("ix_unit_alias_kind_key", "kind", "key"),
        sa.CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on", name="span"),
        {"info": {"backup": True}},  # its key is a digest of what stands beside it, and opens nothing
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    key: Mapped[str] = mapped_column(sa.String(32))  # of `UnitWords`
    code: Mapped[str] = mapped_column(sa.String(200))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    above: Mapped[str] = mapped_column(sa.String(200), default="")
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    unit: Mapped[Unit | None] = relationship()
    decided_by: Mapped["Account | None"] = relationship(foreign_keys=[decided_by_id])

    @property
    def told(self) -> str:
        return " · ".join(filter(None, (self.code, self.name, self.above)))

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["UnitAlias"]:
        """Those of kinds that one brings; to end one, it must be of a unit for which one brings that kind."""
        kinds = kinds_for(person)
        if permission is None:
            return sa.select(cls).where(cls.kind.in_([kind.name for kind in kinds]))
        mine = []
        for kind in kinds:
            units = (
                sa.true()
                if person.holds_on_company(kind.permission)
                else cls.unit_id.in_(units_where(person, kind.permission))
            )
            mine.append(sa.and_(cls.kind == kind.name, units))
        return sa.select(cls).where(sa.or_(sa.false(), *mine))
