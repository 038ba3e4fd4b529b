"""What makes a process kill itself at a named step of a backup or of a restore."""

import os
import signal
import sqlite3
from typing import Any

import app.keeping.actions.backing_up as backing_up
import app.keeping.second_place as second_place
from app.keeping.archive import Writer
from app.keeping.stores import postgresql
from app.keeping.stores.postgresql import PostgresqlStore
from app.keeping.stores.sqlite import SqliteStore

STEPS = (
    "the copy is half written",
    "the archive is whole and has no name",
    "the schema stands and is empty",
    "the rows are in",
    "all but the last step is done",
    "in the middle of the last step",
    "everything is swapped",
)
OF_A_BACKUP, OF_A_RESTORE = STEPS[:2], STEPS[2:]


def die(*_anything: Any, **_named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner: Any, name: str) -> None:
    original = getattr(owner, name)

    def dying(*args: Any, **named: Any) -> None:
        original(*args, **named)
        die()

    setattr(owner, name, dying)


class Backing(sqlite3.Connection):
    """Dies when a part of the pages is in the real file's log."""

    def backup(self, target: sqlite3.Connection, **_named: Any) -> None:
        super().backup(target, pages=5, progress=die)


def prepare(step: str) -> None:
    stores = (SqliteStore, PostgresqlStore)
    match STEPS.index(step):
        case 0:
            after(Writer, "add")
        case 1:
            backing_up.settled = die  # type: ignore[assignment]
        case 2:
            after(second_place, "migrate")
        case 3:
            for store in stores:
                after(store, "fill")
        case 4:
            for store in stores:
                store.swap = die  # type: ignore[method-assign,assignment]
        case 5:
            in_the_middle()
        case 6:
            for store in stores:
                after(store, "swap")


def in_the_middle() -> None:
    after(postgresql, "_put_in_place")  # before the commit
    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **named: connect(*args, **{"factory": Backing, **named})  # type: ignore[assignment]
