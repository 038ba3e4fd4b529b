"""The one connection on which tests play, and the company that stays on it from test to test.

The cast takes longer to make than most tests take to run, and nearly every test wants it. So it is kept below a
savepoint; a test's own work lies above and is rolled back. Nothing is ever committed. Where it had to go it comes back
row by row, which takes a tenth of the time that its making took.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.extensions import Base, db
from tests.cast import Cast, make_cast


class Stage:
    """Holds no transaction but while somebody plays, or while the cast waits for the next test that wants it."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._cast: dict[str, tuple[type, int]] = {}
        self._rows: dict[sa.Table, list[dict[str, Any]]] = {}

    @contextmanager
    def bare(self) -> Iterator[None]:
        """An empty company, gone afterwards."""
        self.clear()
        with db.engine.connect() as connection, connection.begin() as all_of_it, _playing_on(connection):
            try:
                yield
            finally:
                db.session.remove()
                all_of_it.rollback()

    @contextmanager
    def with_cast(self) -> Iterator[Cast]:
        connection = self._connection or self._set()
        above = connection.begin_nested()
        with _playing_on(connection):
            try:
                yield Cast(**self._fetched())
            finally:
                db.session.remove()
                above.rollback()

    def clear(self) -> None:
        """The cast goes: before tests on an empty company, and before those that work through other connections."""
        if self._connection:
            self._connection.close()  # rolls back
            self._connection = None

    def _set(self) -> Connection:
        self._connection = connection = db.engine.connect()
        connection.begin()
        if self._rows:
            for table, rows in self._rows.items():
                connection.execute(table.insert(), rows)
            self._count_on(connection)
        else:
            before = _everything(connection)
            self._make(connection)
            made = {table: _without(rows, before[table]) for table, rows in _everything(connection).items()}
            self._rows = {table: rows for table, rows in made.items() if rows}
        return connection

    def _count_on(self, connection: Connection) -> None:
        """PostgreSQL gives numbers without looking who has them, and begins anew where a test made the tables anew."""
        if connection.dialect.name != "postgresql":
            return
        for table in self._rows:
            counted = table.primary_key.columns.get("id")
            if counted is not None and counted is table.autoincrement_column:
                sequence = sa.func.pg_get_serial_sequence(table.name, "id")
                connection.execute(sa.select(sa.func.setval(sequence, sa.func.max(counted))))

    def _make(self, connection: Connection) -> None:
        with _playing_on(connection):
            cast = make_cast()
            self._cast = {name: (type(row), row.id) for name, row in _named(cast)}
            db.session.commit()
            db.session.remove()

    def _fetched(self) -> dict[str, Any]:
        """By one question for each kind: asked for one by one they took longer than many a test."""
        rows: dict[tuple[type, int], Any] = {}
        for kind, kept in groupby(self._cast.values(), itemgetter(0)):
            wanted = [number for _kind, number in kept]
            rows |= {(kind, row.id): row for row in db.session.scalars(sa.select(kind).where(kind.id.in_(wanted)))}
        return {name: rows[key] for name, key in self._cast.items()}


def _named(cast: Cast) -> Iterator[tuple[str, object]]:
    return ((field.name, getattr(cast, field.name)) for field in fields(cast))


def _everything(connection: Connection) -> dict[sa.Table, list[dict[str, Any]]]:
    """Every row of every table, those first that others point to."""
    by_key = {table: sa.select(table).order_by(*table.primary_key) for table in Base.metadata.sorted_tables}
    return {table: [dict(row) for row in connection.execute(rows).mappings()] for table, rows in by_key.items()}


def _without(rows: list[dict[str, Any]], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the schema brings, such as the head of the log, is there already, and as it was."""
    assert all(each in rows for each in old)
    return [row for row in rows if row not in old]


@contextmanager
def _playing_on(connection: Connection) -> Iterator[None]:
    """All sessions use this connection, and their commits are savepoints in it."""
    engine = db.engine
    db.engines[None] = connection  # a bind given to the session would be ignored
    ways = db.session.session_factory.kw
    old = ways.get("join_transaction_mode", "conditional_savepoint")
    db.session.session_factory.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        db.session.session_factory.configure(join_transaction_mode=old)
        db.engines[None] = engine
