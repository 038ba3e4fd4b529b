"""Killed while an import is set aside or forgotten: a row that stands has its file, and no file stays for good."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, retention, uploads
from app.core.database import writing
from app.core.jobs import Job, JobState
from app.extensions import db
from app.imports.actions.course import start
from app.imports.jobs import LEFT_OVER
from app.imports.models import DataImport
from tests.copies import Copy
from tests.databases import migrated_database
from tests.imports.dying import BEFORE_THE_COMMIT, BEFORE_THE_FILE, NEVER, forget
from tests.imports.things import write_things
from tests.imports.worker import make_app

SET_ASIDE, FORGET = "imports.set_aside", "imports.forget_files"


class House:
    """A database and a folder of its own, with one import that is older than files are kept."""

    def __init__(self, folder: Path, app: Flask) -> None:
        self.folder, self.app = folder, app
        with writing(), write_things(folder / "things.csv", 3).open("rb") as file:
            long_ago = retention.limit("import_files", clock.now()) - timedelta(days=1)
            import_ = start("things", uploads.store(file, 1000), "things.csv", now=long_ago)
            db.session.commit()
            self.import_id, self.file = import_.id, uploads.path_of(import_.digest)
            db.session.rollback()

    def run(self, step: str, job: str) -> int:
        named = {"import_id": self.import_id} if job == SET_ASIDE else {}
        return Copy(lambda: forget(self.app, step, job, **named), self.folder / "dying.log").wait()

    @property
    def has_row(self) -> bool:
        db.session.rollback()
        return db.session.get(DataImport, self.import_id) is not None

    def a_day_later(self) -> None:
        then = (clock.now() - LEFT_OVER).timestamp() - 1
        os.utime(self.file, (then, then))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    url = migrated_database(tmp_path, "forgetting")
    app = make_app(url, tmp_path)
    with app.app_context():
        yield House(tmp_path, app)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("job", [SET_ASIDE, FORGET])
def test_killed_before_the_commit_it_keeps_row_and_file(house: House, job: str) -> None:
    assert house.run(BEFORE_THE_COMMIT, job) == -signal.SIGKILL
    assert house.has_row
    assert house.file.exists()
    assert house.run(NEVER, job) == 0
    assert not house.has_row
    assert not house.file.exists()


@pytest.mark.parametrize("job", [SET_ASIDE, FORGET])
def test_killed_before_the_file_went_the_night_takes_it(house: House, job: str) -> None:
    assert house.run(BEFORE_THE_FILE, job) == -signal.SIGKILL
    assert not house.has_row
    assert house.file.exists()
    assert house.run(NEVER, FORGET) == 0
    assert house.file.exists(), "younger than a day, it could be one that is just coming in"
    house.a_day_later()
    assert house.run(NEVER, FORGET) == 0
    assert not house.file.exists()


def test_a_set_aside_that_was_killed_can_be_run_again(house: House) -> None:
    """The worker finds the job's lease over and does it once more."""
    assert house.run(BEFORE_THE_FILE, SET_ASIDE) == -signal.SIGKILL
    assert house.run(NEVER, SET_ASIDE) == 0
    states = db.session.scalars(sa.select(Job.state).where(Job.name == SET_ASIDE).order_by(Job.id)).all()
    assert list(states) == [JobState.RUNNING, JobState.DONE]


def test_what_never_came_in_whole_goes_by_night_and_what_is_needed_stays(house: House) -> None:
    with writing():
        db.session.execute(sa.update(DataImport).values(created_at=clock.now()))
        db.session.commit()
    torn = house.file.with_name("tmp1234")
    torn.write_bytes(b"half a fi")
    house.a_day_later()
    os.utime(torn, (0, 0))
    assert house.run(NEVER, FORGET) == 0
    assert not torn.exists()
    assert house.file.exists()
