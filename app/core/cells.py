"""The rows of a table as HTML. A page of fifty people has two hundred cells, and a template takes thrice as long."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

Column = tuple[str, str]  # its label, and "text", "number" or "words"


def table_rows(rows: Iterable[Sequence[Any]], columns: Sequence[Column]) -> Markup:
    """The first cell names its row; on a phone, where rows become lists, the label stands before each of the others."""
    heads = [
        tuple(Markup('<td data-label="{}"{}>').format(label, mark) for mark in (_MARKS if kind == "number" else _NONE))
        for label, kind in columns
    ]
    return Markup("\n").join(_row(row, heads[1:]) for row in rows)


# A number stands on one line; words in its place (hidden, no answers) may take two, or they push the others aside.
_MARKS = (Markup(' class="cell-number"'), Markup(' class="cell-number cell-said"'))
_NONE = (Markup(), Markup())


def _row(row: Sequence[Any], heads: Sequence[tuple[Markup, ...]]) -> Markup:
    others = "".join([f"{head[_is_said(cell)]}{_cell(cell)}</td>" for head, cell in zip(heads, row[1:], strict=False)])
    return Markup(f'<tr><th scope="row">{_cell(row[0])}</th>{others}</tr>')  # noqa: S704 - each cell is escaped


def _is_said(cell: Any) -> bool:
    return isinstance(cell, str) and " " in cell and not any(map(str.isdigit, cell))


def _cell(cell: Any) -> str:
    """A text, a number, nothing, or a text with the address it leads to."""
    if cell is None:
        return ""
    if isinstance(cell, tuple | list):
        text, url = cell
        return f'<a href="{escape(url)}">{escape(text)}</a>'
    return escape(cell)
