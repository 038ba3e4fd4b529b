"""What an import kept of a person, as they stood before and after it, in lines to read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.core import column_words, formats
from app.core.texts import _
from app.people.actions.import_writes import PERSON, WORK

MEANT = {"account_id": "account", "unit_id": "unit", "line_manager_id": "employee"}  # the table of the row
DAYS = {"starts_on", "ends_on"}

Fact = tuple[str, Any]  # a column, and what stands in it


def lines(kept: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> list[str]:
    """`kept`: how the person stood, or what was made along with them."""
    said = [" · ".join(_said(*fact, names) for fact in facts) for facts in _facts(kept)]
    if kept.get("grants"):
        said.append(f"{_('Roles')}: {formats.number(len(kept['grants']))}")
    return said


def named_in(kept: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Tables and rows whose names the lines want."""
    return ((MEANT[name], cell) for facts in _facts(kept) for name, cell in facts if name in MEANT)


def _facts(kept: Mapping[str, Any]) -> Iterator[list[Fact]]:
    """Line by line: what a line says together belongs together, as job and unit do."""
    for fact in _given(PERSON, kept.get("person", ())):
        yield [fact]
    for work in kept.get("work", ()):
        yield _given(WORK, work)
    if kept.get("account"):
        yield [("account_id", kept["account"])]


def _given(columns: Iterable[str], cells: Iterable[Any]) -> list[Fact]:
    return [(name, cell) for name, cell in zip(columns, cells, strict=False) if cell is not None]


def _said(name: str, cell: Any, names: Mapping[tuple[str, int], str]) -> str:
    label = _("Full name") if name == "name" else column_words.label(name)
    if name in DAYS:
        return f"{label}: {formats.day(date.fromisoformat(cell))}"
    return f"{label}: {names.get((MEANT.get(name, ''), cell), cell)}"
