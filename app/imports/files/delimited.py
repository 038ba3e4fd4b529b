"""CSV and its relatives, streamed: however long the file, only the row at hand is in memory."""

import csv
import re
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.imports.files.encodings import Encoding, encoding_of
from app.imports.files.faults import MAX_CELL, MAX_COLUMNS, Fault
from app.imports.files.unreadable import UnreadableFile

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
SAMPLE_ROWS = 100
# Longer than any honest row; what is longer has lost its line ends or opened a quotation for good.
MAX_ROW = 4_000_000
NAMED_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)
NOT_TEXT = re.compile("[\x01-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Dialect:
    encoding: Encoding
    delimiter: str


def dialect_of(path: Path) -> Dialect:
    encoding = encoding_of(path)
    with _open(path, encoding) as file:
        sample = file.read(SAMPLE)
        is_whole = not file.read(1)
    if not sample.strip():
        raise UnreadableFile(Fault.EMPTY)
    if len(NOT_TEXT.findall(sample)) > len(sample) / 100:
        raise UnreadableFile(Fault.NOT_A_TABLE)
    if re.match(r"\s*(<!doctype html|<html|<\?xml|<table)", sample, re.IGNORECASE):
        raise UnreadableFile(Fault.WEB_PAGE)
    return Dialect(encoding, _delimiter(sample, is_whole))


def delimited_rows(path: Path, dialect: Dialect) -> Generator[tuple[int, list[str]], None, None]:
    """Yield each row with the line on which it begins; lines are those of a text editor, so a row may span several."""
    with _open(path, dialect.encoding) as file:
        lines = _Lines(file)
        rows = csv.reader(lines, delimiter=dialect.delimiter, skipinitialspace=True)
        while True:
            lines.begin_row()
            try:
                cells = next(rows, None)
            except csv.Error as error:
                raise UnreadableFile(Fault.LONG_CELL, line=str(lines.first), limit=str(MAX_CELL)) from error
            if cells is None:
                return
            # A row is complete before the file's end is met, unless it waits for a quotation mark that never comes.
            if lines.at_end:
                raise UnreadableFile(Fault.OPEN_QUOTE, line=str(lines.first))
            if len(cells) > MAX_COLUMNS:
                raise UnreadableFile(Fault.TOO_MANY_COLUMNS, columns=str(len(cells)), limit=str(MAX_COLUMNS))
            if any(cells) and not (lines.first == 1 and NAMED_DELIMITER.fullmatch("".join(lines.text))):
                yield lines.first, cells


class _Lines:
    """The physical lines of one file, which remembers those of the row that is being read."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 0
        self._size = 0
        self.at_end = False
        self.first = 1
        self.text: list[str] = []

    def begin_row(self) -> None:
        self.first = self._number + 1
        self.text = []
        self._size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(MAX_ROW)
        if not line:
            self.at_end = True
            raise StopIteration
        self._number += 1
        self._size += len(line)
        if "\0" in line:
            raise UnreadableFile(Fault.BROKEN_TEXT, line=str(self._number))
        if self._size >= MAX_ROW:
            raise UnreadableFile(Fault.LONG_CELL, line=str(self.first), limit=str(MAX_CELL))
        self.text.append(line)
        return line


def _open(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")


def _delimiter(sample: str, is_whole: bool) -> str:
    if named := NAMED_DELIMITER.match(sample.split("\n", 1)[0]):
        return named.group(1)
    return max(DELIMITERS, key=lambda delimiter: _fitness(_widths(sample, delimiter, is_whole)))


def _widths(sample: str, delimiter: str, is_whole: bool) -> list[int]:
    rows = csv.reader(StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        widths = [len(row) for row in islice(rows, SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return []
    # The last row of a sample is cut off somewhere, unless the sample is the whole file.
    return widths if is_whole or len(widths) in (1, SAMPLE_ROWS) else widths[:-1]


def _fitness(widths: list[int]) -> tuple[float, int]:
    """How table-like the rows come out: the share of them that have the usual width, if it is more than one."""
    if not widths:
        return (0.0, 0)
    width, rows = Counter(widths).most_common(1)[0]
    return (rows / len(widths) if width > 1 else 0.0, width)
