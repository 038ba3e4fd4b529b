"""The worker of the kill tests: `flask jobs serve` with the kind `things`, short leases and slow writing."""

import signal
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app

from app import create_app
from app.core import renewal, timer
from app.core.imports import Accepted
from app.core.jobs import lost, models, queue, work
from app.extensions import db
from config import Config
from tests.imports.things import ThingLoader, ThingUndoing, bring_things

LEASE = timedelta(seconds=2)
_freeze = Path("/nowhere")
_out: dict[int, int] = {}  # the connections in use, and the thread of each
_going_out = Lock()


class SlowThings(ThingLoader):
    """Long enough between two commits to be hit anywhere."""

    chunk = 50

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        for count in super().load(records):
            time.sleep(0.004)
            yield count
            _freeze_when_asked()  # between two commits, where it holds no lock that the others would wait for


class SlowUndoing(ThingUndoing):
    def undo(self) -> Iterator[int]:
        for count in super().undo():
            time.sleep(0.02)
            yield count


def _freeze_when_asked() -> None:
    """Only while no other thread has a connection: a frozen process that held a lock would hold everybody up."""
    while _freeze.exists():
        with _going_out, current_app.extensions["carrier"].huey.storage.lock:
            if set(_out.values()) <= {get_ident()}:
                _freeze.unlink()
                signal.pthread_kill(get_ident(), signal.SIGSTOP)  # sent to the process it would let this thread run on
        time.sleep(0.001)


def _count_connections(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "checkout")
    def goes_out(bare: Any, _record: Any, _proxy: Any) -> None:
        with _going_out:
            _out[id(bare)] = get_ident()

    @sa.event.listens_for(engine, "checkin")
    def comes_back(bare: Any, _record: Any) -> None:
        _out.pop(id(bare), None)


def make_app(database_url: str, folder: Path) -> Flask:
    config = Config(database_url=database_url, data=folder, keys=folder, secret_key="k" * 43)
    app = create_app(config)
    bring_things(app, loader=SlowThings, undoing=SlowUndoing)
    app.extensions["schedule"] = ()  # the jobs of the night would stand in between
    return app


def work_for(app: Flask, folder: Path) -> None:
    """Never returns but when it is asked to; to be called in a process of its own."""
    global _freeze  # noqa: PLW0603  # the process has one load at a time
    _freeze = folder / "freeze"
    with app.app_context():
        _count_connections(db.engine)
    for room in (models, queue, work, lost):
        hurry = {"LEASE": LEASE, "PAUSE": timedelta(seconds=1), "TRIES": 50}  # the killer is the test, not the job
        for name in hurry.keys() & vars(room).keys():
            setattr(room, name, hurry[name])
    renewal.EVERY_SECONDS, timer.TICK_SECONDS, timer.LENGTH = 0.3, 0.25, timedelta(seconds=1)  # type: ignore[assignment]
    timer.serve(app)
