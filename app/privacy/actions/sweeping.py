"""Where a person's name stands, and how it goes from there: by the marks of the columns, and by the words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from app.core.audit import ACTING_FOR, AuditEntry, AuditValue, personal_values
from app.core.database import rows_changed
from app.core.personal import Keep, Mark, mark_of, owners_of, person_named_by
from app.extensions import db
from app.privacy.actions.naming import is_named, naming, naming_by_all
from app.privacy.queries.subjects import Subject

NAMING = ("name", "email", "number")


def known_as(subject: Subject) -> list[str]:
    """Names, addresses and numbers of the person, today's and those that the log remembers; the longest first."""
    words = {word.strip() for word in [*_called_now(subject), *_remembered(subject)] if word and word.strip()}
    return sorted((word for word in words if not word.startswith("erased-")), key=len, reverse=True)


def _called_now(subject: Subject) -> Iterator[str | None]:
    """As it stands in the table: pages have words for somebody who has no name any more."""
    for kind, row_id in subject.ids():
        table = db.metadata.tables[kind]
        columns = [sa.type_coerce(table.c[name], sa.String) for name in NAMING if name in table.c]
        yield from db.session.execute(sa.select(*columns).where(table.c.id == row_id)).one()


def _remembered(subject: Subject) -> Iterator[str | None]:
    told = sa.select(AuditValue.before, AuditValue.after).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    for row in db.session.execute(told.where(subject.in_log(), AuditValue.field.in_(NAMING))):
        yield from row


def values_about(subject: Subject, known: Sequence[str]) -> list[int]:
    """Those of the person, and whatever names the person anywhere in the log."""
    there = AuditValue.salt.is_not(None)
    words = sa.select(AuditValue.id, AuditValue.before, AuditValue.after)
    anywhere = sa.or_(*(naming_by_all(column, known) for column in (AuditValue.before, AuditValue.after)))
    likely = db.session.execute(words.where(there, AuditValue.field != ACTING_FOR, anywhere))
    named = (row.id for row in likely if any(is_named(text, known) for text in (row.before, row.after) if text))
    return sorted({*values_of(subject), *named})


def values_of(subject: Subject) -> list[int]:
    """Values of entries about the person, but for plain facts."""
    return list(db.session.scalars(personal_values(subject.in_log())))


def texts() -> Iterator[sa.Column[Any]]:
    """Columns that hold words of people, in which somebody may be named."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            mark = mark_of(column)
            if mark is not None and mark.keep is Keep.STRUCK:
                yield column


def count_texts(known: Sequence[str]) -> int:
    """At most: what only looks like the person's number is in it."""
    return _sum_of(
        sa.select(sa.func.count()).select_from(column.table).where(naming(column, known)) for column in texts()
    )


def _sum_of(counts: Iterable[sa.Select[int]]) -> int:
    """In one question."""
    return sum(db.session.execute(sa.select(*(count.scalar_subquery() for count in counts))).one())


def _owned(subject: Subject) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool], bool]]:
    """Tables with rows of the person: which rows, and whether they go whole."""
    ids = dict(subject.ids())
    for table in reversed(db.metadata.sorted_tables):
        own = [column for column in owners_of(table) if person_named_by(column) in ids]
        if own:
            mine = sa.or_(*(column == ids[str(person_named_by(column))] for column in own))
            yield table, mine, any(_mark(column).keep is Keep.ROW for column in own)


def _mark(column: sa.Column[Any]) -> Mark:
    mark = mark_of(column)
    assert mark is not None
    return mark


def count_rows(subject: Subject) -> int:
    return _sum_of(sa.select(sa.func.count()).select_from(table).where(mine) for table, mine in _going(subject))


def _going(subject: Subject) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool]]]:
    for table, mine, goes in _owned(subject):
        if goes or any(_goes(column) for column in table.columns):
            yield table, mine


def empty_rows(subject: Subject) -> int:
    """Rows that only served the person go; of the others what is personal does."""
    count = 0
    for table, mine, goes in _owned(subject):
        emptied = {column.name: _nothing(column) for column in table.columns if _goes(column)}
        if goes:
            count += rows_changed(sa.delete(table).where(mine))
        elif emptied:
            count += rows_changed(sa.update(table).where(mine).values(emptied))
    return count


def _goes(column: sa.Column[Any]) -> bool:
    mark = mark_of(column)
    return mark is not None and mark.keep is Keep.UNTIL_ERASURE


def _nothing(column: sa.Column[Any]) -> Any:
    """What stands there afterwards: nothing where that is allowed, else the least that is."""
    becomes = _mark(column).becomes
    if becomes is not None:
        before, after = becomes.split("{id}")
        return sa.literal(before) + sa.cast(column.table.c.id, sa.String) + after
    if column.nullable:
        return None
    return {} if isinstance(column.type, sa.JSON) else b"" if isinstance(column.type, sa.LargeBinary) else ""
