"""A worker is killed in the middle of an import, for real: the rows are those of an undisturbed run, each once."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.database import writing
from app.core.jobs import Job, JobState, enqueue
from app.core.timer import is_ticking
from app.extensions import db
from app.imports.actions.course import accept
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from tests.copies import Copy
from tests.databases import migrated_database
from tests.imports.things import THINGS, count_things, write_things
from tests.imports.worker import make_app, work_for

ROWS, BAD = 2_000, 7
DEATHS = 12 if os.environ.get("REZONANS_LONG") else 2
PATIENCE = 60


@dataclass
class Place:
    """A data folder and a database of its own, where several processes meet."""

    app: Flask
    folder: Path

    def worker(self) -> Copy:
        return Copy(lambda: work_for(self.app, self.folder), self.folder / "worker.log")

    def until(self, holds: Callable[[], bool]) -> None:
        ends = time.monotonic() + PATIENCE
        while not self.now(holds):
            assert time.monotonic() < ends, (self.folder / "worker.log").read_text()[-3000:]
            time.sleep(0.01)

    def now(self, holds: Callable[[], bool]) -> bool:
        db.session.rollback()
        return holds()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    url = migrated_database(tmp_path, "killed")
    app = make_app(url, tmp_path)
    with app.app_context():
        with writing():
            THINGS.create(db.session.connection())
            db.session.commit()
        yield Place(app, tmp_path)
        db.session.remove()
        db.engine.dispose()


def accepted(tmp_path: Path) -> int:
    """Checked and accepted, and the load is a job that waits for a worker."""
    file = write_things(tmp_path / "things.csv", ROWS, bad=BAD)
    import_ = import_file("things", file, dry_run=True)
    with writing():
        accept(import_, now=clock.now(), actor_id=None)
        enqueue("imports.load", import_id=import_.id)
        db.session.commit()
    return import_.id


def the_import() -> DataImport:
    return db.session.scalars(sa.select(DataImport)).one()


def written(job_try: int) -> int:
    """In that try; the count of a try that was killed stands until the next one begins."""
    (job,) = load_jobs()
    return the_import().loaded_count if job.tries >= job_try else 0


def load_jobs() -> list[Job]:
    return list(db.session.scalars(sa.select(Job).where(Job.name == "imports.load")))


def assert_whole() -> None:
    import_ = the_import()
    assert count_things() == ROWS
    assert db.session.scalar(sa.select(sa.func.count(THINGS.c.code.distinct()))) == ROWS
    assert (import_.new_count, import_.refused_count, import_.loaded_count) == (ROWS, BAD, ROWS)
    assert import_.visible_at is not None
    assert db.session.scalar(sa.select(sa.func.count(ImportRefusal.id))) == BAD


def test_a_killed_load_is_begun_again_and_ends_once(place: Place, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    accepted(tmp_path)
    for job_try in range(1, DEATHS + 1):
        goal = chance.randrange(1, ROWS * 3 // 4)
        with place.worker() as process:
            place.until(lambda: goal <= written(job_try) < ROWS)  # noqa: B023  # asked at once
            process.send_signal(signal.SIGKILL)
        assert the_import().status is ImportStatus.LOADING
        assert the_import().visible_at is None
    with place.worker():
        place.until(lambda: the_import().status is ImportStatus.DONE)
        place.until(lambda: load_jobs()[0].state is JobState.DONE)
    assert_whole()
    (job,) = load_jobs()
    assert job.tries >= 2


def test_two_workers_do_a_load_once(place: Place, tmp_path: Path) -> None:
    accepted(tmp_path)
    with place.worker(), place.worker():
        place.until(lambda: the_import().status is ImportStatus.DONE)
    assert_whole()
    assert load_jobs()[0].tries == 1


def test_a_stopped_worker_leaves_within_seconds_and_the_next_goes_on(place: Place, tmp_path: Path) -> None:
    accepted(tmp_path)
    with place.worker() as process:
        place.until(lambda: the_import().loaded_count > 0)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun < 5
    assert not place.now(lambda: is_ticking(clock.now()))
    assert load_jobs()[0].state is JobState.WAITING
    with place.worker():
        place.until(lambda: the_import().status is ImportStatus.DONE)
    assert_whole()


def test_a_frozen_worker_that_wakes_up_late_writes_nothing_twice(place: Place, tmp_path: Path) -> None:
    accepted(tmp_path)
    with place.worker() as frozen:
        (place.folder / "freeze").touch()
        place.until(lambda: the_import().loaded_count > 0 and not (place.folder / "freeze").exists())
        with place.worker():
            place.until(lambda: load_jobs()[0].tries >= 2)
            frozen.send_signal(signal.SIGCONT)
            place.until(lambda: the_import().status is ImportStatus.DONE)
    assert_whole()
