"""Rows of the directory's tables, as plain cells: a text, or a text with the address it leads to."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.company_time import today
from app.core.formats import day, number
from app.people.models import Assignment, Employee, Unit
from app.people.models.unit import BEGINNING
from app.people.queries import Below, Holder, Matching, Version
from app.people.queries.entry import EntryCounts
from app.people.queries.listing import Listed
from app.people.wording.names import KINDS, ROLES

Cell = str | tuple[str, str] | None
Rows = list[list[Cell]]
Linked = tuple[str, str, str, str]  # title, address, a quiet line under it, a short text at the edge


def first_day(value: date) -> str:
    return _("from the beginning") if value == BEGINNING else day(value)


def last_day(value: date | None, starts_on: date) -> str:
    """What is open reaches until today, and what has not begun yet until nobody knows when."""
    if value:
        return day(value)
    return str(_("no end known") if starts_on > today() else _("today"))


def history_rows(versions: Iterable[Version], *, correcting: int | None = None) -> Rows:
    """Each entry leads to its correction for whoever may mend it."""
    return [
        [
            _entry(each, correcting),
            last_day(each.ends_on, each.starts_on),
            each.name,
            str(KINDS[each.kind]),
            each.above or "",
            each.location,
        ]
        for each in versions
    ]


def _entry(version: Version, correcting: int | None) -> Cell:
    words = first_day(version.starts_on)
    if correcting is None:
        return words
    entry = version.starts_on.isoformat()
    return words, url_for("people.show_change", unit_id=correcting, act="correction", entry=entry)


def people_rows(people: Iterable[Listed]) -> Rows:
    """Name, job, unit and manager."""
    person, unit = _before_number("people.show_employee", "employee_id"), _before_number("people.show_unit", "unit_id")
    return [
        [
            (each.name, f"{person}{each.id}"),
            each.job,
            (each.unit, f"{unit}{each.unit_id}"),
            (each.manager, f"{person}{each.manager_id}") if each.manager is not None else None,
        ]
        for each in people
    ]


def _before_number(endpoint: str, name: str) -> str:
    """The address but for the number at its end: in a long table, made once and not for each cell."""
    number: dict[str, Any] = {name: 0}
    return url_for(endpoint, **number).removesuffix("0")


def team_rows(people: Iterable[Listed]) -> Rows:
    """Of one unit: name, job and manager."""
    return [[name, job, manager] for name, job, _unit, manager in people_rows(people)]


def report_rows(people: Iterable[Listed]) -> Rows:
    """Of one manager: name, job and unit."""
    return [[name, job, unit] for name, job, unit, _manager in people_rows(people)]


def work_rows(assignments: Iterable[Assignment]) -> Rows:
    return [
        [
            first_day(each.starts_on),
            last_day(each.ends_on, each.starts_on),
            (each.unit.name, url_for("people.show_unit", unit_id=each.unit_id)),
            each.job,
            _person(each.line_manager) if each.line_manager else None,
        ]
        for each in assignments
    ]


def below_rows(units: Collection[Below]) -> list[Linked]:
    """Units below another: name, address, kind, and how many people."""
    address = _before_number("people.show_unit", "unit_id")
    kinds = {kind: str(KINDS[kind]) for kind in {each.kind for each in units}}
    return [(each.name, f"{address}{each.id}", kinds[each.kind], _people(each.people)) for each in units]


def _people(count: int) -> str:
    words: str = ngettext("%(num)d person", "%(num)d people", count)
    return words


def unit_rows(units: Iterable[Matching]) -> list[Linked]:
    """Units that were found: name, address, the one above, and the code."""
    address = _before_number("people.show_unit", "unit_id")
    return [(each.name, f"{address}{each.id}", each.above or "", each.code) for each in units]


def holder_rows(holders: Iterable[Holder]) -> Rows:
    """Who holds a role, and by which unit it reaches this one."""
    person, unit = _before_number("people.show_employee", "employee_id"), _before_number("people.show_unit", "unit_id")
    return [
        [
            (each.name, f"{person}{each.employee_id}") if each.employee_id else each.name,
            str(ROLES[each.role]),
            (each.unit, f"{unit}{each.unit_id}"),
        ]
        for each in holders
    ]


def entry_rows(counted: Iterable[tuple[Unit, EntryCounts]]) -> Rows:
    """Units below, each with how many of its people are in."""
    return [
        [
            (unit.name, url_for("people.show_entrance", unit=unit.id)),
            number(counts.people),
            number(counts.inside),
            number(counts.waiting),
            number(counts.with_address),
            number(counts.without_address),
        ]
        for unit, counts in counted
    ]


def _person(person: Employee) -> Cell:
    return _named(person.name, person.id)


def _named(name: str, employee_id: int) -> Cell:
    return name, url_for("people.show_employee", employee_id=employee_id)
