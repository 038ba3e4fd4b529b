"""Striking a name from other people's words, and from what the log says of others, ahead of the rest of an erasure.

A name is looked for in a million comments. So that nobody waits for it, it is looked for without the write lock, and
goes in chunks that are timed, each a transaction of its own. Whoever is killed in between has erased nobody: the person
still stands here by every name, and doing it again finds what is left.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from app.core.audit import AuditValue, forget_values
from app.core.database import reading, some_of
from app.core.pace import Pace
from app.extensions import db
from app.privacy.actions.naming import naming, without
from app.privacy.actions.sweeping import texts, values_about, values_of
from app.privacy.queries.subjects import Subject

Found = TypeVar("Found")
AT_ONCE = 5_000  # texts at most: so many are in memory


class Struck(NamedTuple):
    texts: int
    values: int


def strike(subject: Subject, known: Sequence[str]) -> Generator[None, None, Struck]:
    """The name goes, the words stay. What the log says of the person goes last, by another: it remembers old names."""
    yield  # what was asked before is over, and holds nothing
    texts_struck = 0
    for column in texts():
        named = _looked(partial(_named, column, known))
        texts_struck += yield from _in_chunks(named, partial(_read, column, known), partial(_write, column, known))
    of_others = _looked(lambda: sorted({*values_about(subject, known)} - {*values_of(subject)}))
    return Struck(texts_struck, (yield from _in_chunks(of_others, _still_there, forget_values)))


def _looked(ask: Callable[[], Found]) -> Found:
    """Without the lock, by what is committed."""
    with reading():
        found = ask()
    db.session.rollback()  # ends the reading; nothing was written
    return found


def _in_chunks(
    ids: Sequence[int], read: Callable[[Sequence[int]], Found], write: Callable[[Found], int]
) -> Generator[None, None, int]:
    """What is slow is done before the lock is taken; so it is free between two chunks, too, long enough for others."""
    pace, count, done = Pace(most=AT_ONCE), 0, 0
    while done < len(ids):
        some = ids[done : done + pace.rows]
        found = _looked(partial(read, some))
        with pace.chunk():
            count += write(found)
            done += len(some)
            yield
    return count


def _named(column: sa.Column[Any], known: Sequence[str]) -> list[int]:
    return list(db.session.scalars(sa.select(column.table.c.id).where(naming(column, known))))


def _read(column: sa.Column[Any], known: Sequence[str], ids: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    """As the texts are, and without the name."""
    return {row: (text, without(text, known)) for row, text in _texts_of(column, ids)}


def _write(column: sa.Column[Any], known: Sequence[str], found: dict[int, tuple[Any, Any]]) -> int:
    """As they stand now: somebody may have written one anew since it was read."""
    left = []
    for row, text in _texts_of(column, list(found)):
        before, after = found[row]
        after = after if text == before else without(text, known)
        if after != text:
            left.append({"of_row": row, "in_its_place": after})
    if left:
        change = sa.update(column.table).where(column.table.c.id == sa.bindparam("of_row"))
        db.session.connection().execute(change.values({column.name: sa.bindparam("in_its_place")}), left)
    return len(left)


def _texts_of(column: sa.Column[Any], ids: Sequence[int]) -> Iterator[tuple[int, Any]]:
    own = column.table.c.id
    for some in some_of(ids):
        yield from db.session.execute(sa.select(own, column).where(own.in_(some)))


def _still_there(value_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for some in some_of(value_ids):
        these = AuditValue.id.in_(some)
        found += db.session.scalars(sa.select(AuditValue.id).where(these, AuditValue.salt.is_not(None)))
    return found
