"""The backup of the night, its rotation, and the rehearsal of its restore."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.core import clock, installation
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import run_now
from app.core.timer import schedule
from app.extensions import db
from app.keeping import places
from app.keeping.actions import nightly, rehearsing
from app.keeping.jobs import back_up, rehearse_restore
from app.keeping.models import Rehearsal
from app.keeping.places import MAKING, alone, archives, name_for
from app.keeping.queries import backups as queries
from tests.factories import days_ago
from tests.keeping.company import House, rows
from tests.keeping.test_restore import left_behind


@pytest.fixture
def company(settled: House) -> House:
    return settled


def at_night(work: Callable[[], None] = back_up) -> None:
    with writing():
        work()
        db.session.rollback()


def rehearsals() -> list[Rehearsal]:
    return list(db.session.scalars(sa.select(Rehearsal).order_by(Rehearsal.id)))


def test_the_schedule_begins_both(company: House) -> None:
    assert {"keeping.back_up", "keeping.rehearse"} <= {each.job for each in schedule()}
    run_now("keeping.back_up")
    assert len(archives()) == 1
    run_now("keeping.rehearse")
    assert rehearsals()[0].failure is None


def test_old_ones_go_when_the_new_one_is_there_and_strange_files_stay(company: House) -> None:
    folder = places.backups_folder()
    folder.mkdir()
    for days in range(1, 500):
        (folder / name_for(days_ago(days))).write_text("old")
    (folder / "mine.zip").write_text("mine")
    at_night()
    assert 12 < len(archives()) <= 7 + 4 + 12
    assert archives()[0].size > 1000
    assert (folder / "mine.zip").exists()


def test_nothing_goes_when_the_new_one_fails(company: House, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = places.backups_folder()
    folder.mkdir()
    for days in range(1, 40):
        (folder / name_for(days_ago(days))).write_text("old")
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: type("Disk", (), {"free": 10}))
    with pytest.raises(Refused, match="not enough space"):
        at_night()
    assert len(archives()) == 39


def test_never_two_at_once(company: House) -> None:
    with alone(places.backups_folder(), "busy"), pytest.raises(Refused, match="Another backup is being made"):
        at_night()
    assert archives() == []


def test_what_a_dead_one_left_is_cleared_away(company: House) -> None:
    folder = places.backups_folder()
    (folder / f"{MAKING}dead").mkdir(parents=True)
    (folder / f"{MAKING}dead" / "archive").write_text("half")
    at_night()
    assert not list(folder.glob(f"{MAKING}*"))
    assert len(archives()) == 1


def test_an_empty_place_is_not_backed_up(house: House) -> None:
    at_night()
    assert archives() == []
    assert queries.check_backups(clock.now())[0]


def test_a_rehearsal_touches_nothing_and_is_written_down(company: House) -> None:
    at_night()
    before = rows()
    code, said = company.run("doctor", "--restore")
    assert code in (0, 1), said  # no scheduler is at work here
    assert "well   rehearsal: rezonans-" in said, said
    assert rows() == before
    (done,) = rehearsals()
    assert (done.failure, done.archive) == (None, archives()[0].path.name)
    assert done.row_count > 40
    assert left_behind(company) == []


def test_a_broken_backup_is_found_out(company: House) -> None:
    at_night()
    newest = archives()[0].path
    whole = bytearray(newest.read_bytes())
    at = whole.index(b"Ewa")
    whole[at : at + 3] = b"Eve"
    newest.write_bytes(whole)
    code, said = company.run("doctor", "--restore")
    assert code == 1
    assert "HANDS  rehearsal: The newest backup could not be restored" in said, said
    (bad,) = rehearsals()
    assert "damaged" in str(bad.failure)


def test_without_a_backup_there_is_nothing_to_rehearse(company: House) -> None:
    _code, said = company.run("doctor", "--restore")
    assert "There is no backup to rehearse with" in said
    assert rehearsals() == []


def test_the_demo_is_not_told_to_back_itself_up(company: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: True)
    _code, said = company.run("doctor", "--restore")
    assert "The demo is not backed up." in said
    assert "Make one first" not in said


def test_the_nightly_job_by_hand_says_why_it_failed(company: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    code, said = company.run("jobs", "run", "keeping.back_up")
    assert code == 1
    assert "\nError: There is not enough space in" in said, "the last word, after the line of the log"
    assert archives() == []


def test_it_is_rehearsed_once_a_week_and_after_a_bad_one_at_once(
    company: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_night()
    at_night(rehearse_restore)
    at_night(rehearse_restore)
    assert len(rehearsals()) == 1
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr("app.keeping.jobs.clock.now", lambda: later)

    def fall(*_anything: object) -> None:
        raise Refused("It fell.")

    with monkeypatch.context() as now:
        now.setattr(rehearsing, "_restore_beside", fall)
        at_night(rehearse_restore)
    at_night(rehearse_restore)
    assert [each.failure for each in rehearsals()] == [None, "It fell.", None]


def test_the_demo_is_not_backed_up(company: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(nightly, "kind", lambda: "demo")
    at_night()
    assert archives() == []
