"""Where the header stands: below titles and banners, sometimes two rows deep. Guessed here, confirmed by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.parsing import fold_spaces, is_missing

Line = tuple[int, list[str]]

SEARCHED_ROWS = 25
GOOD_ENOUGH = 0.7
TYPED = re.compile(r"[+\-−]?[\d.][\d\s.,:/%'+-]*")
# Years and quarters head columns as often as they fill them.
YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class HeaderGuess:
    """A row that may be the header. Lines are those of the file; `headers` has one distinct name for each column."""

    header_row: int
    first_row: int
    headers: tuple[str, ...]
    fitness: float


def header_guesses(rows: Sequence[Line]) -> list[HeaderGuess]:
    """Possible headers among the first rows of a file, the most likely first.

    A header is as wide as the table, in words, and no word stands twice. Rows of a table of words look the same, so the
    first of the good ones goes before better ones below it.
    """
    searched = rows[:SEARCHED_ROWS]
    widest = max((_filled(cells) for _, cells in rows), default=0)
    fitness = [_fitness(cells, widest) for _, cells in searched]
    enough = GOOD_ENOUGH * max(fitness, default=0.0)
    order = sorted(
        range(len(searched)), key=lambda i: (fitness[i] < enough, i if fitness[i] >= enough else -fitness[i])
    )
    return [_guess(rows, i, fitness[i]) for i in order if fitness[i] > 0]


def header_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Names to map by: the texts with blanks folded; a nameless column is `[C]`, a repeated name gets its letter."""
    names: list[str] = []
    for index, cell in enumerate(cells):
        name = fold_spaces(cell)
        if not name:
            name = f"[{column_letters(index)}]"
        elif name in names:
            name = f"{name} [{column_letters(index)}]"
        names.append(name)
    return tuple(names)


def column_letters(index: int) -> str:
    """The letters over a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _guess(rows: Sequence[Line], index: int, fitness: float) -> HeaderGuess:
    line, cells = rows[index]
    width = max(len(row) for _, row in rows[index:])
    below = rows[index + 1 :]
    last_header = below[0][0] if below and _is_second_header(below[0][1], [row for _, row in below[1:]]) else line
    return HeaderGuess(line, last_header + 1, header_names([*cells, *[""] * (width - len(cells))]), fitness)


def _fitness(cells: list[str], widest: int) -> float:
    texts = [fold_spaces(cell) for cell in cells if cell]
    if not texts:
        return 0.0
    words = sum(not is_typed(text) or bool(YEAR.fullmatch(text)) for text in texts) / len(texts)
    distinct = len(set(texts)) / len(texts)
    return len(texts) / widest * words * (0.5 + 0.5 * distinct)


def _is_second_header(cells: list[str], below: list[list[str]]) -> bool:
    """A row of words (the questions, say) above columns that otherwise hold numbers or dates, in all of them."""
    typed = [index for index in range(len(cells)) if _is_typed_column(index, below)]
    worded = [index for index in typed if not is_missing(cells[index]) and not is_typed(cells[index])]
    return len(worded) >= 2 and len(worded) >= 0.8 * len(typed) and not any(is_typed(cell) for cell in cells)


def _is_typed_column(index: int, rows: list[list[str]]) -> bool:
    cells = [row[index] for row in rows if index < len(row) and not is_missing(row[index])]
    return len(cells) >= 3 and sum(map(is_typed, cells)) >= 0.6 * len(cells)


def is_typed(text: str) -> bool:
    """Does the cell hold a number, a date or a time rather than words?"""
    return TYPED.fullmatch(text.strip()) is not None


def _filled(cells: list[str]) -> int:
    return sum(bool(cell) for cell in cells)
