"""What an import kept of a person, as they stood before and after it, in lines to read."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.core import column_words, formats
from app.core.texts import _
from app.people.actions.import_writes import PERSON, WORK
from app.privacy.wording.logged import field_words

MEANT = {"account_id": "account", "unit_id": "unit", "line_manager_id": "employee"}  # the table of the row
DAYS = {"starts_on", "ends_on"}

Fact = tuple[str, Any]  # a column, and what stands in it


def lines(kept: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> list[str]:
    """`kept`: how the person stood, or what was made along with them."""
    said = [" · ".join(_said(*fact, names) for fact in facts) for facts in _facts(kept)]
    if grants := kept.get("grants"):
        known = [names[row] for row in _roles(grants) if row in names]
        # Of roles that are no longer there, since an import was undone, it is only known how many they were.
        said.append(f"{_('Roles')}: {', '.join(known) if len(known) == len(grants) else formats.number(len(grants))}")
    return said


def named_in(kept: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Tables and rows whose names the lines want."""
    yield from ((MEANT[name], cell) for facts in _facts(kept) for name, cell in facts if name in MEANT)
    yield from _roles(kept.get("grants") or ())


def _roles(grants: Iterable[int]) -> list[tuple[str, int]]:
    return [("role_grant", grant_id) for grant_id in grants]


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
    if name in MEANT:
        return f"{label}: {names.get((MEANT[name], cell), cell)}"
    return f"{label}: {field_words(name, str(cell))}"
