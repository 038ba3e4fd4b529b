"""SQLite: its own copy of all pages in one reading transaction; and back in one writing transaction.

Tables that must not be in it are dropped from the copy. `secure_delete` fills each page that becomes free with zeros,
in the copy as in the house itself (`core/database.py`): their rows are nowhere in the file, not even as a remnant.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import listen
from app.core.errors import Refused
from app.keeping.archive import DATABASE, Manifest, Reader, Writer
from app.keeping.tables import kept_tables, kept_uploads

PATIENCE_SECONDS = 60.0
FILLED = "INSERT INTO main.{0} ([columns]) SELECT [columns] FROM source.{0}"


class SqliteStore:
    name = "sqlite"
    broken: tuple[type[Exception], ...] = (sqlite3.IntegrityError,)

    def __init__(self, engine: sa.Engine) -> None:
        self._path = Path(str(engine.url.database))

    def size(self) -> int:
        """Twice: the copy, and the archive that it is put into. The database says it: most may lie in its log still."""
        if not self._path.exists():
            return 0
        with closing(sqlite3.connect(self._path, timeout=PATIENCE_SECONDS)) as source:
            pages, bytes_each = (source.execute(f"PRAGMA {of}").fetchone()[0] for of in ("page_count", "page_size"))
        return 2 * int(pages) * int(bytes_each)

    def copy(self, writer: Writer, manifest: Manifest, folder: Path) -> list[str]:
        snapshot = folder / DATABASE
        with _bare(snapshot) as connection:
            with closing(sqlite3.connect(self._path, timeout=PATIENCE_SECONDS)) as source:
                source.backup(connection)  # all pages at one go: who writes meanwhile is neither kept waiting nor seen
            connection.execute("PRAGMA secure_delete=ON")
            kept = [table.name for table in kept_tables()]
            for name in _tables(connection):
                if name in kept:
                    manifest.counts[name] = _run(connection, "SELECT count(*) FROM {}", name).fetchone()[0]
                else:
                    _run(connection, "DROP TABLE {}", name)
            for name in kept:
                manifest.columns[name] = _columns(connection, name)
        engine = sa.create_engine(f"sqlite:///{snapshot}")
        with engine.connect() as reading:
            digests = list(reading.scalars(kept_uploads()))
        engine.dispose()
        writer.add_file(DATABASE, snapshot)
        snapshot.unlink()
        return digests

    def scratch(self, folder: Path) -> sa.Engine:
        engine = sa.create_engine(f"sqlite:///{folder / 'scratch.sqlite'}", hide_parameters=True)
        listen(engine)
        return engine

    def fill(self, scratch: sa.Engine, reader: Reader, folder: Path) -> dict[str, int]:
        scratch.dispose()  # the log is switched off, so nobody else may have the file open
        source = folder / DATABASE
        reader.extract(DATABASE, source)
        with _bare(Path(str(scratch.url.database))) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("ATTACH ? AS source", (str(source),))
            connection.execute("BEGIN")
            for name in _tables(connection):  # rows that migrations wrote stand in the archive too
                _run(connection, "DELETE FROM main.{}", name)
            filled = {name: _fill_table(connection, name, columns) for name, columns in reader.manifest.columns.items()}
            connection.execute("COMMIT")
        source.unlink()
        return filled

    def complaints(self, scratch: sa.Engine) -> list[str]:
        scratch.dispose()
        with _bare(Path(str(scratch.url.database))) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            for table, _row, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchmany(10):
                found.append(f"{table} refers to {parent}, where there is no such row")
        return found

    def swap(self, scratch: sa.Engine) -> None:
        """One transaction in the log of the real file: who reads sees the old one until it is done, then the new."""
        scratch.dispose()
        ends = monotonic() + PATIENCE_SECONDS

        def wait(status: int, _remaining: int, _total: int) -> None:
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > ends:
                raise Refused(_l("The database is being written to all the time. Nothing was changed; try again."))

        with _bare(Path(str(scratch.url.database)), "WAL") as source, _bare(self._path, "WAL") as target:
            self._path.chmod(0o600)
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            target.execute("PRAGMA synchronous=FULL")
            source.backup(target, progress=wait)

    def remove(self, scratch: sa.Engine) -> None:
        scratch.dispose()


@contextmanager
def _bare(path: Path, journal: str = "") -> Iterator[sqlite3.Connection]:
    """Without SQLAlchemy between: what it does here is said in SQLite's own words. A file of our own needs no log."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=PATIENCE_SECONDS)) as connection:
        connection.execute("PRAGMA cache_size=-65536")
        if not journal:
            connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA journal_mode={journal or 'OFF'}")
        yield connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found if name != "alembic_version"]


def _columns(connection: sqlite3.Connection, name: str) -> list[str]:
    return [column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]


def _fill_table(connection: sqlite3.Connection, name: str, columns: list[str]) -> int:
    listed = ", ".join(map(_quoted, columns))
    into = FILLED.replace("[columns]", listed)
    return _run(connection, into, name).rowcount


def _run(connection: sqlite3.Connection, statement: str, table: str) -> sqlite3.Cursor:
    filled_in = statement.format(_quoted(table))
    return connection.execute(filled_in)


def _quoted(name: str) -> str:
    """A name cannot be bound; ours, and those of a manifest, become names and nothing else."""
    return '"' + name.replace('"', '""') + '"'
