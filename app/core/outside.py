"""Lines of a file that are no rows of its table: titles above it, notes below it, and rows that add up the others.

They are left out and said, and whoever brings the file may say otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    ABOVE = "above"
    BELOW = "below"
    TOTAL = "total"


@dataclass(frozen=True)
class Outside:
    """`is_taken`: it looks like no row, and somebody said that it is one; then the row follows."""

    line: int
    why: Why
    text: str
    is_taken: bool = False
