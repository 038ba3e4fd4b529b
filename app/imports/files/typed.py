"""Cells that hold a number, a date or a time rather than words."""

import re
from collections.abc import Sequence

from app.core.blanks import is_missing

TYPED = re.compile(r"[+\-−]?[\d.][\d\s.,:/%'+-]*")
# Years and quarters head columns as often as they fill them.
YEAR = re.compile(r"(19|20)\d\d")
ENOUGH_CELLS, ENOUGH_TYPED = 3, 0.6


def is_typed(text: str) -> bool:
    return TYPED.fullmatch(text.strip()) is not None


def is_header_text(text: str) -> bool:
    return not is_typed(text) or YEAR.fullmatch(text.strip()) is not None


def is_typed_column(index: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[index] for row in rows if index < len(row) and not is_missing(row[index])]
    return len(cells) >= ENOUGH_CELLS and sum(map(is_typed, cells)) >= ENOUGH_TYPED * len(cells)
