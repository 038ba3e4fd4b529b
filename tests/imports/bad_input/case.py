"""What a row of the table of bad input is: a file, what comes in of it, and what is said of the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.core.imports import DateOrder, Scale

Sentence = tuple[str, str, str]  # in English, Polish and Russian
Says = tuple[int, str, str, Sentence]  # line, column, value, reason
Writes = Callable[[Path], object]
LANGUAGES = ("en", "pl", "ru")


@dataclass(frozen=True)
class Case:
    """`file` is said of a file that cannot be taken at all; `rows` of its refused rows, in their order."""

    name: str
    kind: str
    writes: Writes
    new: int = 0
    same: int = 0
    rows: tuple[Says, ...] = ()
    remarks: tuple[tuple[int, Sentence], ...] = ()  # said of rows that come in
    beside: tuple[Sentence, ...] = ()  # said of lines that are no rows
    unmatched: tuple[str, ...] = ()  # units that nobody knows, whose rows wait
    file: Sentence | None = None
    waits: bool = False  # for another mapping: the file stays
    called: str = "file.csv"
    scale: Scale | None = None
    order: DateOrder | None = None

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def text(content: str, encoding: str = "utf-8", line_end: str = "\n") -> Writes:
    """A text file; lines of the table end as said, and what stands in quotation marks is written as it is here."""
    return lambda path: path.write_bytes(content.replace("\n", line_end).encode(encoding))
