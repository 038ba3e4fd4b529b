"""From the lines of a file to rows under our own names, as they stream by."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import dropwhile
from operator import itemgetter

from app.core.bands import BANDS
from app.core.blanks import fold_spaces, is_missing
from app.core.imports import Column, Mapping, Message, Refusal
from app.core.outside import Outside, Why
from app.core.parsing import BadValue, parse_count, parse_decimal
from app.core.rows import Row
from app.core.totals import is_subtotal
from app.imports.files.ragged import Widths
from app.imports.footnotes import beginning_of, told_apart
from app.imports.reading import Table
from app.imports.sums import Counted, lines_of_totals

KEYS = ("unit_code", "code")
# A mark of a footnote is no part of a name: `†Army`, `Leeds*`.
NAMED = ("unit_code", "code", "parent_code", "name")
MARKS = "†‡§¶"
MARKS_BEHIND = MARKS + "*"
COUNTS = ("n", *BANDS, "headcount")
SERIES = ("period", "question", "metric", "touchpoint", "channel", "language")
USUAL = 0.8
MOST_COUNTED = 5_000  # rows: a table of more units than that adds nothing up


@dataclass(frozen=True)
class Skipped:
    """A row that a rule of the mapping leaves out: counted, not refused."""

    line: int


Read = Row | Skipped | Outside | Refusal
Line = tuple[int, list[str]]


class Recipe:
    """The mapping with its names resolved to positions, once for all rows."""

    def __init__(self, mapping: Mapping, headers: Sequence[str], columns: Iterable[Column]) -> None:
        place = {header: index for index, header in enumerate(headers)}
        self._empty = {column.name: "" for column in columns} | dict(mapping.constants)
        places = {ours: [place[header] for header in theirs] for ours, theirs in mapping.columns.items()}
        # Nearly every column is filled by one other; a million rows should not pay for the few that are joined.
        self._names = [ours for ours, there in places.items() if len(there) == 1]
        self._cells = _getter([places[ours][0] for ours in self._names])
        self._joined = [(ours, there) for ours, there in places.items() if len(there) > 1]
        self._skips = [(place[header], set(map(_folded, texts))) for header, texts in mapping.skip.items()]
        self._translations = {
            ours: {_folded(cell): value for cell, value in table.items()}
            for ours, table in mapping.values.items()
            if ours in places
        }
        self._named = [ours for ours in NAMED if ours in places]
        self.reach = max((index for there in places.values() for index in there), default=-1) + 1  # cells asked for
        self.key = next((ours for ours in KEYS if ours in places), None)

    def skips(self, cells: list[str]) -> bool:
        return bool(self._skips) and any(_folded(_cell(cells, index)) in texts for index, texts in self._skips)

    def values(self, cells: list[str]) -> dict[str, str]:
        if len(cells) < self.reach:  # rows of text files are as long as somebody typed them
            cells = cells + [""] * (self.reach - len(cells))
        values = self._empty.copy()
        values.update(zip(self._names, self._cells(cells), strict=True))
        for ours, places in self._joined:
            values[ours] = " ".join(filter(None, (cells[index] for index in places)))
        for ours in self._named:
            text = values[ours]
            if text[:1] in MARKS or text[-1:] in MARKS_BEHIND:
                values[ours] = text.strip(MARKS).rstrip(MARKS_BEHIND).strip()
        for ours, translations in self._translations.items():
            values[ours] = translations.get(_folded(values[ours]), values[ours])
        return values

    def total_in(self, cells: list[str], values: dict[str, str]) -> str:
        """A row that names no unit and calls itself a total, by the word with which it does; '' for others."""
        if self.key is None or not is_missing(values[self.key]):
            return ""
        return next(filter(is_subtotal, cells), "")

    def called(self, cells: list[str], values: dict[str, str]) -> str:
        """By its unit, or where it names none as its line begins."""
        return (values[self.key] if self.key else "") or beginning_of(cells)


def read_rows(mapping: Mapping, table: Table, recipe: Recipe) -> Iterator[Read]:
    totals, kept = _lines_that_add_up(mapping, table, recipe), set(map(_folded, mapping.not_totals))
    for line, cells, fault, is_note in _looked_over(mapping, table, recipe):
        if is_note:
            yield Outside(line, Why.BELOW, beginning_of(cells), mapping.rows_below)
        if is_note and not mapping.rows_below:
            continue
        if recipe.skips(cells):
            yield Skipped(line)
        elif fault is not None:
            yield Refusal(line, "", cells[-1], fault)
        else:
            values = recipe.values(cells)
            total = recipe.total_in(cells, values) or (line in totals and recipe.called(cells, values))
            if total:
                yield Outside(line, Why.TOTAL, total, _folded(total) in kept)
            if not total or _folded(total) in kept:
                yield Row(line, values)


def _looked_over(
    mapping: Mapping, table: Table, recipe: Recipe
) -> Iterator[tuple[int, list[str], Message | None, bool]]:
    """Each line from the first row on: what is wrong with it, and whether it is a note below the table."""
    first, is_text = mapping.first_row or mapping.header_row + 1, table.dialect is not None
    with closing(table.rows()) as rows:
        apart = told_apart(dropwhile(lambda row: row[0] < first, rows), cells_span_lines=is_text)
        if not is_text:  # sheets have as many cells in each row as in the others
            yield from ((line, cells, None, is_note) for (line, cells), is_note in apart)
            return
        notes: list[Line] = []
        widths = Widths(max(recipe.reach, table.width(mapping.header_row)), table.path)
        yield from ((line, cells, fault, False) for (line, cells), fault in widths.faults(_rest(apart, notes)))
        yield from ((line, cells, None, True) for line, cells in notes)


def _rest(apart: Iterable[tuple[Line, bool]], notes: list[Line]) -> Iterator[Line]:
    """The rows of the table; what stands below it is put aside."""
    for row, is_note in apart:
        if is_note:
            notes.append(row)
        else:
            yield row


def _lines_that_add_up(mapping: Mapping, table: Table, recipe: Recipe) -> set[int]:
    """Only a table of counts can add up. It is read for itself before its first row is let in."""
    counted = [ours for ours in COUNTS if ours in mapping.columns]
    if not counted or recipe.key is None:
        return set()
    rows: list[tuple[int, dict[str, str]]] = []
    for line, cells, fault, is_note in _looked_over(mapping, table, recipe):
        if not is_note and fault is None and not recipe.skips(cells):
            if len(rows) == MOST_COUNTED:
                return set()
            rows.append((line, recipe.values(cells)))
    usual = [ours for ours in counted if sum(_count(row[ours]) is not None for _, row in rows) > USUAL * len(rows)]
    return lines_of_totals(found for line, row in rows if (found := _counted(line, row, usual)) is not None)


def _counted(line: int, values: dict[str, str], columns: Sequence[str]) -> Counted | None:
    counts = [_count(values[ours]) for ours in columns]
    if not counts or None in counts:
        return None
    series = tuple(values.get(ours, "") for ours in SERIES)
    return Counted(line, series, tuple(count or 0 for count in counts), _number(values.get("mean", "")))


def _count(text: str) -> int | None:
    try:
        return parse_count(text)
    except BadValue:
        return None


def _number(text: str) -> float | None:
    try:
        return float(parse_decimal(text))
    except BadValue:
        return None


def _getter(places: Sequence[int]) -> Callable[[list[str]], Iterable[str]]:
    """Of several at once as the language itself does it; of one that would not be a row."""
    return itemgetter(*places) if len(places) > 1 else lambda cells: [cells[place] for place in places]


def _cell(cells: list[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _folded(text: str) -> str:
    return fold_spaces(text).casefold()
