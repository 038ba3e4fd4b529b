"""An import of people that is under way when somebody of its file is erased brings neither them nor their name back."""

import io
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, uploads
from app.core.database import writing
from app.core.jobs import Job, in_steps, run, run_now
from app.core.kinds import kind_named
from app.extensions import db
from app.imports.actions import steps
from app.imports.actions.course import accept, choose_mapping, headers_under, start, suggested_mapping
from app.imports.actions.steps import check
from app.imports.files.unreadable import UnreadableFile
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.people.imports import employees
from app.people.models import Account, Employee
from app.privacy.actions.erasing import erase
from app.privacy.queries.subjects import of_account
from tests.at_once import PATIENCE, committed, in_app, together
from tests.cast import Cast, make_cast
from tests.copies import Copy
from tests.privacy.test_erase import finished, found_in_files, found_in_tables
from tests.privacy.things import EMAIL, NAME, NUMBER, leave

FILE = f"""email,employee_number,name,unit_code,job,starts_on,ends_on
anna@example.org,A-1,Anna Nowak,N1,Head,2020-01-01,
{EMAIL},{NUMBER},{NAME},N1,Adviser,2015-01-01,2024-01-01
borys@example.org,A-2,Borys Lis,N1,,2020-01-01,yesterday by {NAME}
"""
TAKEN = "was erased, so the file was taken away"


class Place:
    def __init__(self, cast: Cast) -> None:
        self.cast, zofia = cast, leave(cast)
        self.zofia_id, self.employee_id = zofia.id, zofia.employee_id

    def erase_her(self) -> None:
        with writing():
            subject = of_account(db.session.get_one(Account, self.zofia_id))
            in_steps(erase(subject, actor_id=None, reason="asked", now=clock.now()))
            db.session.commit()

    def is_gone(self, app: Flask) -> bool:
        db.session.rollback()
        finished()
        employee = db.session.get_one(Employee, self.employee_id)
        assert employee.is_erased
        assert found_in_tables() == []
        assert found_in_files(app.config["UPLOADS"]) == []
        return True


@pytest.fixture
def place(app: Flask) -> Iterator[Place]:
    with committed(app):
        yield Place(make_cast())


def brought(text: str = FILE, kind: str = "employees") -> int:
    digest = uploads.store(io.BytesIO(text.encode()), 10_000)
    mapping = suggested_mapping(kind_named(kind), digest)
    import_ = start(kind, digest, "people.csv", now=clock.now())
    choose_mapping(import_, mapping, headers_under(digest, mapping))
    db.session.commit()
    return import_.id


def checked() -> int:
    import_id = brought()
    run_now("imports.check", import_id=import_id)
    assert status(import_id) is ImportStatus.CHECKED
    return import_id


def accepted() -> int:
    import_id = checked()
    import_ = db.session.get_one(DataImport, import_id)
    accept(import_, now=clock.now(), actor_id=None, yes_to=import_.asks_about)
    db.session.commit()
    return import_id


def status(import_id: int) -> ImportStatus:
    db.session.rollback()
    return db.session.get_one(DataImport, import_id).status


def why(import_id: int) -> str:
    db.session.rollback()
    return " ".join(str(each.text()) for each in db.session.get_one(DataImport, import_id).failures)


def new_people() -> list[str]:
    db.session.rollback()
    return [*db.session.scalars(sa.select(Employee.name).where(Employee.number.in_(("A-1", "A-2", NUMBER))))]


def test_without_an_erasure_the_file_changes_her(place: Place) -> None:
    """So that what follows is a test."""
    import_id = accepted()
    assert NAME in " ".join(db.session.scalars(sa.select(ImportRefusal.value)))
    run_now("imports.load", import_id=import_id)
    assert status(import_id) is ImportStatus.DONE
    assert set(new_people()) == {"Anna Nowak", NAME}
    employee = db.session.get_one(Employee, place.employee_id)
    assert [each.job for each in employee.assignments] == ["Adviser"]


@pytest.mark.parametrize("begun", [brought, accepted])
def test_what_waits_for_a_worker_finds_no_file(place: Place, app: Flask, begun: Callable[[], int]) -> None:
    import_id = begun()
    job = "imports.check" if status(import_id) is ImportStatus.CHECKING else "imports.load"
    place.erase_her()
    run_now(job, import_id=import_id)
    assert status(import_id) is ImportStatus.FAILED
    assert TAKEN in why(import_id)
    assert new_people() == []
    assert place.is_gone(app)


def test_a_dry_run_in_the_middle_stops(place: Place, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "BATCH", 1)
    import_id = brought()
    walk = check(import_id)
    while db.session.get_one(DataImport, import_id).row_count == 0:
        next(walk)
        db.session.commit()
    assert status(import_id) is ImportStatus.CHECKING, "it is not over"
    place.erase_her()
    db.session.rollback()
    with pytest.raises(UnreadableFile):
        in_steps(walk)
    db.session.rollback()
    run_now("imports.check", import_id=import_id)
    assert TAKEN in why(import_id)
    assert place.is_gone(app)


def test_a_load_that_has_judged_her_row_does_not_write_it(
    place: Place, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it knows of her is older than the erasure."""
    import_id = accepted()
    monkeypatch.setattr(steps, "_refuse_unasked", lambda *_: together(in_app(app, place.erase_her)))
    run_now("imports.load", import_id=import_id)
    assert (status(import_id), new_people()) == (ImportStatus.FAILED, [])
    assert TAKEN in why(import_id)
    assert place.is_gone(app)


def test_an_erasure_waits_for_a_load_that_writes_her(place: Place, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is seen that it has begun: then she is erased with what it wrote."""
    import_id = accepted()
    write = employees.write_people
    begun: list[Future[None]] = []

    def write_slowly(*about: Any) -> dict[str, int]:
        begun.append(elsewhere.submit(in_app(app, place.erase_her)))
        wait(begun, PATIENCE)
        return write(*about)

    monkeypatch.setattr(employees, "write_people", write_slowly)
    with ThreadPoolExecutor(1) as elsewhere:
        run_now("imports.load", import_id=import_id)
        begun[0].result()
    assert status(import_id) is ImportStatus.DONE
    assert new_people() == ["Anna Nowak"]
    assert place.is_gone(app)


def test_killed_between_the_rows_and_the_end_it_does_not_begin_again_with_her(
    place: Place, app: Flask, tmp_path: Path
) -> None:
    import_id = accepted()

    def load_and_die() -> None:
        sa.event.listen(DataImport.visible_at, "set", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        with writing():
            run_now("imports.load", import_id=import_id)

    assert Copy(in_app(app, load_and_die), tmp_path / "load.log").wait() == -signal.SIGKILL
    assert status(import_id) is ImportStatus.LOADING
    assert NAME in new_people(), "its rows are in"
    db.session.execute(sa.update(Job).where(Job.name == "imports.load").values(leased_until=clock.now()))
    db.session.commit()
    place.erase_her()
    run(db.session.scalars(sa.select(Job.id).where(Job.name == "imports.load")).one())
    assert TAKEN in why(import_id)
    assert new_people() == ["Anna Nowak"]
    assert place.is_gone(app)


def test_what_failed_half_way_is_not_tried_again_with_her(place: Place, app: Flask) -> None:
    import_id = accepted()
    import_ = db.session.get_one(DataImport, import_id)
    import_.status, import_.load_started_at = ImportStatus.FAILED, clock.now()
    db.session.commit()
    place.erase_her()
    db.session.rollback()
    accept(import_, now=clock.now(), actor_id=None, yes_to=import_.asks_about)  # before the job took the file away
    db.session.commit()
    run_now("imports.load", import_id=import_id)
    assert TAKEN in why(import_id)
    assert place.is_gone(app)


def test_what_nobody_accepted_is_forgotten(place: Place, app: Flask) -> None:
    import_id = checked()
    place.erase_her()
    db.session.rollback()
    assert db.session.get(DataImport, import_id) is None
    assert place.is_gone(app)


def test_whoever_begins_an_import_meanwhile_begins_it_after_the_erasure(app: Flask, place: Place) -> None:
    """And what is brought again afterwards, by somebody who must know, stays: also its file."""
    digest = uploads.store(io.BytesIO(FILE.encode()), 10_000)
    begun: list[Future[None]] = []

    def start_it() -> None:
        with writing():
            start("employees", digest, "people.csv", now=clock.now())
            db.session.commit()

    with ThreadPoolExecutor(1) as elsewhere, writing():
        subject = of_account(db.session.get_one(Account, place.zofia_id))
        for _step in erase(subject, actor_id=None, reason="asked", now=clock.now()):
            db.session.commit()  # and not after the last
        begun.append(elsewhere.submit(in_app(app, start_it)))
        wait(begun, PATIENCE)
        assert not begun[0].done()
        db.session.commit()
        begun[0].result()
    db.session.rollback()
    finished()
    assert db.session.scalars(sa.select(DataImport.status).where(DataImport.digest == digest)).all() == ["uploaded"]
    assert uploads.path_of(digest).exists()
