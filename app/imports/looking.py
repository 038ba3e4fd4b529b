"""A look into a file for the person who maps it: its sheets, where its header may stand, and examples of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.core import uploads
from app.core.imports import ImportKind, Mapping
from app.imports.files.faults import Fault
from app.imports.files.headers import HeaderGuess, header_guesses
from app.imports.reading import Table, UnreadableFile, open_table
from app.imports.suggest import suggest_mapping

HEAD_ROWS = 200
OFFERED_HEADERS = 8
EXAMPLES, LONGEST_EXAMPLE, LONGEST_HEADER = 3, 36, 44


@dataclass(frozen=True)
class Look:
    sheets: tuple[str, ...]
    sheet: str | None
    header_row: int
    header_rows: tuple[tuple[int, str], ...]  # the line, and how it begins
    headers: tuple[str, ...]
    examples: dict[str, str]
    suggestion: Mapping

    @property
    def sheet_choices(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.sheets]

    @property
    def header_choices(self) -> list[tuple[int, str]]:
        return [(line, f"{line}: {begins}") for line, begins in self.header_rows]


def look_into_file(kind: ImportKind, digest: str, sheet: str | None = None, header_row: int | None = None) -> Look:
    """Slow for a workbook: a child process opens it."""
    table = open_table(uploads.path_of(digest), sheet or None)
    head = table.head(HEAD_ROWS)
    guesses = header_guesses(head)
    if not guesses:
        raise UnreadableFile(Fault.EMPTY)
    guess = _chosen(table, guesses, header_row)
    return Look(
        sheets=tuple(each.name for each in table.sheets),
        sheet=table.sheet,
        header_row=guess.header_row,
        header_rows=_offered(head, guesses, guess),
        headers=guess.headers,
        examples=_examples(head, guess),
        suggestion=suggest_mapping(kind, table, guess, codes=kind.codes()),
    )


def _chosen(table: Table, guesses: Sequence[HeaderGuess], header_row: int | None) -> HeaderGuess:
    for guess in guesses:
        if guess.header_row == header_row:
            return guess
    if header_row is not None and (headers := table.headers(header_row)):
        return HeaderGuess(header_row, header_row + 1, headers, 0.0)
    return guesses[0]


def _offered(
    head: Sequence[tuple[int, list[str]]], guesses: Sequence[HeaderGuess], chosen: HeaderGuess
) -> tuple[tuple[int, str], ...]:
    """The likely lines, in the order of the file, each by how it begins."""
    lines = {guess.header_row for guess in guesses[:OFFERED_HEADERS]} | {chosen.header_row}
    return tuple((line, shortened(" · ".join(filter(None, cells)), 60)) for line, cells in head if line in lines)


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
