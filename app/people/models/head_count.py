"""How many people work in each unit and below it, so that a page of the whole company does not count all of them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class HeadCount(Base):
    """Of one day, the same in all rows; on another day it is of no use, and pages count for themselves.

    `actions/head_counts.py` keeps it, wherever assignments or the tree are written.
    """

    __tablename__ = "head_count"
    __table_args__ = (sa.CheckConstraint("directly >= 0 AND altogether >= 0", name="some"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    counted_on: Mapped[date]
    directly: Mapped[int]
    altogether: Mapped[int]  # with all units below
