"""Two people press at the same moment: of an import everything happens once, and nobody is answered with a fault."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from http import HTTPStatus
from io import BytesIO
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core import audit, uploads
from app.core.audit import AuditEntry
from app.core.jobs import Job, JobState
from app.extensions import db
from app.imports.actions import course
from app.imports.looking import Look
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.imports.views import mapping, upload
from tests.at_once import PATIENCE, Meeting, committed, meet_at_call, meeting_when_set, signed_in, together
from tests.cast import make_cast
from tests.imports.things import THINGS, bring_things, count_things
from tests.imports.walk import GOOD, choices, newest

FOUND, CONFLICT, GONE = HTTPStatus.FOUND, HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND


@pytest.fixture
def two(app: Flask) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Celina at two browsers, and the kind `things` in a table that both connections see."""
    before = dict(app.extensions["import_kinds"])
    with committed(app):
        celina = make_cast().celina
        bring_things(app)
        THINGS.create(db.session.connection())
        db.session.commit()
        try:
            yield signed_in(app, celina), signed_in(app, celina)
        finally:
            db.session.rollback()
            THINGS.drop(db.session.connection())
            db.session.commit()
            app.extensions["import_kinds"] = before


def uploaded(browser: FlaskClient) -> int:
    content = (BytesIO(GOOD.encode()), "things.csv")
    answer = browser.post("/imports/new", data={"kind": "things", "file": content})
    assert answer.status_code in (302, 303), answer.text
    import_id = newest().id
    db.session.rollback()
    return import_id


def checked(browser: FlaskClient) -> int:
    import_id = uploaded(browser)
    assert browser.post(f"/imports/{import_id}/mapping", data=choices()).status_code == FOUND
    db.session.rollback()
    return import_id


def pressed(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    answer = browser.post(path, data=fields)
    return answer.status_code, answer.text


def facts(action: str) -> int:
    return db.session.scalar(sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == action)) or 0


def jobs(name: str) -> list[Job]:
    return list(db.session.scalars(sa.select(Job).where(Job.name == name)))


def refusals() -> int:
    return db.session.scalar(sa.select(sa.func.count(ImportRefusal.id))) or 0


def test_an_import_accepted_twice_at_once_is_loaded_once(two: tuple[FlaskClient, FlaskClient]) -> None:
    one, other = two
    path = f"/imports/{checked(one)}/acceptance"
    with meeting_when_set(DataImport.accepted_at):
        answers = together(partial(pressed, one, path), partial(pressed, other, path))
    assert sorted(code for code, _ in answers) == [FOUND, CONFLICT]
    assert "already accepted" in dict(answers)[CONFLICT]
    assert count_things() == 2
    assert refusals() == 1
    assert facts("import.accepted") == 1
    (job,) = jobs("imports.load")
    assert (job.state, job.tries) == (JobState.DONE, 1)
    assert newest().status is ImportStatus.DONE


def test_a_dry_run_started_twice_at_once_is_run_once(two: tuple[FlaskClient, FlaskClient]) -> None:
    one, other = two
    path = f"/imports/{uploaded(one)}/mapping"
    with meeting_when_set(DataImport.mapping):
        answers = together(partial(pressed, one, path, **choices()), partial(pressed, other, path, **choices()))
    # Who comes when the first dry run is already over begins another: that is no accident.
    codes = sorted(code for code, _ in answers)
    assert codes in ([FOUND, CONFLICT], [FOUND, FOUND])
    assert len(jobs("imports.check")) == codes.count(FOUND)
    assert all(job.state is JobState.DONE and job.tries == 1 for job in jobs("imports.check"))
    assert refusals() == 1
    assert newest().status is ImportStatus.CHECKED
    assert newest().accepted_count == 2


def test_two_mapping_files_saved_at_once_leave_one_of_them(two: tuple[FlaskClient, FlaskClient]) -> None:
    one, other = two
    import_id = uploaded(one)
    texts = [f'kind = "things"\n[columns]\ncode = "code"\nname = "{name}"\n' for name in ("name", "code")]

    def save(browser: FlaskClient, text: str) -> int:
        file = (BytesIO(text.encode()), "m.toml")
        return browser.post(f"/imports/{import_id}/mapping-file", data={"mapping_file": file}).status_code

    with meeting_when_set(DataImport.mapping):
        answers = together(partial(save, one, texts[0]), partial(save, other, texts[1]))
    assert answers == [FOUND, FOUND]
    assert newest().status is ImportStatus.UPLOADED
    assert 'name = "name"' in newest().mapping or 'name = "code"' in newest().mapping
    assert not jobs("imports.check")


def test_an_import_set_aside_while_it_is_accepted_is_one_of_the_two(
    two: tuple[FlaskClient, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    import_id = checked(one)
    place = Meeting()
    meet_at_call(monkeypatch, audit, "record", place, "import.set_aside")
    with meeting_when_set(DataImport.accepted_at, place):
        (accepted, _), (removed, _) = together(
            partial(pressed, one, f"/imports/{import_id}/acceptance"),
            partial(pressed, other, f"/imports/{import_id}/removal"),
        )
    done = (count_things(), facts("import.accepted"), facts("import.set_aside"))
    if accepted == FOUND:
        assert (removed, done) == (CONFLICT, (2, 1, 0))
        assert newest().status is ImportStatus.DONE
    else:
        assert accepted in (CONFLICT, GONE)
        assert (removed, done) == (FOUND, (0, 0, 1))
        assert not db.session.scalars(sa.select(DataImport)).all()
        assert not jobs("imports.load")


def test_an_import_set_aside_while_its_file_is_looked_into_is_gone(
    two: tuple[FlaskClient, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    import_id = uploaded(one)
    look = mapping.look_into_file

    def look_slowly(*about: Any) -> Look:
        found = look(*about)
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(pressed, other, f"/imports/{import_id}/removal").result()[0] == FOUND
        return found

    monkeypatch.setattr(mapping, "look_into_file", look_slowly)
    assert pressed(one, f"/imports/{import_id}/mapping", **choices())[0] == GONE
    assert not jobs("imports.check")


def test_one_file_of_a_kind_that_counts_once_is_accepted_once(
    two: tuple[FlaskClient, FlaskClient], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two imports of it: one is accepted, written and shown between two steps of the other's acceptance."""
    one, other = two
    bring_things(app, once=True)
    first, second = (f"/imports/{checked(each)}/acceptance" for each in two)
    ask, asked = course.done_before, Event()
    answers: list[Future[tuple[int, str]]] = []

    def ask_slowly(import_: DataImport) -> DataImport | None:
        found = ask(import_)
        if not asked.is_set():
            asked.set()
            answers.append(elsewhere.submit(pressed, other, second))
            wait(answers, PATIENCE)
        return found

    monkeypatch.setattr(course, "done_before", ask_slowly)
    with ThreadPoolExecutor(1) as elsewhere:
        codes = [pressed(one, first)[0], answers[0].result()[0]]
    assert sorted(codes) == [FOUND, CONFLICT]
    assert count_things() == 2
    assert facts("import.accepted") == 1


def test_the_same_file_brought_while_its_twin_is_set_aside_is_kept_or_refused_with_a_sentence(
    two: tuple[FlaskClient, FlaskClient], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was stored, and is looked into, when the twin takes the file away."""
    one, other = two
    twin = uploaded(one)
    look = upload.look_into_file

    def look_and_lose(*about: Any) -> Look:
        found = look(*about)
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(pressed, other, f"/imports/{twin}/removal").result()[0] == FOUND
        return found

    monkeypatch.setattr(upload, "look_into_file", look_and_lose)
    answer = one.post("/imports/new", data={"kind": "things", "file": (BytesIO(GOOD.encode()), "things.csv")})
    assert answer.status_code == CONFLICT
    assert "taken away at this very moment" in answer.text
    assert not db.session.scalars(sa.select(DataImport.id)).all()


def test_a_file_is_not_taken_away_between_its_row_and_the_commit(
    two: tuple[FlaskClient, FlaskClient], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    twin = uploaded(one)
    start, removal = upload.start, Event()

    def start_slowly(*about: Any, **more: Any) -> DataImport:
        removal.set()
        started = start(*about, **more)
        with pytest.raises(TimeoutError):
            goes.result(PATIENCE)
        return started

    def set_aside_when_begun() -> tuple[int, str]:
        removal.wait()
        return pressed(other, f"/imports/{twin}/removal")

    monkeypatch.setattr(upload, "start", start_slowly)
    with ThreadPoolExecutor(1) as elsewhere:
        goes = elsewhere.submit(set_aside_when_begun)
        second = uploaded(one)
        assert goes.result()[0] == FOUND
    assert uploads.path_of(db.session.get_one(DataImport, second).digest).exists()
