"""Words by which the directory is searched: of people's names and numbers, of units' names and codes, and of jobs.

A search looks for how a word begins, so it costs the same however many people there are. What is searched is written
down where names are: `actions/words.py`.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.alphabet import LONGEST_WORD
from app.extensions import Base

# By the numbers of letters, whatever order a database was given: only so do words that begin alike stand together.
WORD = sa.String(LONGEST_WORD).with_variant(sa.String(LONGEST_WORD, collation="C"), "postgresql")
SORTED = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


class EmployeeWord(Base):
    __tablename__ = "employee_word"
    __table_args__ = (sa.Index("ix_employee_word_word", "word", "employee_id"), {"sqlite_with_rowid": False})

    employee_id: Mapped[int] = mapped_column(sa.ForeignKey("employee.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)


class UnitWord(Base):
    __tablename__ = "unit_word"
    __table_args__ = (sa.Index("ix_unit_word_word", "word", "unit_id"), {"sqlite_with_rowid": False})

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)


class JobWord(Base):
    """Of every job that anybody ever had: which of them somebody has today is asked of the assignments."""

    __tablename__ = "job_word"
    __table_args__ = {"sqlite_with_rowid": False}

    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    job: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
