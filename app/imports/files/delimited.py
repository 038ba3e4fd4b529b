"""CSV and its relatives, streamed: however long the file, only the row at hand is in memory."""

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice, takewhile
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
BLOCK = 256 * 1024
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
        rows = csv.reader(chain.from_iterable(lines.blocks()), delimiter=dialect.delimiter, skipinitialspace=True)
        try:
            for cells in rows:
                # A row is complete before the file's end is met, unless it waits for a quotation mark that never comes.
                if lines.at_end:
                    raise UnreadableFile(Fault.OPEN_QUOTE, line=str(lines.first))
                if len(cells) > MAX_COLUMNS:
                    raise UnreadableFile(Fault.TOO_MANY_COLUMNS, columns=str(len(cells)), limit=str(MAX_COLUMNS))
                first, lines.first = lines.first, rows.line_num + 1
                if any(cells) and not (first == 1 and NAMED_DELIMITER.fullmatch(lines.top)):
                    yield first, cells
        except csv.Error as error:
            raise UnreadableFile(Fault.LONG_CELL, line=str(lines.first), limit=str(MAX_CELL)) from error


class _Lines:
    """The physical lines of one file, many at a time. `first` is the line on which the row at hand begins."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.at_end = False
        self.first = 1
        self.top = ""

    def blocks(self) -> Iterator[list[str]]:
        number, rest = 0, ""
        for block in self._read():
            text = rest + block
            lines, rest = _divided(text)
            yield from self._looked_over(lines, number, "\0" in text)
            number += len(lines)
        if rest:
            yield from self._looked_over([rest], number, "\0" in rest)
        self.at_end = True

    def _read(self) -> Iterator[str]:
        size, begun = 0, self.first
        while block := self._file.read(BLOCK):
            yield block
            # Still the same row: what is longer than any honest one has no end in sight.
            size, begun = (size if begun == self.first else 0) + len(block), self.first
            if size > MAX_ROW + BLOCK:
                raise UnreadableFile(Fault.LONG_CELL, line=str(self.first), limit=str(MAX_CELL))

    def _looked_over(self, lines: list[str], before: int, is_broken: bool) -> Iterator[list[str]]:
        """`before`: so many lines stand above them."""
        if before == 0 and lines:
            self.top = lines[0]
        good = list(takewhile(lambda line: "\0" not in line, lines)) if is_broken else lines
        yield good
        if len(good) < len(lines):
            raise UnreadableFile(Fault.BROKEN_TEXT, line=str(before + len(good) + 1))


def _divided(text: str) -> tuple[list[str], str]:
    """Its whole lines as the csv module counts them, and what stands behind the last line end for certain."""
    lines = StringIO(text, newline="").readlines()
    return (lines, "") if text.endswith("\n") else (lines[:-1], lines[-1])


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
