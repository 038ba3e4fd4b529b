"""The list of erasures beside the database: whole, whoever writes it at once or is killed while writing."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread, local

import pytest
from flask import Flask

from app.privacy.actions import replaying
from app.privacy.actions.replaying import Line, keep_list, kept, list_path

MINE = local()


def line(number: int) -> Line:
    return Line(number, None, "2026-01-01T00:00:00+00:00", {"account": [str(number)]})


@pytest.fixture
def path(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
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
    assert {each.account_id for each in kept()} == {1, 2}


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
    assert [each.account_id for each in kept()] == [1]
    assert list(path.parent.glob(f"{path.name}*.new")) == [], "what was left behind is cleared away"
    assert path.stat().st_mode & 0o077 == 0
