"""Result sets and their figures, as they were published."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.periods import Period
from app.core.permissions import Permission
from app.extensions import Base
from app.people.models import Unit

if TYPE_CHECKING:
    from app.people.models import Account


# How answers became counts, as pages say it.
RULES: dict[str, LazyString] = {
    "zero-to-ten": _l("answers from 0 to 10: promoters 9 and 10, passives 7 and 8"),
    "one-to-five-top": _l("answers from 1 to 5: promoters 5, passives 4"),
    "one-to-five-reversed": _l("answers from 1 to 5, 1 being the best: promoters 1, passives 2"),
    "counts": _l("counts, as they were brought"),
    "mean": _l("means, as they were published: shown, never tested"),
}


def measure_label(measure: str) -> str:
    """How pages name it: a question keeps the words it was imported under."""
    return "eNPS" if measure == "enps" else measure.replace("-", " ").capitalize()


class SetStatus(StrEnum):
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ResultSet(Base):
    """One measure in one period, on the tree of that day, with the threshold of that day. Frozen."""

    __tablename__ = "result_set"
    __table_args__ = (
        # Also a withdrawn set bars its period: after minus before would give the difference.
        sa.UniqueConstraint("measure", "period_id"),
        sa.CheckConstraint("threshold >= 5", name="threshold_floor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(sa.String(60))  # "enps", or the code of a question
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"))
    rule: Mapped[str] = mapped_column(sa.String(40))  # how answers became counts, said on the page
    scale_low: Mapped[int]
    scale_high: Mapped[int]
    is_means: Mapped[bool]  # display only: no interval, no test, no weight
    threshold: Mapped[int]
    status: Mapped[SetStatus]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    # Which import brought it, so that its undo withdraws it. Empty for those from before this was written down.
    import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("data_import.id"), index=True)

    period: Mapped[Period] = relationship()
    figures: Mapped[list["ResultFigure"]] = relationship(back_populates="result_set")

    @property
    def label(self) -> str:
        return measure_label(self.measure)

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["ResultSet"]:
        """That a set was published is no secret; only who may publish for the whole company reaches it to act."""
        sets = sa.select(cls)
        return sets if permission is None else sets.where(sa.literal(person.holds_on_company(permission)))


class ResultFigure(Base):
    """One unit of the published tree. Without `n` it is hidden to protect people, and nothing else is stored.

    Counts are sums of clamped blocks, with bands of groups of 20 answers, else spread as widely as the score allows
    (`disclosure.sums_of_blocks`); below 20 answers they stand for (n, score rounded to 5), for nothing else of so small
    a unit is shown. Whoever has the table can still subtract: a parent less all but one of its children gives the score
    of that one, of at least the threshold, and proves nobody's answer (methods.md 5.2 and 5.4). Pages, exports
    and the API give scores of whole numbers and no bands.
    """

    __tablename__ = "result_figure"
    __table_args__ = (
        sa.UniqueConstraint("set_id", "unit_id"),
        sa.CheckConstraint("n IS NULL OR n >= 5", name="floor"),
        sa.CheckConstraint(
            "n IS NOT NULL OR (detractors IS NULL AND passives IS NULL AND promoters IS NULL AND mean IS NULL)",
            name="hidden_is_empty",
        ),
        sa.CheckConstraint("detractors IS NULL OR detractors + passives + promoters = n", name="counts_add_up"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(sa.ForeignKey("result_set.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))  # on the tree as published
    n: Mapped[int | None]
    detractors: Mapped[int | None]
    passives: Mapped[int | None]
    promoters: Mapped[int | None]
    mean: Mapped[float | None]
    headcount: Mapped[int | None]
    clamped_blocks: Mapped[int] = mapped_column(default=0)

    result_set: Mapped[ResultSet] = relationship(back_populates="figures")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def is_hidden(self) -> bool:
        return self.n is None

    @property
    def counts(self) -> tuple[int, int, int] | None:
        if self.detractors is None or self.passives is None or self.promoters is None:
            return None
        return self.detractors, self.passives, self.promoters
