"""Touchpoints, feedback and its rollups."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.periods import Period
from app.extensions import Base
from app.people.models import Unit

ROLLUP = "rollup"  # what the audit calls them where it says that they were mended


class Metric(StrEnum):
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"

    @property
    def scale(self) -> tuple[int, int]:
        return {Metric.NPS: (0, 10), Metric.CSAT: (1, 5), Metric.CES: (1, 7)}[self]

    @property
    def bands_from(self) -> tuple[int, int]:
        """The lowest scores of the middle band and of the high one."""
        return {Metric.NPS: (7, 9), Metric.CSAT: (3, 4), Metric.CES: (4, 5)}[self]

    def band(self, score: int) -> int:
        """0, 1 or 2: detractor, passive, promoter; and likewise of the other scales, whose middle is their middle."""
        middle, high = self.bands_from
        return (score >= middle) + (score >= high)


class Touchpoint(Base):
    __tablename__ = "touchpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(80), unique=True)  # folded: how files name it
    name: Mapped[dict[str, str]]


class Feedback(Base):
    """One customer's answer."""

    __tablename__ = "feedback"
    __table_args__ = (
        sa.CheckConstraint(
            "(metric = 'nps' AND score BETWEEN 0 AND 10) OR (metric = 'csat' AND score BETWEEN 1 AND 5) "
            "OR (metric = 'ces' AND score BETWEEN 1 AND 7)",
            name="score_on_scale",
        ),
        sa.Index("ix_feedback_unit_id_answered_on", "unit_id", "answered_on"),
        # The newest words are found from their end, however many answers there are.
        sa.Index(
            "ix_feedback_said",
            "answered_on",
            "unit_id",
            sqlite_where=sa.text("comment <> ''"),
            postgresql_where=sa.text("comment <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    answered_on: Mapped[date]
    metric: Mapped[Metric]
    score: Mapped[int] = mapped_column(sa.SmallInteger)
    touchpoint_id: Mapped[int | None] = mapped_column(sa.ForeignKey("touchpoint.id"))
    channel: Mapped[str] = mapped_column(sa.String(60), default="")
    language: Mapped[str] = mapped_column(sa.String(8), default="")
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    external_id: Mapped[str | None] = mapped_column(sa.String(120))
    # What makes a repeated import safe: the external id, or the row's own digest with its place among equal rows.
    row_key: Mapped[bytes] = mapped_column(sa.LargeBinary(16), unique=True)


class FeedbackGroup(Base):
    """A group that some other tool counted: bands, or only a mean and n (then it is shown, and nothing more)."""

    __tablename__ = "feedback_group"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "period_id", "metric", "import_id"),
        sa.CheckConstraint("n > 0", name="somebody_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"))
    metric: Mapped[Metric]
    low: Mapped[int | None]
    middle: Mapped[int | None]
    high: Mapped[int | None]
    n: Mapped[int]
    mean: Mapped[float | None]
    scale_low: Mapped[int]
    scale_high: Mapped[int]

    period: Mapped[Period] = relationship()


class FeedbackDay(Base):
    """Rollup: unit × day × metric × touchpoint × score → n. Touchpoint 0 stands for none."""

    __tablename__ = "feedback_day"
    __table_args__ = {"sqlite_with_rowid": False}  # its key is all it has: one tree, not two

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    metric: Mapped[Metric] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    score: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    n: Mapped[int]


class FeedbackQuarter(Base):
    """Rollup of the rollup: what pages read. `low`, `middle`, `high` are the bands of the metric.

    Groups of counts that fit into a quarter are in it too, under touchpoint 0. Of those the sums are not known and left
    out; they are groups of NPS, of which no mean is ever shown.
    """

    __tablename__ = "feedback_quarter"
    __table_args__ = (
        sa.Index("ix_feedback_quarter_metric_period", "metric", "period_id", "unit_id"),
        sa.Index("ix_feedback_quarter_unit_id_metric", "unit_id", "metric", "period_id"),
        {"sqlite_with_rowid": False},
    )

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"), primary_key=True)
    metric: Mapped[Metric] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    low: Mapped[int]
    middle: Mapped[int]
    high: Mapped[int]
    n: Mapped[int]
    score_sum: Mapped[int]
    square_sum: Mapped[int]

    unit: Mapped[Unit] = relationship()
    period: Mapped[Period] = relationship()
