"""The worker of the kill tests: `flask jobs serve` with the kind `things`, short leases and slow writing."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask

from app import create_app
from app.core import renewal, timer
from app.core.database import writing
from app.core.imports import Accepted
from app.core.jobs import lost, models, queue, work
from config import Config
from tests.imports.things import ThingLoader, ThingUndoing, bring_things

LEASE = timedelta(seconds=2)
_awake = Lock()  # held by whoever writes beside the load, so that no frozen process holds the database's lock
_freeze = Path("/nowhere")


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
    if _freeze.exists():
        with _awake:
            _freeze.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)


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
    timer.tick, renewal.writing = _one_at_a_time(timer.tick), _writing_awake  # type: ignore[assignment]
    for room in (models, queue, work, lost):
        hurry = {"LEASE": LEASE, "PAUSE": timedelta(seconds=1), "TRIES": 50}  # the killer is the test, not the job
        for name in hurry.keys() & vars(room).keys():
            setattr(room, name, hurry[name])
    renewal.EVERY_SECONDS, timer.TICK_SECONDS, timer.LENGTH = 0.3, 0.25, timedelta(seconds=1)
    timer.serve(app)


def _one_at_a_time(act: Any) -> Any:
    def awake(*args: Any) -> Any:
        with _awake:
            return act(*args)

    return awake


@contextmanager
def _writing_awake() -> Iterator[None]:
    with _awake, writing():
        yield
