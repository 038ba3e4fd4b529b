"""Rows that are neither taken nor refused, for they name a unit which nobody knows."""

from dataclasses import dataclass
from datetime import date

from app.core.rows import Row
from app.core.unit_words import UnitWords


@dataclass(frozen=True)
class Waits:
    """All else of this row was read and is good: it waits until somebody says which unit is meant.

    `part` is what of the import it would belong to, where an import has parts that end for themselves.
    """

    row: Row
    words: UnitWords
    day: date
    part: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Somebody said that this unit is not ours."""

    row: Row


Apart = Waits | LeftOut


class RowApart(Exception):
    """This row is neither taken nor refused."""

    def __init__(self, found: Apart) -> None:
        super().__init__(f"line {found.row.line}")
        self.found = found


@dataclass(frozen=True)
class ReadAs:
    """By an earlier decision: so many rows that name a unit in these words count for this unit; '' is left out."""

    words: str
    unit: str
    rows: int
