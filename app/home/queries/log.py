"""The audit log: what the filters let through, and the names of whom and what it speaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core import company_time
from app.core.audit import ACTING_FOR, AuditEntry, AuditValue, in_place_of
from app.core.permissions import Permission
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Account, Employee, Unit
from app.people.queries.directory import containing

MOST_EXPORTED = 50_000
# Who marries is called anew; the account keeps its first name, for whoever does not work here.
_NAME_AT_WORK = sa.select(Employee.name).where(Employee.id == Account.employee_id).scalar_subquery()
NAMED: Mapping[str, tuple[Any, Any]] = {
    "account": (Account, sa.func.coalesce(_NAME_AT_WORK, Account.name)),
    "employee": (Employee, Employee.name),
    "unit": (Unit, Unit.name),
    "data_import": (DataImport, DataImport.file_name),
}
POINTS_TO = {
    "unit_id": "unit",
    "parent_id": "unit",
    "line_manager_id": "employee",
    "manager_id": "employee",
    ACTING_FOR: "account",
    "absent_id": "account",
    "deputy_id": "account",
}
Names = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Filters:
    """As they stand in the address."""

    q: str = ""
    who: str = ""
    act: str = ""
    about: str = ""
    number: int | None = None
    since: date | None = None
    until: date | None = None


def entries(person: Account, asked: Filters) -> sa.Select[AuditEntry]:
    """The log, newest first. It is the whole company's, so a role on a part of the tree reaches none of it."""
    is_reached = sa.literal(person.holds_on_company(Permission.AUDIT_READ))
    found = sa.select(AuditEntry).where(is_reached, *_conditions(asked)).options(selectinload(AuditEntry.values))
    return found.order_by(AuditEntry.id.desc())


def _conditions(asked: Filters) -> Iterator[sa.ColumnElement[bool]]:
    if words := asked.q.replace("\0", "")[:200]:
        texts = (AuditValue.before, AuditValue.after)
        told = sa.exists().where(
            AuditValue.entry_id == AuditEntry.id, sa.or_(*(text.icontains(words, autoescape=True) for text in texts))
        )
        codes = [column.contains(words, autoescape=True) for column in (AuditEntry.action, AuditEntry.subject_kind)]
        yield sa.or_(*codes, told)
    if asked.who:
        people = sa.select(Account.id).where(containing(asked.who, Account.name, _email()))
        in_place = in_place_of(people.with_only_columns(sa.cast(Account.id, sa.String)))
        yield sa.or_(AuditEntry.actor_id.in_(people), in_place)
    if asked.act:
        yield AuditEntry.action == asked.act
    if asked.about:
        yield AuditEntry.subject_kind == asked.about
    if asked.number is not None:
        yield AuditEntry.subject_id == asked.number
    if asked.since:
        yield AuditEntry.at >= _midnight(asked.since)
    if asked.until:
        yield AuditEntry.at < _midnight(asked.until + timedelta(days=1))


def _email() -> sa.ColumnElement[str]:
    return sa.func.coalesce(Account.email, "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), company_time.zone())


def names_in(found: Sequence[AuditEntry]) -> Names:
    wanted: dict[str, set[int]] = {kind: set() for kind in NAMED}
    for entry in found:
        if entry.actor_id:
            wanted["account"].add(entry.actor_id)
        if entry.subject_kind in NAMED and entry.subject_id:
            wanted[entry.subject_kind].add(entry.subject_id)
        for value in entry.values:
            for text in (value.before, value.after):
                if value.field in POINTS_TO and text and text.isdigit():
                    wanted[POINTS_TO[value.field]].add(int(text))
    return {(kind, row_id): name for kind, ids in wanted.items() if ids for row_id, name in _named(kind, ids)}


def _named(kind: str, ids: Iterable[int]) -> Iterable[Any]:
    model, name = NAMED[kind]
    return db.session.execute(sa.select(model.id, name).where(model.id.in_(sorted(ids)[:1000])))
