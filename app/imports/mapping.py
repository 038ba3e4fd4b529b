"""A mapping at work: is it right for this file, and which rows come out of it.

mapping = read_mapping(text)
complaints = check_mapping(mapping, kind, table.headers(mapping.header_row, mapping.group_row))
for row in apply_mapping(mapping, table, kind.columns): …            # Row, Skipped, Outside or Refusal, streamed
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from hashlib import sha256

from app.core.imports import N_, Column, ImportKind, Mapping, Message, ScaleRule
from app.imports.applying import Read, Recipe, Skipped, read_rows
from app.imports.footnotes import beginning_of
from app.imports.mapping_file import BadMapping, mapping_of, read_mapping, write_mapping
from app.imports.reading import Table

__all__ = [
    "BadMapping",
    "Skipped",
    "apply_mapping",
    "check_mapping",
    "digest_of",
    "mapping_of",
    "read_mapping",
    "titles_above",
    "write_mapping",
]

# Comparing long texts pairwise would take seconds; a header that long is a question, and nobody mistypes those.
LONG_HEADER = 100
NO_FIGURES = Message(
    N_(
        "No column with figures is chosen. Name the one with scores, or those with promoters, passives and detractors,"
        " or the one with means."
    )
)


def digest_of(headers: Sequence[str]) -> str:
    """The same for two files with the same columns, in whatever order."""
    return sha256("\0".join(sorted(headers)).encode()).hexdigest()


def check_mapping(mapping: Mapping, kind: ImportKind, headers: Sequence[str]) -> list[Message]:
    """Everything that is wrong with this mapping for this file; nothing when it can be applied."""
    return [
        *_complaints_about_kind(mapping, kind),
        *_complaints_about_headers(mapping, headers),
        *_complaints_about_rules(mapping),
    ]


def apply_mapping(mapping: Mapping, table: Table, columns: Iterable[Column]) -> Iterator[Read]:
    """Stream the rows below the header. Every column of the kind has a text in every row, '' where there is none.

    Rows that are wider than their header, or break off, are refused here: no loader can tell what they say. Lines that
    look like no rows are told, and followed by their row only where the mapping says that they are ones.
    """
    headers = table.headers(mapping.header_row, mapping.group_row)
    if complaints := list(_complaints_about_headers(mapping, headers)):
        raise BadMapping(*complaints)
    yield from read_rows(mapping, table, Recipe(mapping, headers, columns))


def titles_above(table: Table, mapping: Mapping) -> list[tuple[int, str]]:
    """Lines above the header, as they begin."""
    top = mapping.group_row or mapping.header_row
    return [(line, beginning_of(cells)) for line, cells in table.head(top) if line < top] if top > 1 else []


def _complaints_about_kind(mapping: Mapping, kind: ImportKind) -> Iterator[Message]:
    if mapping.kind != kind.name:
        params = {"kind": mapping.kind, "wanted": kind.name}
        yield Message(N_("This mapping is for “%(kind)s”; this import is of “%(wanted)s”."), params)
    known = [column.name for column in kind.columns]
    for ours in dict.fromkeys([*mapping.columns, *mapping.constants, *mapping.values]):
        if ours not in known:
            params = {"column": ours, "columns": ", ".join(known)}
            yield Message(N_("This import has no column “%(column)s”. It has: %(columns)s."), params)
    for ours in mapping.constants:
        if ours in known and ours not in kind.constants:
            yield Message(
                N_("“%(column)s” cannot be the same for all rows: name a column of the file."), {"column": ours}
            )
    for column in kind.columns:
        if column.required and not {column.name} & {*mapping.columns, *mapping.constants}:
            yield Message(N_("The import needs “%(column)s”: name the column that holds it."), {"column": column.name})
    if kind.figures and not mapping.columns.keys() & set(kind.figures):
        yield NO_FIGURES


def _complaints_about_headers(mapping: Mapping, headers: Sequence[str]) -> Iterator[Message]:
    if not headers:
        yield Message(
            N_("Line %(line)s of the file is empty, so it is not the header."), {"line": str(mapping.header_row)}
        )
        return
    for header in dict.fromkeys([*(each for some in mapping.columns.values() for each in some), *mapping.skip]):
        if header in headers:
            continue
        params = {"header": header, "line": str(mapping.header_row)}
        if close := get_close_matches(
            header[:LONG_HEADER], [each for each in headers if len(each) <= LONG_HEADER], n=1
        ):
            params["close"] = close[0]
            yield Message(N_("Line %(line)s of the file has no column “%(header)s”. Is it “%(close)s”?"), params)
        else:
            yield Message(N_("Line %(line)s of the file has no column “%(header)s”."), params)


def _complaints_about_rules(mapping: Mapping) -> Iterator[Message]:
    for ours in mapping.columns.keys() & mapping.constants.keys():
        yield Message(N_("“%(column)s” is both a column of the file and one fixed value: keep one."), {"column": ours})
    for ours in mapping.values.keys() - mapping.columns.keys():
        yield Message(
            N_("Values of “%(column)s” are translated, but no column of the file fills it."), {"column": ours}
        )
    if mapping.first_row is not None and mapping.first_row <= mapping.header_row:
        yield Message(N_("The first row to read must stand below the header."))
    if mapping.group_row is not None and mapping.group_row >= mapping.header_row:
        yield Message(N_("The line of headings must stand above the header row."))
    for ours, texts in {**mapping.values, **{ours: {"": text} for ours, text in mapping.constants.items()}}.items():
        if any("\0" in text for text in texts.values()):
            yield Message(N_("“%(column)s” gets a character that no text can have."), {"column": ours})
    scale = mapping.scale
    if scale and scale.rule is ScaleRule.MEAN and (scale.low is None or scale.high is None):
        yield Message(N_("For means, give both the lowest and the highest value of the scale."))
    elif scale and scale.rule is ScaleRule.SHARES and scale.of is None and "n" not in mapping.columns:
        yield Message(N_("Shares need the number of answers that they are of: name its column."))
    elif scale and scale.low is not None and scale.high is not None and scale.low >= scale.high:
        yield Message(N_("The low end of the scale must be below the high end."))
