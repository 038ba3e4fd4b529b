"""PostgreSQL: COPY of each table in one snapshot; and back into a schema of its own, whose tables then take the place.

No pg_dump: it has to be there and to be of the server's version or newer, and writes what must not be in a backup.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from psycopg import sql
from psycopg.errors import DataError, IntegrityError, LockNotAvailable

from app.core.errors import Refused
from app.keeping.archive import CHUNK, Manifest, Reader, Writer
from app.keeping.tables import kept_tables, kept_uploads

SCRATCH = "rezonans_scratch"
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
PATIENCE = "60s"


class PostgresqlStore:
    name = "postgresql"
    broken: tuple[type[Exception], ...] = (IntegrityError, DataError)

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def size(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)

    def copy(self, writer: Writer, manifest: Manifest, folder: Path) -> list[str]:
        with self._engine.connect().execution_options(**SNAPSHOT) as connection:
            digests = list(connection.scalars(kept_uploads()))  # the first question fixes the moment
            cursor = _cursor(connection)
            for table in kept_tables():
                columns = [column.name for column in table.columns]
                writer.add(f"tables/{table.name}", _rows_of(cursor, table.name, columns))
                manifest.columns[table.name], manifest.counts[table.name] = columns, cursor.rowcount
        return digests

    def scratch(self, folder: Path) -> sa.Engine:
        with self._engine.begin() as connection:
            connection.execute(sa.schema.DropSchema(SCRATCH, cascade=True, if_exists=True))
            connection.execute(sa.schema.CreateSchema(SCRATCH))
        options = {"options": f"-csearch_path={SCRATCH}"}
        return sa.create_engine(self._engine.url, connect_args=options, poolclass=sa.NullPool, hide_parameters=True)

    def fill(self, scratch: sa.Engine, reader: Reader, folder: Path) -> dict[str, int]:
        with scratch.begin() as connection:
            cursor = _cursor(connection)
            for table in reversed(sorted_tables(connection)):  # rows that migrations wrote are in the archive too
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for name, columns in reader.manifest.columns.items():
                with cursor.copy(_copy(name, columns, "FROM STDIN")) as rows:
                    for chunk in reader.chunks(f"tables/{name}"):
                        rows.write(chunk)
            _set_sequences(connection)
            return {name: _count(cursor, name) for name in reader.manifest.columns}

    def complaints(self, scratch: sa.Engine) -> list[str]:
        """None can be left: PostgreSQL has held every row to its constraints as it came in."""
        return []

    def swap(self, scratch: sa.Engine) -> None:
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.select(sa.func.set_config("lock_timeout", PATIENCE, True)))
                _put_in_place(connection, _cursor(connection))
        except sa.exc.OperationalError as error:
            raise Refused(_BUSY) from error
        except LockNotAvailable as error:
            raise Refused(_BUSY) from error

    def remove(self, scratch: sa.Engine) -> None:
        scratch.dispose()
        with self._engine.begin() as connection:
            connection.execute(sa.schema.DropSchema(SCRATCH, cascade=True, if_exists=True))


_BUSY = _l("The database is being written to all the time. Nothing was changed; try again.")


def _cursor(connection: sa.Connection) -> Any:
    connection.execute(sa.select(1))  # begins the transaction that the driver's own cursor then shares
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _copy(table: str, columns: list[str], direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table), names)


def _rows_of(cursor: Any, table: str, columns: list[str]) -> Iterator[bytearray]:
    """In large pieces: the server sends row by row."""
    piece = bytearray()
    with cursor.copy(_copy(table, columns, "TO STDOUT")) as rows:
        for row in rows:
            piece += row
            if len(piece) >= CHUNK:
                yield piece
                piece = bytearray()
    yield piece


def sorted_tables(connection: sa.Connection) -> list[str]:
    """As they are in the scratch, each after those that it refers to."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table.name for table in found.sorted_tables if table.name != "alembic_version"]


def _count(cursor: Any, table: str) -> int:
    (number,) = cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(number)


def _set_sequences(connection: sa.Connection) -> None:
    """The next row gets the next number."""
    cursor = _cursor(connection)
    for table in sorted_tables(connection):
        names = cursor.execute(
            "SELECT a.attname, pg_get_serial_sequence(%s, a.attname) FROM pg_attribute a "
            "WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped "
            "AND pg_get_serial_sequence(%s, a.attname) IS NOT NULL",
            (_ident(table), _ident(table), _ident(table)),
        ).fetchall()
        for column, sequence in names:
            newest = sql.SQL("SELECT setval(%s, (SELECT coalesce(max({0}), 0) FROM {1}) + 1, false)")
            cursor.execute(newest.format(sql.Identifier(column), sql.Identifier(table)), (sequence,))


def _ident(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _put_in_place(connection: sa.Connection, cursor: Any) -> None:
    """Tables, and functions that their triggers call. What others keep in the same schema is left alone."""
    (home,) = cursor.execute("SELECT current_schema()").fetchone()
    tables = _names(cursor, "SELECT tablename FROM pg_tables WHERE schemaname = %s", SCRATCH)
    functions = _names(cursor, "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace", SCRATCH)
    for table in tables:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(home, table)))
    for table in tables:
        moved = sql.SQL("ALTER TABLE {} SET SCHEMA {}")
        cursor.execute(moved.format(sql.Identifier(SCRATCH, table), sql.Identifier(home)))
    for function in functions:
        cursor.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(sql.Identifier(home, function)))
        moved = sql.SQL("ALTER FUNCTION {} SET SCHEMA {}")
        cursor.execute(moved.format(sql.Identifier(SCRATCH, function), sql.Identifier(home)))
    connection.execute(sa.schema.DropSchema(SCRATCH, cascade=True))


def _names(cursor: Any, question: str, value: str) -> Iterable[str]:
    return [name for (name,) in cursor.execute(question, (value,)).fetchall()]
