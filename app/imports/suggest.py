"""Which column of a file is probably which of ours: by the words over it and by what stands in it.

A suggestion is shown with examples and confirmed by a person, so it leaves a column empty rather than guess wildly.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.core.blanks import is_missing
from app.core.imports import Column, ImportKind, Mapping
from app.core.periods import parse_period
from app.imports.dates import dates_in
from app.imports.evidence import evidence, told_by_cells
from app.imports.fitting import fit_of
from app.imports.joins import joined_name, named_for_code, without_rivals
from app.imports.reading import HeaderGuess, Table
from app.imports.relations import referring
from app.imports.words import ideas

ENOUGH = 0.55
RELATED = 0.6
TIE = 0.02
# So many columns that fit equally well (one for each question, say) mean that the name does not tell.
TOO_MANY_ALIKE = 3
EXAMPLES = 3
SAMPLE_ROWS = 500
READ_ROWS = 1_000


@dataclass(frozen=True)
class Suggested:
    """One of our columns: the place of the file's column, or None; confidence from 0 to 1; cells to show.

    `headers` are several where they are joined, as first and last name are.
    """

    index: int | None = None
    header: str | None = None
    confidence: float = 0.0
    examples: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    columns: dict[str, Suggested]

    def mapped(self) -> dict[str, tuple[str, ...]]:
        """The suggestion as `Mapping.columns`."""
        return {ours: each.headers for ours, each in self.columns.items() if each.headers}


def suggest_mapping(kind: ImportKind, table: Table, guess: HeaderGuess, *, codes: Collection[str] = ()) -> Mapping:
    """A whole mapping to begin with. `codes` are the unit codes that the company has."""
    rows = [cells for line, cells in table.head(READ_ROWS) if line >= guess.first_row]
    suggestion, heading = _with_one_group(kind, guess, rows, codes)
    columns = suggestion.mapped()
    mapping = Mapping(
        kind=kind.name,
        sheet=table.sheet,
        header_row=guess.header_row,
        group_row=guess.group_row,
        first_row=guess.first_row if guess.first_row != guess.header_row + 1 else None,
        columns=columns,
        constants=_said_by_heading(heading, [name for name in kind.constants if name not in columns]),
    )
    return replace(mapping, date_order=dates_in(table, mapping).order)


def _with_one_group(
    kind: ImportKind, guess: HeaderGuess, rows: Sequence[Sequence[str]], codes: Collection[str]
) -> tuple[Suggestion, str]:
    """Of columns under several headings those of one are taken, the last that tells most; with its heading."""
    best, best_heading = Suggestion({}), ""
    for heading in dict.fromkeys(guess.groups) or ("",):
        places = [place for place in range(len(guess.headers)) if _heading_of(guess, place) in ("", heading)]
        names = [_name_under(guess, place) for place in places]
        cells = [[row[place] if place < len(row) else "" for place in places] for row in rows[:SAMPLE_ROWS]]
        found = suggest(kind.columns, names, cells, kind=kind.name, codes=codes)
        if len(found.mapped()) >= len(best.mapped()):
            best, best_heading = _replaced(found, names, places, guess), heading
    return best, best_heading


def _heading_of(guess: HeaderGuess, place: int) -> str:
    """A heading over a single column is simply its name."""
    heading = guess.groups[place] if place < len(guess.groups) else ""
    return heading if heading and guess.groups.count(heading) > 1 and guess.headers[place] != heading else ""


def _name_under(guess: HeaderGuess, place: int) -> str:
    return guess.headers[place].removeprefix(_heading_of(guess, place)).strip()


def _replaced(found: Suggestion, names: Sequence[str], places: Sequence[int], guess: HeaderGuess) -> Suggestion:
    """From the places within a group to those of the file."""
    called = {name: guess.headers[place] for name, place in zip(names, places, strict=True)}
    columns = {}
    for ours, each in found.columns.items():
        index = None if each.index is None else places[each.index]
        header = None if index is None else guess.headers[index]
        columns[ours] = replace(each, index=index, header=header, headers=tuple(called[name] for name in each.headers))
    return Suggestion(columns)


def _said_by_heading(heading: str, constants: Collection[str]) -> dict[str, str]:
    """A heading says for all of its columns when it was, or what was asked."""
    if not heading:
        return {}
    ours = [name for name in ("question", "touchpoint") if name in constants]
    try:
        parse_period(heading)
        ours = ["period"] if "period" in constants else []
    except ValueError:
        pass
    return {ours[0]: heading} if ours else {}


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
        (column.name, index): fit_of(column, header, kind) for column in columns for index, header in enumerate(headers)
    }
    if rows:
        fits = {
            (ours, index): _believed(ours, headers[index], cells[index], fit, known)
            for (ours, index), fit in fits.items()
        }
    chosen = named_for_code(without_rivals(headers, _assigned(fits)))
    related = referring(chosen, cells, [column.name for column in columns])
    fits |= dict.fromkeys(related.items(), RELATED)
    chosen |= related
    columns_of = {ours: _suggested(index, headers, cells, fits[ours, index]) for ours, index in chosen.items()}
    if whole := joined_name(headers, chosen):
        columns_of["name"] = replace(columns_of["name"], headers=whole)
    return Suggestion({column.name: columns_of.get(column.name, Suggested()) for column in columns})


def _believed(ours: str, header: str, present: Sequence[str], fit: float, codes: Collection[str]) -> float:
    """What is left of a fit, or begins, when one looks at the cells."""
    said = fit or (0.0 if ideas(header)[0] else told_by_cells(ours, present))
    return evidence(ours, present, said, codes)


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
    return Suggested(index, headers[index], round(confidence, 2), examples, (headers[index],))


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows if index < len(row)]
