"""Everything that is held about one person, put together by the marks of the columns: a new one is in it by itself."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core.audit import AuditEntry, in_place_of
from app.core.personal import mark_of, owners_of, person_named_by
from app.extensions import db
from app.privacy.queries.subjects import Subject

MOST = 10_000  # rows of a table, and entries of the log in a copy
EXPORTS = ("audit.exported", "people.exported")  # acts that took along what is held about everybody
HIDDEN = object()  # held, and not shown


@dataclass(frozen=True)
class Section:
    """The rows of one table that are this person's."""

    table: str
    columns: Sequence[str]
    rows: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Record:
    sections: Sequence[Section]
    did: dict[tuple[str, str], int]  # (table, column): how many rows name this person as who did it
    about: Sequence[AuditEntry]
    by: Sequence[AuditEntry]
    in_place: Sequence[AuditEntry]  # what deputies did in this person's place
    exports: Sequence[AuditEntry]


def record_of(subject: Subject, most: int = MOST) -> Record:
    """`most`: entries of the log, of each kind."""
    tables = db.metadata.sorted_tables
    return Record(
        [section for table in tables for section in _sections(table, subject)],
        dict(_did(tables, subject)),
        _entries(subject.in_log(), most),
        _entries(AuditEntry.actor_id == subject.account_id, most) if subject.account_id else [],
        _entries(in_place_of([subject.account_id]), most) if subject.account_id else [],
        _entries(AuditEntry.action.in_(EXPORTS), most),
    )


def _sections(table: sa.Table, subject: Subject) -> Iterator[Section]:
    ids = dict(subject.ids())
    own = [column == ids[kind] for column in owners_of(table) if (kind := person_named_by(column)) in ids]
    if not own:
        return
    columns = [column for column in table.columns if (mark := mark_of(column)) and mark.personal]
    rows = db.session.execute(sa.select(*columns).where(sa.or_(*own)).order_by(*table.primary_key).limit(MOST)).all()
    if rows:
        shown = [{column.name: _shown(column, cell) for column, cell in zip(columns, row, strict=True)} for row in rows]
        yield Section(table.name, [column.name for column in columns], shown)


def _shown(column: sa.Column[Any], cell: Any) -> Any:
    mark = mark_of(column)
    return HIDDEN if mark and mark.is_secret and cell is not None else cell


def _did(tables: Sequence[sa.Table], subject: Subject) -> Iterator[tuple[tuple[str, str], int]]:
    """Counted in one question, however many columns name who did something."""
    ids = dict(subject.ids())
    acting = [
        column
        for table in tables
        for column in table.columns
        if (mark := mark_of(column)) and mark.whose == "actor" and person_named_by(column) in ids
        if table.name != "audit_entry"  # which is shown itself
    ]
    counts = [
        sa.select(sa.func.count()).select_from(column.table).where(column == ids[str(person_named_by(column))])
        for column in acting
    ]
    found = db.session.execute(sa.select(*(count.scalar_subquery() for count in counts))).one()
    yield from (((column.table.name, column.name), count) for column, count in zip(acting, found, strict=True) if count)


def _entries(which: sa.ColumnElement[bool], most: int) -> Sequence[AuditEntry]:
    found = sa.select(AuditEntry).where(which).options(selectinload(AuditEntry.values))
    return db.session.scalars(found.order_by(AuditEntry.id.desc()).limit(most)).all()


def plain(cell: Any) -> Any:
    """As JSON can hold it."""
    if cell is HIDDEN:
        return "(held, not shown)"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, enum.Enum):
        return cell.value
    return cell.hex() if isinstance(cell, bytes) else cell


def as_json(record: Record) -> dict[str, Any]:
    held = {
        section.table: [{name: plain(cell) for name, cell in row.items()} for row in section.rows]
        for section in record.sections
    }
    did = [{"table": table, "as": column, "rows": count} for (table, column), count in record.did.items()]
    log = {"about": record.about, "by": record.by, "in_place": record.in_place, "exports_of_everybody": record.exports}
    return {"held": held, "did": did, "log": {name: [_entry(each) for each in found] for name, found in log.items()}}


def _entry(entry: AuditEntry) -> dict[str, Any]:
    values = [{"field": each.field, "before": each.before, "after": each.after} for each in entry.values]
    facts = {"id": entry.id, "at": plain(entry.at), "by_account": entry.actor_id, "act": entry.action}
    return facts | {"of": entry.subject_kind, "of_id": entry.subject_id, "values": values}
