"""`flask backup FILE`: a consistent copy while everything runs, without anything that opens a door."""

import json
import resource
import signal
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.core.database import writing
from app.extensions import db
from app.keeping import places
from app.keeping.actions import backing_up
from app.keeping.stores import store
from app.keeping.stores.sqlite import SqliteStore
from tests.factories import make_employee
from tests.keeping.company import CUSTOMERS, EMPLOYEES, House, count_of, settle_in
from tests.keeping.terminal import typed


def manifest_of(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        told: dict[str, object] = json.loads(archive.read("manifest.json"))
    return told


def test_it_works(settled: House, tmp_path: Path) -> None:
    code, said = settled.run("backup", str(tmp_path / "one.zip"))
    assert code == 0, said
    assert "It holds no keys" in said
    assert stat.S_IMODE((tmp_path / "one.zip").stat().st_mode) == 0o600
    told = manifest_of(tmp_path / "one.zip")
    assert told["database"] == store().name
    assert told["kind"] == "company"
    assert told["counts"]["employee"] == 7  # type: ignore[index]
    assert not list(tmp_path.glob(f"{places.MAKING}*"))


def test_nothing_that_opens_a_door_is_in_it(house: House, tmp_path: Path) -> None:
    """Searched byte by byte, so that it does not matter where in the file a remnant could stand."""
    secrets = settle_in(house)
    house.run("backup", str(tmp_path / "one.zip"))
    whole = (tmp_path / "one.zip").read_bytes()
    assert b"Ewa" in whole, "stored as it is, so that the search below finds what is there"
    assert [secret for secret in secrets if secret in whole] == []


def test_files_of_private_kinds_stay_out_and_others_are_in_it(settled: House, tmp_path: Path) -> None:
    settled.run("backup", str(tmp_path / "one.zip"))
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        files = [archive.read(name) for name in archive.namelist() if name.startswith("uploads/")]
    assert files == [CUSTOMERS]
    assert EMPLOYEES not in files


def test_it_is_of_one_moment_while_people_work(settled: House, tmp_path: Path) -> None:
    """Somebody adds pairs of rows, each pair in one transaction, all the time: the copy never holds half a pair."""
    enough = Event()

    def work() -> None:
        number = 0
        with settled.app.app_context(), writing():
            while not enough.is_set():
                number += 1
                make_employee(name=f"Left {number}", email=f"left{number}@example.org")
                make_employee(name=f"Right {number}", email=f"right{number}@example.org")
                db.session.commit()

    worker = Thread(target=work)
    worker.start()
    try:
        told = []
        for number in range(3):
            assert settled.run("backup", str(tmp_path / f"{number}.zip"))[0] == 0
            told.append(manifest_of(tmp_path / f"{number}.zip"))
    finally:
        enough.set()
        worker.join()
    counts = [each["counts"]["employee"] for each in told]  # type: ignore[index]
    assert counts[-1] > 7, "somebody worked meanwhile"
    assert all(count % 2 for count in counts), counts


def test_a_file_of_that_name_is_not_written_over(house: House, tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_text("mine")
    code, said = house.run("backup", str(tmp_path / "one.zip"))
    assert (code, (tmp_path / "one.zip").read_text()) == (1, "mine")
    assert "There is a file of that name already" in said


def test_a_folder_that_is_not_there_is_refused(house: House, tmp_path: Path) -> None:
    code, said = house.run("backup", str(tmp_path / "nowhere" / "one.zip"))
    assert code == 1
    assert "There is no such folder" in said


def test_a_schema_of_another_version_is_refused(house: House, tmp_path: Path) -> None:
    with writing():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    code, said = house.run("backup", str(tmp_path / "one.zip"))
    assert code == 1
    assert "flask prepare" in said
    with writing():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()


def test_too_little_space_is_said_before_anything_is_written(
    settled: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    code, said = settled.run("backup", str(tmp_path / "one.zip"))
    assert code == 1
    assert "not enough space" in said
    assert not (tmp_path / "one.zip").exists()


def test_room_is_asked_for_what_lies_in_the_log_too(tmp_path: Path) -> None:
    """On SQLite what was written a moment ago lies beside the file, and the file itself may be tiny."""
    path = tmp_path / "young.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as house:
        house.execute("PRAGMA journal_mode=WAL")
        house.execute("PRAGMA wal_autocheckpoint=0")
        house.execute("CREATE TABLE much AS SELECT zeroblob(1000000) AS bytes")
        assert path.stat().st_size < 10_000
        assert SqliteStore(sa.create_engine(f"sqlite:///{path}")).size() >= 2_000_000, "the copy, and the archive"


def fill_disk(bytes_left: int) -> None:
    backing_up.refuse_without_space = lambda *_: None
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))


@pytest.mark.parametrize("share", [0.2, 0.95])
def test_a_disk_that_becomes_full_leaves_no_half_file(settled: House, tmp_path: Path, share: float) -> None:
    """A real process that may write no further than so many bytes, as on a full disk: first the copy, then the file."""
    settled.run("backup", str(tmp_path / "whole.zip"))
    bytes_left = int((tmp_path / "whole.zip").stat().st_size * share)
    target = tmp_path / "full"
    target.mkdir()
    (target / "yesterday.zip").write_text("kept")
    done = typed(settled, "backup", str(target / "one.zip"), after=lambda: fill_disk(bytes_left))
    assert done.code == 1, done.said()
    assert "not enough space" in done.said(), done.said()
    assert "Exception ignored" not in done.said(), "a sentence, and nothing of the library's beside it"
    assert [path.name for path in target.iterdir()] == ["yesterday.zip"]
    assert count_of("employee") == 7, "and the house goes on"
