"""How transactions begin. SQLite has one writer: readers say BEGIN, writers BEGIN IMMEDIATE, so none is starved."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, request
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from app.core import liveness, prepared
from app.extensions import db

Row = TypeVar("Row")
AT_ONCE = 500  # ids in one statement: no database takes as many as an import may bring
TURN = 1_380_275_033  # PostgreSQL knows this lock by a number: any, the same in every process
_writes: ContextVar[bool] = ContextVar("writes", default=False)

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",  # what is deleted is wiped: answers of a draft do not stay in free pages,
    "journal_size_limit=0",  # nor behind the end of a log that is written anew
    "cache_size=-16000",  # KiB by each connection: with the 2 MB of old a search reads the same pages over and over
)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside take SQLite's write lock at once. For jobs, commands and unsafe requests."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def is_writing() -> bool:
    return _writes.get()


@contextmanager
def reading() -> Iterator[None]:
    """Inside a writer's work: transactions that begin here take no lock, for what is slow and only looks."""
    token = _writes.set(False)
    try:
        yield
    finally:
        _writes.reset(token)


def one_at_a_time() -> None:
    """Wait until nobody else is between here and the end of their transaction: each sees what the last one wrote.

    On PostgreSQL a lock of its own, because an empty installation has no row that could be held. SQLite's writers
    take turns anyway.
    """
    if db.engine.dialect.name == "postgresql":
        with db.session.no_autoflush:  # who waits must not hold rows that the one before may want
            db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(TURN)))


def alone_in(tables: Iterable[sa.Table]) -> bool:
    """Nobody else writes to these until the commit. False where somebody does just now, and nothing is held then.

    It never waits while it holds something, so it waits for nobody who waits for it. SQLite's writers take turns.
    """
    if db.engine.dialect.name != "postgresql":
        return True
    from psycopg import errors, sql  # noqa: PLC0415 - only here: 9 MB that SQLite has no use for

    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in tables)
    alone = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE NOWAIT").format(names)
    try:
        with db.session.begin_nested():
            bare: Any = db.session.connection().connection.driver_connection
            bare.execute(alone)
    except errors.LockNotAvailable:
        return False
    return True


def held(row: sa.Select[Row]) -> Row | None:
    """The row as it stands now, and nobody else may change it until the commit. None when it is gone."""
    locked = row.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(locked).scalars().one_or_none()


def plainly(statement: Any, told: Any = None, *, within: Session | None = None) -> sa.CursorResult[*tuple[Any, ...]]:
    """Past the mapping, for columns alone: half the cost. What waits to be written is written first."""
    session = within or db.session()
    if session.autoflush:
        session.flush()
    # Of many rows at once the text has as many places, and next time others: that is not worth keeping.
    options = {} if isinstance(told, list) else prepared.KEPT
    return session.connection().execute(statement, told, execution_options=options)


def some_of(ids: Collection[int]) -> Iterator[list[int]]:
    """In parts, sorted: two who change the same rows meet them in the same order."""
    ordered = sorted(ids)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def rows_changed(change: sa.Update | sa.Delete) -> int:
    """How many rows it met. Of two who take the same thing, this tells who was first."""
    done: Any = db.session.execute(change)
    return int(done.rowcount)


def listen(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        liveness.watch(engine)
        prepared.watch(engine)
        sa.event.listen(engine, "connect", _without_jit)
        return
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would only before the first write
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("casefold", 1, lambda text: text.casefold() if text else text, deterministic=True)


def _without_jit(connection: Any, _record: Any) -> None:
    """PostgreSQL makes machine code of what it takes for long work: for a search of a millisecond it took fifty."""
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """For migrations: SQLite changes a table by making it anew and dropping the old one, to which rows still refer.

    Whoever migrates asks `loose_ends` before each commit. PostgreSQL changes tables in place.
    """
    with writing(), engine.connect() as connection:
        _hold_to_foreign_keys(connection, "OFF")
        try:
            yield connection
        finally:
            connection.rollback()
            _hold_to_foreign_keys(connection, "ON")


def loose_ends(connection: Connection) -> list[str]:
    """Tables with rows that refer to rows that are not there."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return sorted({f"{row[0]} refers to {row[2]}" for row in found})


def _hold_to_foreign_keys(connection: Connection, switch: str) -> None:
    """Past SQLAlchemy, because inside a transaction SQLite does not listen."""
    bare: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        bare.execute(f"PRAGMA foreign_keys={switch}")


def wipe_log(engine: Engine) -> None:
    """Empty SQLite's log, which holds pages as they were before something was deleted from them.

    Who reads or writes just now is not disturbed: then it stays for the next time.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.invalidate()  # the next one to work has its patience again


def _begin(connection: Connection) -> None:
    if _writes.get():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        bare: Any = connection.connection.driver_connection
        bare.execute("BEGIN")  # takes no lock, so nothing can go wrong that SQLAlchemy would have to put into its words


def bind_requests(app: Flask) -> None:
    """An unsafe request is a writer from its first statement on: a reader that turns writer fails at once."""

    @app.before_request
    def begin_as_writer() -> None:
        _writes.set(request.method not in ("GET", "HEAD", "OPTIONS"))
