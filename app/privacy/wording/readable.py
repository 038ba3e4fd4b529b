"""The record of a person in plain words: names instead of ids, days as the language writes them."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core import column_words, formats
from app.core.personal import PEOPLE, owners_of, person_named_by
from app.core.texts import _
from app.extensions import db
from app.people.wording.names import ROLES
from app.privacy.queries.record import HIDDEN, Record, Section
from app.privacy.wording import imported
from app.privacy.wording.logged import Logged, field_words, logged
from app.privacy.wording.names import DID, LABELS, TABLES

NAMED = ("account", "employee", "unit")  # rows that have a name to be called by


@dataclass(frozen=True)
class Listed:
    """More than one thing under one name."""

    lines: Sequence[str]

    def __str__(self) -> str:
        return "\n".join(self.lines)


Facts = list[tuple[str, str | Listed]]
NOTHING = Listed([])


@dataclass(frozen=True)
class Group:
    title: str
    rows: Sequence[Facts]


def groups(record: Record) -> list[Group]:
    names = _names(record.sections)
    return [
        Group(_title(section.table), [_facts(section, row, names) for row in section.rows])
        for section in record.sections
    ]


def did(record: Record) -> Facts:
    return [(str(DID.get(key, f"{key[0]}: {key[1]}")), formats.number(count)) for key, count in record.did.items()]


def log(record: Record) -> dict[str, list[Logged]]:
    parts = {"about": record.about, "by": record.by, "in_place": record.in_place, "exports": record.exports}
    return {part: list(logged(entries)) for part, entries in parts.items()}


def _title(table: str) -> str:
    return str(TABLES.get(table, table.replace("_", " ")))


def _facts(section: Section, row: dict[str, Any], names: dict[tuple[str, int], str]) -> Facts:
    """Without what is empty, the number of the row, which only programs need, and whose row it is: all are mine."""
    owners = [column.name for column in owners_of(db.metadata.tables[section.table])]
    told = {"id", *(owners if len(owners) == 1 else ())}
    shown = [(name, cell) for name, cell in row.items() if cell not in (None, "") and name not in told]
    said = [(_label(section.table, name), _said(section.table, name, cell, names)) for name, cell in shown]
    return [(label, words) for label, words in said if words != NOTHING]


def _label(table: str, name: str) -> str:
    if name == "name" and table in PEOPLE:
        return _("Full name")
    return str(LABELS.get((table, name), column_words.label(name)))


def _said(table: str, name: str, cell: Any, names: dict[tuple[str, int], str]) -> str | Listed:
    if cell is HIDDEN:
        return _("held in a form that nobody can read back, so it is not shown")
    if isinstance(cell, dict):
        return Listed(imported.lines(cell, names))
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, datetime):
        return str(formats.moment(cell))
    if isinstance(cell, date):
        return str(formats.day(cell))
    if isinstance(cell, enum.Enum):
        return field_words(name, str(cell.value))
    target = _target(table, name)
    return names.get((target, cell), str(cell)) if target else field_words(name, str(cell))


def _target(table: str, name: str) -> str | None:
    column = db.metadata.tables[table].columns[name]
    return person_named_by(column) or next((key.column.table.name for key in column.foreign_keys), None)


def _names(sections: Sequence[Section]) -> dict[tuple[str, int], str]:
    """Of all people and units that the rows name, by table and id."""
    wanted: dict[str, set[int]] = {table: set() for table in NAMED}
    for section in sections:
        for row in section.rows:
            for target, row_id in _named_in(section.table, row):
                if target in wanted:
                    wanted[target].add(row_id)
    names = {(table, row_id): name for table, ids in wanted.items() if ids for row_id, name in _named(table, ids)}
    return names | {("role_grant", row_id): name for row_id, name in _own_roles(sections, names)}


def _own_roles(sections: Iterable[Section], names: dict[tuple[str, int], str]) -> Iterator[tuple[int, str]]:
    """From the record itself: a number that an import has kept may be that of somebody else's role by now."""
    for section in sections:
        if section.table == "role_grant":
            for row in section.rows:
                yield row["id"], f"{ROLES[row['role']]} ({names.get(('unit', row['unit_id']), row['unit_id'])})"


def _named_in(table: str, row: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for name, cell in row.items():
        if isinstance(cell, dict):
            yield from imported.named_in(cell)
        elif isinstance(cell, int) and (target := _target(table, name)):
            yield target, cell


def _named(table: str, ids: set[int]) -> Iterable[Any]:
    columns = db.metadata.tables[table].c
    return db.session.execute(sa.select(columns.id, columns.name).where(columns.id.in_(ids)))
