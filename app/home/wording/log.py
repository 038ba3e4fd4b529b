"""The audit log as people read it: names instead of numbers, and words instead of codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.core import formats
from app.core.audit import ACTING_FOR, AuditEntry, AuditValue
from app.core.texts import _
from app.home.wording.names import ACTS, SUBJECTS
from app.privacy.queries.logged import Names, names_in
from app.privacy.wording.logged import value_words


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    act: str
    code: str
    subject: str
    url: str | None
    values: Sequence[tuple[str, str, str]]  # what, before, after


def lines(found: Sequence[AuditEntry]) -> list[Line]:
    names = names_in(found)
    return [
        Line(
            entry.at,
            _who(entry, names),
            str(ACTS.get(entry.action, entry.action)),
            entry.action,
            _subject(entry, names),
            _url(entry, names),
            [value_words(entry.subject_kind, value, names) for value in entry.values if _says_something(value)],
        )
        for entry in found
    ]


def _says_something(value: AuditValue) -> bool:
    """In whose place it was done stands beside who did it; and nothing that became nothing is no change."""
    return value.field != ACTING_FOR and bool(value.is_erased or value.before or value.after)


def _who(entry: AuditEntry, names: Names) -> str:
    """Of a deputy all: who did it, and in whose place."""
    if not entry.actor_id:
        return _("the system")
    who = names.get(("account", entry.actor_id), "")
    ids = [int(value.after) for value in entry.values if value.field == ACTING_FOR and value.after]
    absent = ", ".join(names.get(("account", each), "") for each in ids)
    return _("%(name)s for %(absent)s", name=who, absent=absent) if ids else who


def _subject(entry: AuditEntry, names: Names) -> str:
    kind = str(SUBJECTS.get(entry.subject_kind, entry.subject_kind.replace("_", " ")))
    if entry.subject_id is None or entry.subject_kind == "setting":  # which one stands with its values
        return kind
    return f"{kind}: {names.get((entry.subject_kind, entry.subject_id), entry.subject_id)}"


def _url(entry: AuditEntry, names: Names) -> str | None:
    """Where it still exists and has a page."""
    if (entry.subject_kind, entry.subject_id or 0) not in names:
        return None
    pages = {
        "employee": ("people.show_employee", "employee_id"),
        "unit": ("people.show_unit", "unit_id"),
        "data_import": ("imports.show_import", "import_id"),
        "account": ("privacy.show_person", "account_id"),
    }
    endpoint, name = pages[entry.subject_kind]
    row: dict[str, Any] = {name: entry.subject_id}
    return url_for(endpoint, **row)


def export_columns() -> list[str]:
    return [_("When"), _("Who"), _("What"), _("Code"), _("About"), _("Before and after")]


def export_rows(found: Sequence[AuditEntry]) -> Iterator[list[str]]:
    for start in range(0, len(found), 500):
        for line in lines(found[start : start + 500]):
            told = "; ".join(f"{what}: {before} → {after}" for what, before, after in line.values)
            yield [formats.moment(line.at), line.who, line.act, line.code, line.subject, told]
