"""Notes below a table: sources, explanations of marks, when the export was made."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.core.blanks import fold_spaces

MOST_NOTES = 50  # held back until it is known whether the table goes on below them
LONGEST_TEXT = 120
LABELLED_WIDTH = 4
NOTE_WORDS = 4
NOTE = re.compile(
    r"[*†‡§¹²³(]|(source|notes?|legend|key|report|generated|exported|źródł|uwag|legend|objaśni|raport|wygenerowan"
    r"|источник|примечани|легенд|отч[её]т|сформирован)",
    re.IGNORECASE,
)
Line = tuple[int, list[str]]


def beginning_of(cells: Iterable[str]) -> str:
    """How a line begins, for the person who knows the file."""
    text = fold_spaces(next(filter(None, cells), ""))
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def told_apart(rows: Iterable[Line], *, cells_span_lines: bool) -> Iterator[tuple[Line, bool]]:
    """Each row, and whether it is a note below the table: alone in its line, behind a gap or in so many words.

    `cells_span_lines`: a line end within a cell begins a new line of the file, as it does in a text file.
    """
    held: list[Line] = []
    last: Line | None = None  # of the table
    for row in rows:
        if last is not None and is_lone(row[1]) and len(held) < MOST_NOTES:
            held.append(row)
            continue
        yield from ((each, False) for each in held)
        held = []
        if last is not None or not is_lone(row[1]):
            last = row
        yield row, False
    notes = _first_note(held, last, cells_span_lines=cells_span_lines)
    yield from ((each, place >= notes) for place, each in enumerate(held))


def is_lone(cells: Sequence[str]) -> bool:
    """One cell, or a word and what it stands for: `Generated on: | 2026-09-30`."""
    filled = len(cells) - cells.count("")
    if filled == 2 and len(cells) >= LABELLED_WIDTH:
        return next(filter(None, cells)).endswith(":")
    return filled == 1


def _first_note(held: Sequence[Line], last: Line | None, *, cells_span_lines: bool) -> int:
    before = last
    for place, row in enumerate(held):
        if before is not None and _is_gap(before, row, cells_span_lines=cells_span_lines):
            return place
        if all(reads_as_note(beginning_of(cells)) for _, cells in held[place:]):
            return place
        before = row
    return len(held)


def _is_gap(before: Line, row: Line, *, cells_span_lines: bool) -> bool:
    within = sum(cell.count("\n") for cell in before[1]) if cells_span_lines else 0
    return row[0] - before[0] - within > 1


def reads_as_note(text: str) -> bool:
    words = text.split()
    return NOTE.match(text) is not None or len(words) >= NOTE_WORDS or (len(words) > 1 and text.endswith("."))
