"""How long SQLite's write lock is held, as another writer meets it: somebody who tries it every few milliseconds."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

PAUSE = 0.004


@dataclass
class Waits:
    """Seconds without a free moment, each time that there was none."""

    seconds: list[float] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max(self.seconds, default=0.0)


@contextmanager
def watching(database: Path | None) -> Iterator[Waits]:
    """Of PostgreSQL, where nobody holds the whole database, there is nothing to watch."""
    waits, over = Waits(), Event()
    if database is None:
        yield waits
        return
    thread = Thread(target=_watch, args=(database, waits, over), daemon=True)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def _watch(database: Path, waits: Waits, over: Event) -> None:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        since: float | None = None
        while not over.is_set():
            if _is_free(connection):
                if since is not None:
                    waits.seconds.append(time.perf_counter() - since)
                since = None
            else:
                since = since or time.perf_counter()
            time.sleep(PAUSE)


def _is_free(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    connection.execute("ROLLBACK")
    return True
