"""Draft sets: imported answers that wait to be published. No other feature reads these tables."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.periods import Period
from app.core.permissions import Permission
from app.extensions import Base
from app.imports.models import DataImport
from app.results.models import measure_label

if TYPE_CHECKING:
    from app.people.models import Account


_ONCE: dict[str, Any] = {"info": {"backup": False}, "sqlite_autoincrement": True}


class DraftSet(Base):
    """One measure in one period. A later import of the same replaces it; publishing destroys it."""

    __tablename__ = "draft_set"
    # Answers by unit that no threshold has passed yet, destroyed once they are published: no backup holds them. And its
    # number is never another's: a page that was left open publishes what it showed, or nothing.
    __table_args__ = (sa.UniqueConstraint("measure", "period_id", "import_id"), _ONCE)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(sa.String(60))
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"))
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"))
    rule: Mapped[str] = mapped_column(sa.String(40))
    scale_low: Mapped[int]
    scale_high: Mapped[int]
    is_means: Mapped[bool]
    created_at: Mapped[datetime]

    period: Mapped[Period] = relationship()
    source: Mapped[DataImport] = relationship()
    tallies: Mapped[list["DraftTally"]] = relationship(back_populates="draft", cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        return measure_label(self.measure)

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["DraftSet"]:
        """Drafts are the company's: only who may publish for the whole company reaches them."""
        wanted = permission or Permission.RESULT_PUBLISH
        return sa.select(cls).where(sa.literal(person.holds_on_company(wanted)))


class DraftTally(Base):
    """What one unit's people answered, counted: a histogram, three bands, or a mean; with no key of any person."""

    __tablename__ = "draft_tally"
    __table_args__ = (sa.UniqueConstraint("draft_id", "unit_id"), {"info": {"backup": False}})

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft_set.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    detractors: Mapped[int] = mapped_column(default=0)
    passives: Mapped[int] = mapped_column(default=0)
    promoters: Mapped[int] = mapped_column(default=0)
    n: Mapped[int]
    mean: Mapped[float | None]
    headcount: Mapped[int | None]

    draft: Mapped[DraftSet] = relationship(back_populates="tallies")
