"""Which column of a file is probably which of ours: by the words over it and by what stands in it.

A suggestion is shown with examples and confirmed by a person, so it leaves a column empty rather than guess wildly.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.imports import Column, ImportKind, Mapping
from app.core.parsing import decide_date_order, is_missing
from app.imports.evidence import evidence
from app.imports.names import HARMLESS, PATTERNS
from app.imports.reading import HeaderGuess, Table
from app.imports.words import ideas, tokens

ENOUGH = 0.55
TIE = 0.02
# So many columns that fit equally well (one for each question, say) mean that the name does not tell.
TOO_MANY_ALIKE = 3
STRANGE_IDEA, STRANGE_WORD = 0.9, 0.2
EXAMPLES = 3
SAMPLE_ROWS = 500
# Enough to meet a day above twelve in any honest file; the dry run meets the rest.
DATED_ROWS = 20_000
DATES = ("date", "valid_from", "valid_to", "starts_on", "ends_on")


@dataclass(frozen=True)
class Suggested:
    """One of our columns: the place of the file's column, or None; confidence from 0 to 1; cells to show."""

    index: int | None = None
    header: str | None = None
    confidence: float = 0.0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    columns: dict[str, Suggested]

    def mapped(self) -> dict[str, tuple[str, ...]]:
        """The suggestion as `Mapping.columns`."""
        return {ours: (each.header,) for ours, each in self.columns.items() if each.header is not None}


def suggest_mapping(kind: ImportKind, table: Table, guess: HeaderGuess, *, codes: Collection[str] = ()) -> Mapping:
    """A whole mapping to begin with. `codes` are the unit codes that the company has."""
    rows = [cells for line, cells in table.head(DATED_ROWS) if line >= guess.first_row]
    suggestion = suggest(kind.columns, guess.headers, rows, kind=kind.name, codes=codes)
    dated = [each.index for ours, each in suggestion.columns.items() if ours in DATES and each.index is not None]
    return Mapping(
        kind=kind.name,
        sheet=table.sheet,
        header_row=guess.header_row,
        first_row=guess.first_row if guess.first_row != guess.header_row + 1 else None,
        date_order=decide_date_order(cell for index in dated for cell in _cells(rows, index)),
        columns=suggestion.mapped(),
    )


def suggest(
    columns: Sequence[Column],
    headers: Sequence[str],
    sample_rows: Iterable[Sequence[str]],
    *,
    kind: str = "",
    codes: Collection[str] = (),
) -> Suggestion:
    """For each of our columns at most one of the file's, no file column twice, the best fits first."""
    rows = list(islice(sample_rows, SAMPLE_ROWS))
    known = {code.casefold() for code in codes}
    cells = [[cell for cell in _cells(rows, index) if not is_missing(cell)] for index in range(len(headers))]
    fits = {
        (column.name, index): _fit(column, header, kind) for column in columns for index, header in enumerate(headers)
    }
    if rows:
        fits = {(ours, index): evidence(ours, cells[index], fit, known) for (ours, index), fit in fits.items()}
    chosen = _assigned(fits)
    columns_of = {ours: _suggested(index, headers, cells, fits[ours, index]) for ours, index in chosen.items()}
    return Suggestion({column.name: columns_of.get(column.name, Suggested()) for column in columns})


def _fit(column: Column, header: str, kind: str) -> float:
    """How well the words of a header name one of our columns."""
    words = tokens(header)
    own = [column.name.replace("_", " "), *column.names]
    if any(tokens(name) == words for name in own):
        return 1.0
    found, strange = ideas(header)
    harmless = set(HARMLESS.get(column.name, "").split())
    best = 0.0
    for pattern, confidence in _patterns(column.name, kind).items():
        wanted = set(pattern.split())
        if wanted <= found:
            best = max(best, confidence / (1 + STRANGE_IDEA * len(found - wanted - harmless) + STRANGE_WORD * strange))
    return best


def _patterns(column: str, kind: str) -> dict[str, float]:
    if kind in PATTERNS:
        return PATTERNS[kind].get(column, {})
    merged: dict[str, float] = {}
    for columns in PATTERNS.values():
        merged |= columns.get(column, {})
    return merged


def _assigned(fits: dict[tuple[str, int], float]) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for (ours, index), fit in sorted(fits.items(), key=lambda item: (-item[1], item[0][1])):
        if fit < ENOUGH or ours in chosen or index in chosen.values():
            continue
        if not _is_one_of_many(ours, fit, fits):
            chosen[ours] = index
    return chosen


def _is_one_of_many(ours: str, fit: float, fits: dict[tuple[str, int], float]) -> bool:
    alike = Counter(abs(other - fit) < TIE for (column, _), other in fits.items() if column == ours)
    return alike[True] >= TOO_MANY_ALIKE


def _suggested(index: int, headers: Sequence[str], cells: Sequence[Sequence[str]], confidence: float) -> Suggested:
    examples = tuple(dict.fromkeys(cells[index]))[:EXAMPLES]
    return Suggested(index, headers[index], round(confidence, 2), examples)


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows if index < len(row)]
