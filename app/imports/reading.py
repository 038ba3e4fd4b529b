"""The door to files that people bring: told by content and not by name, streamed, refused with a sentence.

table = open_table(path)            # or open_table(path, "Sheet 2")
guess = table.header_candidates()[0]
for line, cells in table.rows(): …
"""

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.core.blanks import fold_spaces
from app.core.imports import Mapping
from app.core.uploads import TAKEN
from app.imports.files.delimited import Dialect, delimited_rows, dialect_of
from app.imports.files.faults import Fault
from app.imports.files.headers import HeaderGuess, header_guesses, header_under
from app.imports.files.sheets import SheetSummary, look_into, sheet_rows
from app.imports.files.unreadable import UnreadableFile

__all__ = ["HeaderGuess", "SheetSummary", "Table", "UnreadableFile", "header_candidates", "open_table", "sheets"]

ZIP = b"PK"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
CHUNK = 1024 * 1024
SAMPLE_ROWS = 60
DEEPEST_HEADER = 1_000  # all lines down to it are held in memory
EDGES = " \t\r\n\v\f\u00a0\u200b\u2007\u202f\ufeff"
# Exports put this quotation mark before what a spreadsheet would take for a formula; here it is taken off again.
GUARDED = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True)
class Table:
    """One table in a file. Reading it anew starts at the top; nothing is kept."""

    path: Path
    kind: str
    sheets: tuple[SheetSummary, ...] = ()
    sheet: str | None = None
    dialect: Dialect | None = None

    def rows(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield the rows that hold anything, with the line on which a person finds them, and cells without edges.

        May raise UnreadableFile at any row: a file can break off in its last line.
        """
        raw = delimited_rows(self.path, self.dialect) if self.dialect else sheet_rows(self.path, self.sheet or "")
        with closing(raw):
            for line, cells in raw:
                clean = [cell.strip(EDGES) for cell in cells]
                # A million rows come by here: whether any cell holds something, or a quotation mark, is asked at once.
                if whole := "".join(clean):
                    yield line, [unguarded(cell) for cell in clean] if "'" in whole else clean

    def head(self, count: int = SAMPLE_ROWS) -> list[tuple[int, list[str]]]:
        with closing(self.rows()) as rows:
            return list(islice(rows, count))

    def header_candidates(self) -> list[HeaderGuess]:
        """Rows that may be the header, the most likely first; there is at least one, or the file is refused."""
        guesses = header_guesses(self.head())
        if not guesses:
            raise UnreadableFile(Fault.EMPTY)
        return guesses

    def width(self, header_row: int) -> int:
        """How many cells that line has by itself, however wide the rows below it are."""
        head = self.head(max(SAMPLE_ROWS, header_row))
        return next((len(cells) for line, cells in head if line == header_row), 0)

    def headers(self, header_row: int, group_row: int | None = None) -> tuple[str, ...]:
        """The names of all columns; empty where that line holds nothing, or stands too deep to be a header."""
        if header_row > DEEPEST_HEADER:
            return ()
        return header_under(self.head(max(SAMPLE_ROWS, header_row)), header_row, group_row)


def open_table(path: Path, sheet: str | None = None) -> Table:
    """Open a file by what it holds. Of a workbook without a chosen sheet, the largest visible one is taken."""
    if not _is_workbook(path):
        return Table(path, "csv", dialect=dialect_of(path))
    book = look_into(path)
    if not book.sheets:
        raise UnreadableFile(Fault.NOT_A_TABLE)
    names = [each.name for each in book.sheets]
    if sheet is not None and sheet not in names:
        raise UnreadableFile(Fault.NO_SUCH_SHEET, sheet=sheet, sheets=", ".join(names))
    return Table(path, book.kind, book.sheets, sheet or _likely_sheet(book.sheets))


def open_mapped(path: Path, mapping: Mapping) -> Table:
    """The table that a mapping is for: on the sheet of that name, or the one with those words above its table."""
    if mapping.sheet or not mapping.sheet_title:
        return open_table(path, mapping.sheet)
    wanted = fold_spaces(mapping.sheet_title).casefold()
    found = [each.name for each in sheets(path) if wanted in fold_spaces(each.title).casefold()]
    if not found:
        raise UnreadableFile(Fault.NO_TITLED_SHEET, title=mapping.sheet_title)
    if len(found) > 1:
        raise UnreadableFile(Fault.TITLED_TWICE, title=mapping.sheet_title, sheets=", ".join(found))
    return open_table(path, found[0])


def sheets(path: Path) -> tuple[SheetSummary, ...]:
    """The sheets of a workbook; none for a text file."""
    return look_into(path).sheets if _is_workbook(path) else ()


def header_candidates(path: Path, sheet: str | None = None) -> list[HeaderGuess]:
    return open_table(path, sheet).header_candidates()


def unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def _is_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError as error:  # a restored copy is without the files of private imports
        raise UnreadableFile(Fault.TAKEN if path.name == TAKEN else Fault.GONE) from error
    if not start:
        raise UnreadableFile(Fault.EMPTY)
    if start == COMPOUND:
        # Password protection wraps a new workbook in the container of the old format.
        raise UnreadableFile(Fault.ENCRYPTED if _holds(path, ENCRYPTED_PART) else Fault.LEGACY)
    return start.startswith(ZIP) and start[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08")


def _holds(path: Path, wanted: bytes) -> bool:
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False


def _likely_sheet(sheets: Sequence[SheetSummary]) -> str:
    visible = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    return max(visible, key=lambda sheet: sheet.rows * sheet.columns).name
