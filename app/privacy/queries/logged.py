"""The names of whom and what the audit log speaks, asked for once for a whole page of entries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.core.audit import ACTING_FOR, AuditEntry
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Account, Employee, Unit

MOST = 1000  # names of one kind
# Who marries is called anew; the account keeps its first name, for whoever does not work here.
_NAME_AT_WORK = sa.select(Employee.name).where(Employee.id == Account.employee_id).scalar_subquery()
_UNIT = Unit.name + " (" + Unit.code + ")"
# By what a row is found, and what it is called.
NAMED: Mapping[str, tuple[Any, Any]] = {
    "account": (Account.id, sa.func.coalesce(_NAME_AT_WORK, Account.name)),
    "employee": (Employee.id, Employee.name),
    "unit": (Unit.id, _UNIT),
    "code of a unit": (sa.func.lower(Unit.code), _UNIT),
    "data_import": (DataImport.id, DataImport.file_name),
}
# Fields of the log whose values stand for a row.
POINTS_TO = {
    "unit_id": "unit",
    "parent_id": "unit",
    "unit": "code of a unit",
    "parent": "code of a unit",
    "line_manager_id": "employee",
    "manager_id": "employee",
    ACTING_FOR: "account",
    "absent_id": "account",
    "deputy_id": "account",
}
Names = Mapping[tuple[str, int | str], str]


def pointed_at(field: str, text: str | None) -> tuple[str, int | str] | None:
    """Which row a value stands for, where it stands for one."""
    kind = POINTS_TO.get(field)
    if kind is None or not text:
        return None
    if kind == "code of a unit":
        return kind, text.lower()
    return (kind, int(text)) if text.isdecimal() else None


def names_in(found: Sequence[AuditEntry]) -> Names:
    wanted: dict[str, set[Any]] = {kind: set() for kind in NAMED}
    for entry in found:
        if entry.actor_id:
            wanted["account"].add(entry.actor_id)
        if entry.subject_kind in NAMED and entry.subject_id:
            wanted[entry.subject_kind].add(entry.subject_id)
        for value in entry.values:
            for row in (pointed_at(value.field, value.before), pointed_at(value.field, value.after)):
                if row:
                    wanted[row[0]].add(row[1])
    return {(kind, key): name for kind, keys in wanted.items() if keys for key, name in _named(kind, keys)}


def _named(kind: str, keys: Iterable[Any]) -> Iterable[Any]:
    key, name = NAMED[kind]
    return db.session.execute(sa.select(key, name).where(key.in_(sorted(keys)[:MOST])))
