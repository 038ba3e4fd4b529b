"""The audit log as people read it: names instead of numbers, and words instead of codes."""

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from flask import current_app, url_for
from flask_babel import get_locale

from app.core import column_words, formats
from app.core.audit import ACTING_FOR, AuditEntry, AuditValue
from app.core.texts import _
from app.home.queries.log import POINTS_TO, Names, names_in
from app.home.wording.names import ACTS, SUBJECTS

WEEKDAYS = re.compile(r"\[[0-6](?:, [0-6])*\]")  # as the log keeps the days of a week
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 200  # letters of a value; a whole legal text would fill the page


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
            [_value(value, names) for value in entry.values if value.field != ACTING_FOR],
        )
        for entry in found
    ]


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


def _value(value: AuditValue, names: Names) -> tuple[str, str, str]:
    setting = current_app.extensions["settings"].get(value.field)
    label = str(setting.label) if setting else column_words.label(value.field)
    if value.is_erased:
        return label, _("erased"), _("erased")
    return label, _said(value.field, value.before, names), _said(value.field, value.after, names)


def _said(field: str, text: str | None, names: Names) -> str:
    if text is None:
        return "–"
    if text in ("True", "False"):
        return _("yes") if text == "True" else _("no")
    if field == "days" and WEEKDAYS.fullmatch(text):
        return ", ".join(_weekday(int(each)) for each in re.findall(r"\d", text))
    target = POINTS_TO.get(field)
    said = names.get((target, int(text)), text) if target and text.isdigit() else _plain(text)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _weekday(number: int) -> str:
    return str((get_locale() or Locale("en")).days["stand-alone"]["abbreviated"][number])


def _plain(text: str) -> str:
    """Days as the reader writes them, and texts of several languages without the marks of a program."""
    try:
        if ISO_DAY.fullmatch(text):
            return formats.day(date.fromisoformat(text))
        told = literal_eval(text) if text.startswith("{") else None
    except (ValueError, SyntaxError):
        return text
    if not isinstance(told, dict):
        return text
    return "; ".join(f"{name}: {' '.join(str(words).split())}" for name, words in told.items()) or "–"


def export_columns() -> list[str]:
    return [_("When"), _("Who"), _("What"), _("Code"), _("About"), _("Before and after")]


def export_rows(found: Sequence[AuditEntry]) -> Iterator[list[str]]:
    for start in range(0, len(found), 500):
        for line in lines(found[start : start + 500]):
            told = "; ".join(f"{what}: {before} → {after}" for what, before, after in line.values)
            yield [formats.moment(line.at), line.who, line.act, line.code, line.subject, told]
