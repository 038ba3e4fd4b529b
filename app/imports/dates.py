"""In which order a file writes its dates, read from the columns that a mapping takes dates from."""

from contextlib import closing
from dataclasses import replace
from itertools import dropwhile, islice

from app.core.blanks import fold_spaces
from app.core.date_orders import DatesRead
from app.core.imports import Mapping
from app.core.parsing import DATE
from app.imports.applying import Recipe
from app.imports.reading import Table

DATED = ("date", "valid_from", "valid_to", "starts_on", "ends_on", "period")
# Enough to meet a day above twelve in any honest file. Where nothing is decided by then, the column is read to its end.
ENOUGH_ROWS = 20_000


def dates_in(table: Table, mapping: Mapping) -> DatesRead:
    """Of all dated columns together, without the rows that the mapping leaves out: one order holds for a file."""
    read, headers = DatesRead(), table.headers(mapping.header_row, mapping.group_row)
    dated = {ours: theirs for ours in DATED if set(theirs := mapping.columns.get(ours, ())) <= set(headers) and theirs}
    if not dated or not mapping.skip.keys() <= set(headers):
        return read
    recipe = Recipe(replace(mapping, columns=dated, constants={}, values={}), headers, ())
    first = mapping.first_row or mapping.header_row + 1
    with closing(table.rows()) as rows:
        below = dropwhile(lambda row: row[0] < first, rows)
        while some := list(islice(below, ENOUGH_ROWS)):
            for _, cells in some:
                if not recipe.skips(cells):
                    _take(read, recipe.values(cells))
            if read.order is not None:
                break
    return read


def _take(read: DatesRead, values: dict[str, str]) -> None:
    for text in values.values():
        # Periods may be days, and mostly are none: only what looks like a day is asked.
        if text and DATE.fullmatch(fold_spaces(text)):
            read.take(text)
