"""Rows of a text file that are not as wide as its header: a separator inside a text, or a file that was cut off.

What stands in such a row stands under the wrong headers, so none of it is taken.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.imports import N_, Message

TOO_WIDE = N_(
    "This row has %(cells)s cells and the header %(width)s, so the cells may stand under the wrong headers. Often a"
    " separator inside a text is the cause: put that text in quotation marks."
)
CUT_OFF = N_(
    "The file ends in the middle of this row: it has %(cells)s cells of %(width)s. The export may have been cut off:"
    " export it again, or fill in the row."
)
Line = tuple[int, list[str]]


class Widths:
    """Looks at all rows of a file in their order. Short rows are honest, but not the last of a file of full ones."""

    def __init__(self, width: int, path: Path) -> None:
        self._width = width
        self._ends_open = ends_open(path)

    def faults(self, rows: Iterable[Line]) -> Iterator[tuple[Line, Message | None]]:
        """Each row with what is wrong with it: one behind the reading, so that the last is known for what it is."""
        shortest, before = 0, None  # of the rows so far; 0: there was none
        for row in rows:
            if before is not None:
                cells = before[1]
                yield before, None if len(cells) <= self._width else self._too_wide(cells)
                shortest = min(shortest or len(cells), len(cells))
            before = row
        if before is not None:
            is_cut = self._ends_open and len(before[1]) < self._width <= shortest
            yield before, self._message(CUT_OFF, before[1]) if is_cut else self._too_wide(before[1])

    def _too_wide(self, cells: list[str]) -> Message | None:
        return self._message(TOO_WIDE, cells) if any(cells[self._width :]) else None

    def _message(self, sentence: str, cells: list[str]) -> Message:
        return Message(sentence, {"cells": str(len(cells)), "width": str(self._width)})


def ends_open(path: Path) -> bool:
    """No line end at the end, in whichever encoding."""
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        return not file.read().rstrip(b"\0").endswith((b"\n", b"\r"))
