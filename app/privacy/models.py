"""Erasures: who was erased, when, by whom and why. Ids only, so that the list itself names nobody."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class Erasure(Base):
    """It outlives a restore: an older backup brings the person back, and `replay` erases them again.

    `traces` are keyed hashes of what the person was known by. They tell whether the person who has these ids after a
    restore is the same, and nothing else without the key.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        sa.CheckConstraint("account_id IS NOT NULL OR employee_id IS NOT NULL", name="somebody"),
        sa.UniqueConstraint("account_id"),
        sa.UniqueConstraint("employee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    employee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employee.id"))
    erased_at: Mapped[datetime]
    erased_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))  # None: a rule of retention
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    traces: Mapped[dict[str, Any]]  # {"account": […], "employee": […]}


class UnfinishedErasure(Base):
    """What is still to be struck and taken away: the person's words and digests of files, sealed.

    A job does it within minutes, and the row goes. No backup holds it: there the person is erased, and that is all.
    """

    __tablename__ = "unfinished_erasure"
    __table_args__ = {"info": {"backup": False}}

    erasure_id: Mapped[int] = mapped_column(sa.ForeignKey("erasure.id"), primary_key=True, autoincrement=False)
    begun_at: Mapped[datetime]
    sealed: Mapped[bytes]
