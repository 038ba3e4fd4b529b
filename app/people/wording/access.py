"""Rows of the pages that say who may see what, as plain cells."""

from collections.abc import Container, Iterable
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.company_time import day_of
from app.core.formats import day
from app.people.models import Account, Deputyship, Grant
from app.people.queries import Holding
from app.people.wording.directory import Cell, Rows
from app.people.wording.names import ROLES, may_words

# What the house itself writes down where a role ends because its holder's work here does.
CONSEQUENCES = {
    "left": _l("no longer works here"),
    "moved": _l("works in another unit"),
    "undone": _l("the import was undone"),
}


def last_day(ends_on: date | None) -> str:
    """As people say it: the last day on which it holds, not the first on which it no longer does."""
    return str(_("no end")) if ends_on is None else day(ends_on - timedelta(days=1))


def holding_rows(holdings: Iterable[Holding]) -> Rows:
    """Of a unit: who, by what, until when, and what they may do."""
    return [[_person(each.account), _by(each), last_day(each.ends_on), _may(each)] for each in holdings]


def own_rows(holdings: Iterable[Holding]) -> Rows:
    """Of a person: by what, from when until when, and what they may do there."""
    return [[_by(each), day(each.starts_on), last_day(each.ends_on), _may(each)] for each in holdings]


def _by(held: Holding) -> str:
    words: str = _("%(role)s · %(unit)s", role=ROLES[held.role], unit=held.unit.name)
    if held.absent is None:
        return words
    return str(_("%(role)s, as deputy of %(name)s", role=words, name=held.absent.display_name))


def _may(held: Holding) -> str:
    return may_words(held.role, is_company=held.unit.parent_id is None)


def history_rows(grants: Iterable[Grant], endable: Container[int], *, of_person: bool = False) -> Rows:
    """All that was ever given: role, where or to whom, first and last day, who gave it and who ended it, and why."""
    rows: Rows = []
    for each in grants:
        whom = (each.unit.name, url_for("people.show_access_to_unit", unit_id=each.unit_id))
        where = whom if of_person else _person(each.account)
        days = [day(each.starts_on), _last_day_of(each)]
        end = _("End"), url_for("people.end_grant", grant_id=each.id)
        rows.append(
            [str(ROLES[each.role]), where, *days, _given(each), _ended(each), end if each.id in endable else None]
        )
    return rows


def _last_day_of(row: Grant | Deputyship) -> str:
    return _("held on no day") if row.ends_on == row.starts_on else last_day(row.ends_on)


def _given(grant: Grant) -> str:
    return _act(day(day_of(grant.granted_at)), grant.granted_by, grant.granted_for, grant.reason)


def _ended(grant: Grant) -> str:
    if grant.ended_at is None:
        return ""
    why = str(CONSEQUENCES.get(grant.end_reason, grant.end_reason))
    return _act(day(day_of(grant.ended_at)), grant.ended_by, grant.ended_for, why)


def _act(when: str, by: Account | None, acting_for: Account | None, why: str) -> str:
    who = by.display_name if by else _("the system")
    if acting_for is not None:
        who = _("%(name)s for %(absent)s", name=who, absent=acting_for.display_name)
    said = _("%(day)s, %(name)s", day=when, name=who)
    return f"{said}: {why}" if why else said


def deputy_rows(rows: Iterable[Deputyship], today: date) -> list[tuple[list[str], str]]:
    """Each with the address that ends it, while there is something to end."""
    return [(_deputy_cells(each), _deputy_end(each, today)) for each in rows]


def _deputy_cells(row: Deputyship) -> list[str]:
    role = _("%(role)s · %(unit)s", role=ROLES[row.role], unit=row.unit.name)
    named = _act(day(day_of(row.named_at)), row.named_by, None, row.reason)
    return [row.absent.display_name, row.deputy.display_name, role, day(row.starts_on), _last_day_of(row), named]


def _deputy_end(row: Deputyship, today: date) -> str:
    is_over = row.ends_on is not None and row.ends_on <= max(today, row.starts_on)
    return "" if is_over else url_for("people.end_deputy", deputyship_id=row.id)


def _person(account: Account) -> Cell:
    if account.employee is None:
        return account.name
    return account.employee.name, url_for("people.show_employee", employee_id=account.employee_id)
