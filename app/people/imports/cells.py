"""Reading the cells that units and people have in common; what cannot be read refuses the row."""

import re
from collections.abc import Callable
from datetime import date

from app.core.blanks import fold_spaces, is_missing
from app.core.imports import N_, ImportContext, Message, RowRefused
from app.core.parsing import EMPTY, absent, parse_date, read_optional_cell
from app.core.rows import Row

LONGEST_CODE, LONGEST_NAME, LONGEST_COUNTRY = 60, 200, 3
Given = Callable[[str], bool]


def given_columns(context: ImportContext) -> Given:
    """Which of our columns the file has at all: what it does not have stays as it is."""
    known = context.mapping.columns.keys() | context.mapping.constants.keys()
    return known.__contains__


def read_text(row: Row, column: str, longest: int, *, required: bool = False) -> str:
    text = fold_spaces(row.values.get(column, ""))
    if required and not text:
        raise RowRefused(column, text, EMPTY)
    if len(text) > longest:
        raise RowRefused(column, text, Message(N_("This is longer than %(most)s characters."), {"most": str(longest)}))
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise RowRefused(column, text, Message(N_("This holds characters that no name has. Type it anew.")))
    return text


def read_name(row: Row, column: str = "name") -> str:
    """`N/D` is nobody's name, even where a whole column of a file holds it."""
    text = read_text(row, column, LONGEST_NAME, required=True)
    if is_missing(text):
        raise RowRefused(column, text, absent(text))
    return text


def read_code(row: Row, column: str = "code") -> str:
    """A code may be called `NA`, but not `-` or `n/d`."""
    text = read_text(row, column, LONGEST_CODE, required=True)
    if is_missing(text) and not (text.isalpha() and text.isupper() and len(text) <= LONGEST_COUNTRY):
        raise RowRefused(column, text, absent(text))
    return text


def read_span(row: Row, context: ImportContext, first: str, last: str) -> tuple[date | None, date | None]:
    order = context.mapping.date_order
    starts_on = read_optional_cell(row, first, lambda text: parse_date(text, order))
    ends_on = read_optional_cell(row, last, lambda text: parse_date(text, order))
    if starts_on and ends_on and ends_on <= starts_on:
        raise RowRefused(last, row.values[last], Message(N_("The last day must come after the first.")))
    return starts_on, ends_on


def optional(text: str) -> str | None:
    return None if is_missing(text) else text
