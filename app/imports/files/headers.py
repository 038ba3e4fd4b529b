"""Where the header stands: below titles and banners, sometimes two rows deep. Guessed here, confirmed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.blanks import fold_spaces, is_missing
from app.imports.files.groups import group_headings, is_group_row, joined_names
from app.imports.files.typed import is_header_text, is_typed, is_typed_column

Line = tuple[int, list[str]]

SEARCHED_ROWS = 25
GOOD_ENOUGH = 0.7
ABOVE_A_HEADER = 0.5


@dataclass(frozen=True)
class HeaderGuess:
    """A row that may be the header. Lines are those of the file; `headers` has one distinct name for each column.

    `group_row` is the line of headings above it, if there is one, and `groups` the heading over each column.
    """

    header_row: int
    first_row: int
    headers: tuple[str, ...]
    fitness: float
    group_row: int | None = None
    groups: tuple[str, ...] = ()


def header_guesses(rows: Sequence[Line]) -> list[HeaderGuess]:
    """Possible headers among the first rows of a file, the most likely first.

    A header is as wide as the table, in words, and no word stands twice. Rows of a table of words look the same, so the
    first of the good ones goes before better ones below it.
    """
    searched = rows[:SEARCHED_ROWS]
    widest = max((_filled(cells) for _, cells in rows), default=0)
    fitness = [_fitness(cells, widest) for _, cells in searched]
    for i in range(1, len(searched)):
        if (grouped := _grouped(rows, i)) is not None:
            fitness[i] = _fitness(joined_names(grouped, searched[i][1]), widest)
            fitness[i - 1] *= ABOVE_A_HEADER
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


def header_under(rows: Sequence[Line], header_row: int, group_row: int | None) -> tuple[str, ...]:
    """The names of all columns, as wide as the widest row below; empty where that line holds nothing."""
    lines = dict(rows)
    if header_row not in lines or (group_row is not None and group_row not in lines):
        return ()
    cells = lines[header_row]
    if group_row is not None:
        cells = joined_names(group_headings(lines[group_row], cells), cells)
    return header_names(_widened(cells, rows, header_row))


def under_headings(rows: Sequence[Line], guess: HeaderGuess, group_row: int | None) -> HeaderGuess:
    """The same header with another line of headings above it, or with none."""
    lines = dict(rows)
    headers = header_under(rows, guess.header_row, group_row)
    if not headers:
        return guess
    groups = group_headings(lines[group_row], lines[guess.header_row]) if group_row else ()
    return replace(guess, headers=headers, group_row=group_row, groups=groups)


def _widened(cells: Sequence[str], rows: Sequence[Line], line: int) -> list[str]:
    width = max(len(row) for below, row in rows if below >= line)
    return [*cells, *[""] * (width - len(cells))]


def _guess(rows: Sequence[Line], index: int, fitness: float) -> HeaderGuess:
    line, _ = rows[index]
    below = rows[index + 1 :]
    last_header = below[0][0] if below and _is_second_header(below[0][1], [row for _, row in below[1:]]) else line
    groups = _grouped(rows, index) or ()
    group_row = rows[index - 1][0] if groups else None
    return HeaderGuess(line, last_header + 1, header_under(rows, line, group_row), fitness, group_row, groups)


def _grouped(rows: Sequence[Line], index: int) -> tuple[str, ...] | None:
    """The headings of the line right above, if they are ones."""
    if index == 0 or rows[index][0] - rows[index - 1][0] > 1:
        return None
    upper, lower = rows[index - 1][1], rows[index][1]
    below = [cells for _, cells in rows[index + 1 :]]
    return group_headings(upper, lower) if is_group_row(upper, lower, below) else None


def _fitness(cells: Sequence[str], widest: int) -> float:
    texts = [fold_spaces(cell) for cell in cells if cell]
    if not texts:
        return 0.0
    words = sum(map(is_header_text, texts)) / len(texts)
    distinct = len(set(texts)) / len(texts)
    return len(texts) / widest * words * (0.5 + 0.5 * distinct)


def _is_second_header(cells: list[str], below: list[list[str]]) -> bool:
    """A row of words (the questions, say) above columns that otherwise hold numbers or dates, in all of them."""
    typed = [index for index in range(len(cells)) if is_typed_column(index, below)]
    worded = [index for index in typed if not is_missing(cells[index]) and not is_typed(cells[index])]
    return len(worded) >= 2 and len(worded) >= 0.8 * len(typed) and not any(is_typed(cell) for cell in cells)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell) for cell in cells)
