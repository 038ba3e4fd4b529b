"""The rows of a table as HTML. A page of fifty people has two hundred cells, and a template takes thrice as long."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

Column = tuple[str, str]  # its label, and "text" or "number"


def table_rows(rows: Iterable[Sequence[Any]], columns: Sequence[Column]) -> Markup:
    """The first cell names its row; on a phone, where rows become lists, the label stands before each of the others."""
    heads = [
        Markup('<td data-label="{}"{}>').format(label, _NUMBER if kind == "number" else "") for label, kind in columns
    ]
    return Markup("\n").join(_row(row, heads[1:]) for row in rows)


_NUMBER = Markup(' class="cell-number"')


def _row(row: Sequence[Any], heads: Sequence[Markup]) -> Markup:
    others = "".join([f"{head}{_cell(cell)}</td>" for head, cell in zip(heads, row[1:], strict=False)])
    return Markup(f'<tr><th scope="row">{_cell(row[0])}</th>{others}</tr>')  # noqa: S704 - each cell is escaped


def _cell(cell: Any) -> str:
    """A text, a number, nothing, or a text with the address it leads to."""
    if cell is None:
        return ""
    if isinstance(cell, tuple | list):
        text, url = cell
        return f'<a href="{escape(url)}">{escape(text)}</a>'
    return escape(cell)
