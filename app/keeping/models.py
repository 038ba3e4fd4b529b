"""Rehearsals of a restore: without one a backup is a hope."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class Rehearsal(Base):
    """It speaks of this installation's own archives, so no backup holds it."""

    __tablename__ = "rehearsal"
    __table_args__ = {"info": {"backup": False}}

    id: Mapped[int] = mapped_column(primary_key=True)
    archive: Mapped[str] = mapped_column(sa.String(255))  # the name of the file
    copied_at: Mapped[datetime | None]  # when the backup was made, where it could be read at all
    began_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    row_count: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(sa.String(500))  # none: it was a good one
