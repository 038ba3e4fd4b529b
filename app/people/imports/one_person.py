"""Rows of one file that are of one person by number or address, and cannot stand side by side."""

from collections.abc import Iterator, Sequence

from app.core.blanks import fold_spaces
from app.core.imports import N_, Message, Refusal
from app.people.imports.employee_rows import EmployeeRow

TWO_NAMES = N_(
    "On line %(line)s this person has another name. If they are two people, give each a number or an address of their "
    "own; if it is one, write today's name in all rows."
)
NO_START = N_(
    "On line %(line)s the same person has a first day, and this row has none: which of the two holds today cannot be "
    "told. Write the first day in this unit and job here too, or leave this row out."
)


def unlike(rows: Sequence[EmployeeRow], keys: dict[int, str]) -> list[Refusal]:
    """One number given to two people would make one of them, who moves to where the other works."""
    named = list(_with_two_names(rows, keys))
    refused = {each.line for each in named}
    return [*named, *_without_start([row for row in rows if row.line not in refused], keys)]


def _with_two_names(rows: Sequence[EmployeeRow], keys: dict[int, str]) -> Iterator[Refusal]:
    first: dict[str, EmployeeRow] = {}
    for row in rows:
        stands = first.setdefault(keys[row.line], row)
        if _folded(stands.name) != _folded(row.name):
            yield Refusal(row.line, "name", row.name, Message(TWO_NAMES, {"line": str(stands.line)}))


def _without_start(rows: Sequence[EmployeeRow], keys: dict[int, str]) -> Iterator[Refusal]:
    dated: dict[str, EmployeeRow] = {}
    for row in rows:
        if row.starts_on is not None:
            dated.setdefault(keys[row.line], row)
    for row in rows:
        if row.starts_on is None and (beside := dated.get(keys[row.line])):
            yield Refusal(row.line, "starts_on", "", Message(NO_START, {"line": str(beside.line)}))


def _folded(name: str) -> str:
    return fold_spaces(name).casefold()
