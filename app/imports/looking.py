"""A look into a file for the person who maps it: its sheets, where its header may stand, and examples of its cells."""

import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.core import uploads
from app.core.date_orders import DatesRead
from app.core.imports import ImportKind, Mapping
from app.imports.dates import dates_in
from app.imports.files.faults import Fault
from app.imports.files.headers import HeaderGuess, header_guesses, under_headings
from app.imports.reading import Table, UnreadableFile, open_mapped
from app.imports.scores import ScoresRead, scores_in
from app.imports.suggest import suggest_mapping

HEAD_ROWS = 200
OFFERED_HEADERS = 8
OFFERED_ABOVE, OFFERED_BELOW = 8, 5
EXAMPLES, LONGEST_EXAMPLE, LONGEST_HEADER = 3, 36, 44


@dataclass(frozen=True)
class TablePlace:
    """Where somebody says that the table stands; what is None is guessed. `group_row` 0: there are no headings."""

    sheet: str | None = None
    header_row: int | None = None
    group_row: int | None = None
    first_row: int | None = None
    sheet_title: str | None = None

    @property
    def is_said(self) -> bool:
        return self != TablePlace()


@dataclass(frozen=True)
class Look:
    sheets: tuple[str, ...]
    sheet: str | None
    guess: HeaderGuess
    header_rows: tuple[tuple[int, str], ...]  # the line, and how it begins
    above: tuple[tuple[int, str], ...]  # lines that stand above the header
    below: tuple[tuple[int, str], ...]  # the next ones
    examples: dict[str, str]
    suggestion: Mapping

    @property
    def headers(self) -> tuple[str, ...]:
        return self.guess.headers

    @property
    def header_row(self) -> int:
        return self.guess.header_row

    @property
    def titles(self) -> list[tuple[int, str]]:
        """Lines above the header that are none of it."""
        return [(line, text) for line, text in self.above if line < (self.guess.group_row or self.header_row)]

    @property
    def sheet_choices(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.sheets]

    @property
    def header_choices(self) -> list[tuple[int, str]]:
        return _choices(self.header_rows)

    @property
    def group_choices(self) -> list[tuple[int, str]]:
        return _choices(self.above)

    @property
    def first_choices(self) -> list[tuple[int, str]]:
        return _choices(self.below)


def _choices(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(line, f"{line}: {begins}") for line, begins in lines]


NOWHERE = TablePlace()


def place_in(mapping: Mapping) -> TablePlace:
    first_row = mapping.first_row or mapping.header_row + 1
    return TablePlace(mapping.sheet, mapping.header_row, mapping.group_row or 0, first_row, mapping.sheet_title)


def look_into_file(kind: ImportKind, digest: str, place: TablePlace = NOWHERE) -> Look:
    """Slow for a workbook: a child process opens it."""
    wanted = Mapping(kind.name, sheet=place.sheet or None, sheet_title=place.sheet_title)
    table = open_mapped(uploads.path_of(digest), wanted)
    head = table.head(HEAD_ROWS)
    guesses = header_guesses(head)
    if not guesses:
        raise UnreadableFile(Fault.EMPTY)
    guess = _as_said(table, _chosen(table, guesses, place.header_row), place)
    return Look(
        sheets=tuple(each.name for each in table.sheets),
        sheet=table.sheet,
        guess=guess,
        header_rows=_offered(head, guesses, guess),
        above=tuple(_begun(head, range(1, guess.header_row))[-OFFERED_ABOVE:]),
        below=tuple(_begun(head, range(guess.header_row + 1, sys.maxsize))[:OFFERED_BELOW]),
        examples=_examples(head, guess),
        suggestion=suggest_mapping(kind, table, guess, codes=kind.codes()),
    )


def dates_of_file(digest: str, mapping: Mapping) -> DatesRead:
    """Those of the columns that a mapping takes dates from. Slow for a workbook, and where nothing tells the order."""
    return dates_in(open_mapped(uploads.path_of(digest), mapping), mapping)


def scores_of_file(digest: str, mapping: Mapping) -> ScoresRead:
    return scores_in(open_mapped(uploads.path_of(digest), mapping), mapping)


def _chosen(table: Table, guesses: Sequence[HeaderGuess], header_row: int | None) -> HeaderGuess:
    for guess in guesses:
        if guess.header_row == header_row:
            return guess
    if header_row is not None and (headers := table.headers(header_row)):
        return HeaderGuess(header_row, header_row + 1, headers, 0.0)
    return guesses[0]


def _as_said(table: Table, guess: HeaderGuess, place: TablePlace) -> HeaderGuess:
    """With the line of headings and the first row of data that somebody chose, where they can be ones."""
    if place.first_row is not None and place.first_row > guess.header_row:
        guess = replace(guess, first_row=place.first_row)
    if place.group_row is None or place.group_row >= guess.header_row or place.group_row == (guess.group_row or 0):
        return guess
    return under_headings(table.head(HEAD_ROWS), guess, place.group_row or None)


def _offered(
    head: Sequence[tuple[int, list[str]]], guesses: Sequence[HeaderGuess], chosen: HeaderGuess
) -> tuple[tuple[int, str], ...]:
    """The likely lines, in the order of the file, each by how it begins."""
    lines = {guess.header_row for guess in guesses[:OFFERED_HEADERS]} | {chosen.header_row}
    return tuple(_begun(head, lines))


def _begun(head: Sequence[tuple[int, list[str]]], lines: Container[int]) -> list[tuple[int, str]]:
    """Each of these lines by how it begins."""
    return [(line, shortened(" · ".join(filter(None, cells)), 60)) for line, cells in head if line in lines]


def _examples(head: Sequence[tuple[int, list[str]]], guess: HeaderGuess) -> dict[str, str]:
    rows = [cells for line, cells in head if line >= guess.first_row]
    columns = ([row[index] for row in rows if index < len(row)] for index in range(len(guess.headers)))
    return dict(zip(guess.headers, map(_example, columns), strict=True))


def _example(cells: Sequence[str]) -> str:
    """The first few texts, as many as fit on a line."""
    distinct = dict.fromkeys(cell for cell in cells if cell)
    return shortened(", ".join(islice(distinct, EXAMPLES)), LONGEST_EXAMPLE)


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,')}…"
