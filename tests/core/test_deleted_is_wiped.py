"""SQLite keeps deleted rows in free pages and old pages in its log, unless it is told otherwise."""

import struct
from pathlib import Path

import sqlalchemy as sa

from app.core.database import listen, wipe_log

SECRET = 7.123456789123


def test_a_deleted_answer_stays_nowhere_in_the_files(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'test.sqlite'}")
    listen(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE answer (score REAL)")
        connection.exec_driver_sql("INSERT INTO answer VALUES (?)", (SECRET,))
    assert holds_secret(tmp_path)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        connection.exec_driver_sql("DELETE FROM answer")
    wipe_log(engine)
    assert not holds_secret(tmp_path)
    engine.dispose()


def test_the_log_is_cut_whenever_it_begins_anew(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'test.sqlite'}")
    listen(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_size_limit").scalar() == 0
    engine.dispose()


def holds_secret(folder: Path) -> bool:
    return any(struct.pack(">d", SECRET) in path.read_bytes() for path in folder.iterdir())
