"""A second start does not prepare the database again, unless the database has become another meanwhile."""

import sqlite3
from pathlib import Path

import pytest

from tests.bin.stand_in import Place

SCHEMA = "CREATE TABLE alembic_version (version_num TEXT); CREATE TABLE installation (kind TEXT);"


@pytest.fixture
def database(place: Place) -> Path:
    """As a finished first start leaves it."""
    versions = place.folder / "migrations/versions"
    versions.mkdir(parents=True)
    for name in ("0001_people.py", "0002_core.py"):
        (versions / name).touch()
    file = place.folder / "instance-demo/rezonans.sqlite"
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO alembic_version VALUES ('0002')")
        connection.execute("INSERT INTO installation VALUES ('demo')")
    connection.close()
    run_once(place)
    return file


def run_once(place: Place, **environment: str) -> str:
    start = place.start("demo", **environment)
    said = start.wait_for("Rezonans runs at")
    start.process.terminate()
    start.ends()
    return said


def change(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()


def was_prepared(place: Place) -> bool:
    """The stand-in's preparation makes this file each time."""
    mark = place.folder / "instance-demo/database"
    mark.unlink()
    run_once(place)
    return mark.exists()


def test_what_is_ready_is_not_prepared_again(place: Place, database: Path) -> None:
    assert not was_prepared(place)


def test_what_the_first_start_said_is_said_again(place: Place, database: Path) -> None:
    assert "prepared demo SQLite" in run_once(place)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE installation SET kind = 'empty'",
        "UPDATE installation SET kind = 'company'",
        "DELETE FROM installation",
        "DROP TABLE alembic_version",
    ],
)
def test_a_database_that_has_become_another_is_prepared(place: Place, database: Path, statement: str) -> None:
    change(database, statement)
    assert was_prepared(place)


def test_nothing_is_kept_of_a_start_before_the_company_was_set_up(place: Place, database: Path) -> None:
    change(database, "UPDATE installation SET kind = 'empty'")
    run_once(place)
    change(database, "UPDATE installation SET kind = 'demo'")
    assert was_prepared(place)


def test_newer_code_prepares_the_database(place: Place, database: Path) -> None:
    (place.folder / "migrations/versions/0003_next.py").touch()
    assert was_prepared(place)


def test_a_preparation_that_was_broken_off_is_made_again(place: Place, database: Path) -> None:
    (place.folder / "instance-demo/.prepared").unlink()
    assert was_prepared(place)


def test_a_preparation_that_fails_is_no_start(place: Place) -> None:
    application = place.folder / "wsgi.py"
    application.write_text(
        application.read_text().replace('print("prepared"', 'sys.exit("There is a real company here."); print("')
    )
    start = place.start("demo")
    assert start.ends() == 1
    assert "There is a real company here." in start.said()
    assert not (place.folder / "instance-demo/.prepared").exists()
