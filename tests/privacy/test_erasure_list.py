"""The list of erasures beside the database: whole, whoever writes it at once or is killed while writing."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread, local

import pytest
from flask import Flask

from app.core import clock, company_time, installation
from app.core.installation import InstallationKind
from app.core.jobs import in_steps
from app.demo import actions as demo
from app.extensions import db
from app.people.models import Employee
from app.privacy.actions import replaying
from app.privacy.actions.erasing import erase
from app.privacy.actions.replaying import Line, keep_list, list_path, read_list, replay
from app.privacy.queries.subjects import of_employee
from tests.factories import LONG_AGO

MINE, NUMBER = local(), "1001"


def line(number: int) -> Line:
    return Line(number, None, "2026-01-01T00:00:00+00:00", {"account": [str(number)]})


def test_nothing_of_the_demo_is_replayed_onto_the_company_that_comes_after_it(
    database: None,
) -> None:
    """The file outlives the removal, and ids and numbers begin anew: the two would be taken for one person."""
    list_path().unlink(missing_ok=True)
    installation.become(InstallationKind.DEMO, clock.now())
    invented = leaver("invented@demo.example")
    same_id = invented.id
    list_path().write_text(json.dumps(asdict(line(77))) + "\n")  # an operator's, for a restore that is to come
    in_steps(erase(of_employee(invented), actor_id=None, reason="a try", now=clock.now()))
    db.session.commit()
    keep_list()
    demo.remove()
    db.session.commit()
    installation.become(InstallationKind.COMPANY, clock.now())
    real = leaver("real@example.org", same_id)
    assert in_steps(replay(clock.now())).erased == 0
    assert real.name == "Real Person"
    assert [each.account_id for each in read_list()] == [77]
    list_path().unlink()


def test_what_an_older_version_wrote_of_the_demo_goes_with_the_next_writing(database: None) -> None:
    installation.become(InstallationKind.DEMO, clock.now())
    in_steps(erase(of_employee(leaver("i@demo.example")), actor_id=None, reason="", now=clock.now()))
    (row,) = replaying._of_table()
    list_path().write_text(json.dumps(asdict(row)) + "\n")
    keep_list()
    assert read_list() == []
    list_path().unlink()


def leaver(email: str, employee_id: int | None = None) -> Employee:
    name, left = email.partition("@")[0].title() + " Person", company_time.today() - timedelta(days=1)
    employee = Employee(id=employee_id, name=name, email=email, number=NUMBER, starts_on=LONG_AGO, ends_on=left)
    db.session.add(employee)
    db.session.commit()
    return employee


@pytest.fixture
def path(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The database, which two threads of a test cannot ask at once, is not asked."""
    monkeypatch.setattr(installation, "is_demo", lambda: False)
    monkeypatch.setattr(replaying, "_of_table", lambda: iter([line(1)]))
    yield list_path()
    list_path().unlink(missing_ok=True)


def test_two_at_once_leave_both(app: Flask, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Barrier(2)

    def of_table() -> list[Line]:
        with suppress(BrokenBarrierError):
            meeting.wait(0.3)  # both have read the file, if nothing keeps them apart
        return [line(MINE.number)]

    def keep(number: int) -> None:
        MINE.number = number
        with app.app_context():
            keep_list()

    monkeypatch.setattr(replaying, "_of_table", of_table)
    both = [Thread(target=keep, args=(number,)) for number in (1, 2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert {each.account_id for each in read_list()} == {1, 2}


@pytest.mark.parametrize("moment", ["write", "replace"])
def test_killed_in_the_middle_the_old_list_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    keep_list()
    before = path.read_text()
    child = os.fork()
    if not child:
        if moment == "write":
            monkeypatch.setattr(os, "fsync", lambda _file: os.kill(os.getpid(), signal.SIGKILL))
        else:
            monkeypatch.setattr(Path, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        monkeypatch.setattr(replaying, "_of_table", lambda: iter([line(2)]))
        keep_list()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert path.read_text() == before
    keep_list()
    assert [each.account_id for each in read_list()] == [1]
    assert list(path.parent.glob(f"{path.name}*.new")) == [], "what was left behind is cleared away"
    assert path.stat().st_mode & 0o077 == 0
