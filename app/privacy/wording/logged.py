"""Values of the audit log and of columns as people say them: the name of a field tells how its values are said."""

import re
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from flask import current_app
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l

from app.core import column_words, formats
from app.core.audit import AuditEntry, AuditValue
from app.core.locales import NAMES
from app.core.periods import parse_period, period_label
from app.core.personal import PEOPLE
from app.core.texts import _
from app.imports.wording import STATUS
from app.people.models import WayInKind
from app.people.wording.access import CONSEQUENCES
from app.people.wording.calendar import country_name
from app.people.wording.chart.words import DONE
from app.people.wording.names import KINDS, LEAVE_KINDS, ROLES
from app.people.wording.unmatched import kind_label
from app.privacy.queries.logged import Names, names_in, pointed_at
from app.results.models import SetStatus, measure_label

WEEKDAYS = re.compile(r"\[[0-6](?:, [0-6])*\]")  # as the log keeps the days of a week
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*([+-]\d\d:\d\d|Z)")
LONGEST = 200  # letters of a value; a whole legal text would fill the page
AT_ONCE = 500  # entries whose names are asked for together

WAYS: dict[WayInKind, LazyString] = {
    WayInKind.INVITATION: _l("invitation"),
    WayInKind.RESET: _l("link for a new password"),
    WayInKind.SLIP: _l("printed slip"),
}
STATES: dict[Any, LazyString] = {
    **STATUS,
    SetStatus.PUBLISHED: _l("published"),
    SetStatus.WITHDRAWN: _l("withdrawn"),
}


@dataclass(frozen=True)
class Logged:
    """One entry; of each value what it is, what stood there before, and what stands there now."""

    at: datetime
    action: str
    values: Sequence[tuple[str, str, str]]


def logged(found: Sequence[AuditEntry]) -> Iterator[Logged]:
    """Without what was erased."""
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        names = names_in(some)
        for entry in some:
            values = [
                value_words(entry.subject_kind, value, names) for value in entry.values if value.before or value.after
            ]
            yield Logged(entry.at, entry.action, values)


def value_words(about: str, value: AuditValue, names: Names) -> tuple[str, str, str]:
    """`about`: the kind of what the entry is about."""
    label = _label(about, value.field)
    if value.is_erased:
        return label, _("erased"), _("erased")
    return label, _said(value.field, value.before, names), _said(value.field, value.after, names)


def _label(about: str, field: str) -> str:
    if field == "name" and about in PEOPLE:
        return _("Full name")
    setting = current_app.extensions["settings"].get(field)
    return str(setting.label) if setting else column_words.label(field)


def _said(field: str, text: str | None, names: Names) -> str:
    if not text:
        return "–"
    if text in ("True", "False"):
        return _("yes") if text == "True" else _("no")
    row = pointed_at(field, text)
    said = names.get(row, text) if row else field_words(field, text) if field in FIELDS else _plain(text)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def field_words(field: str, text: str) -> str:
    """Of a code its words; of a field that holds none, what stands there."""
    return FIELDS[field](text) if field in FIELDS else text


def _one_of(*known: Mapping[Any, LazyString]) -> Callable[[str], str]:
    words = {str(code): said for each in known for code, said in each.items()}
    return lambda code: str(words.get(code, code))


def _kind(code: str) -> str:
    said = _KINDS(code)
    return kind_label(code) if said == code else said


def _count(text: str) -> str:
    return formats.number(int(text)) if text.isdecimal() else text


def _period(code: str) -> str:
    try:
        kind, starts_on, _ends_on = parse_period(code)
    except ValueError:
        return code
    return period_label(kind, starts_on)


def _weekdays(text: str) -> str:
    return ", ".join(map(_weekday, re.findall(r"\d", text))) if WEEKDAYS.fullmatch(text) else text


def _weekday(number: str) -> str:
    return str((get_locale() or Locale("en")).days["stand-alone"]["abbreviated"][int(number)])


_KINDS = _one_of(KINDS, DONE, LEAVE_KINDS, WAYS)
# What is not named here is said as it stands, days and moments as the reader writes them.
FIELDS: Mapping[str, Callable[[str], str]] = {
    "by": _one_of(WAYS),
    "country": country_name,
    "days": _weekdays,
    "end_reason": _one_of(CONSEQUENCES),
    "kind": _kind,
    "language": _one_of(NAMES),
    "measure": measure_label,
    "period": _period,
    "reason": _one_of(CONSEQUENCES),
    "role": _one_of(ROLES),
    "status": _one_of(STATES),
    **dict.fromkeys(("calls", "counts", "left", "refused", "rows", "said_yes_to", "sessions", "undone"), _count),
}


def _plain(text: str) -> str:
    """Days as the reader writes them, and texts of several languages without the marks of a program."""
    try:
        if ISO_DAY.fullmatch(text):
            return formats.day(date.fromisoformat(text))
        if ISO_MOMENT.fullmatch(text):
            return formats.moment(datetime.fromisoformat(text))
        told = literal_eval(text) if text.startswith("{") else None
    except (ValueError, SyntaxError):
        return text
    if not isinstance(told, dict):
        return text
    return "; ".join(f"{name}: {' '.join(str(words).split())}" for name, words in told.items()) or "–"
