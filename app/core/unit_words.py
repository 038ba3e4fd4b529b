"""Rows that name a unit which nobody knows: what the file says of it, and what became of the row."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b

from app.core.imports import Row
from app.core.parsing import fold_spaces, is_missing

COLUMNS = ("unit_code", "unit_name", "unit_above")
LONGEST = 200  # a longer text names no unit: probably the wrong column was chosen
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class UnitWords:
    """What a file says of a unit: its code, or what stands in its place, its name, and the unit above it."""

    code: str
    name: str = ""
    above: str = ""

    @cached_property
    def key(self) -> str:
        """The same for all rows that say the same, however it is cased; a digest, for a person may be named in it."""
        folded = SEPARATOR.join(text.casefold() for text in (self.code, self.name, self.above))
        return blake2b(folded.encode(), digest_size=16).hexdigest()

    @property
    def told(self) -> str:
        return " · ".join(filter(None, (self.code, self.name, self.above)))


def words_of(values: dict[str, str]) -> UnitWords:
    """A code, or a name in its place; a sign for an empty cell says nothing."""
    code, name, above = (_said(values.get(column, "")) for column in COLUMNS)
    return UnitWords(code, name, above)


def _said(text: str) -> str:
    return "" if is_missing(text) else fold_spaces(text).replace("\0", "")


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
