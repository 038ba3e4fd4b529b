"""Fresh databases for tests: SQLite in a folder of its own, or PostgreSQL, one for each worker of pytest."""

import atexit
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from app import create_app
from app.core.installation import Installation
from app.extensions import Base, db
from config import Config

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def fresh_database(folder: Path, purpose: str = "") -> str:
    """The address of an empty database. Each purpose has its own, so that one test does not drop another's."""
    asked = os.environ.get("TEST_DATABASE_URL")
    if not asked:
        return f"sqlite:///{folder / 'test.sqlite'}"
    url = make_url(asked)
    return _made_anew(url, purpose)


def migrated_database(folder: Path, purpose: str) -> str:
    """The same on the newest schema: a copy of one that was migrated once."""
    return copied_database(_migrated_once(), folder, purpose)


def copied_database(original: str, folder: Path, purpose: str) -> str:
    """The same with all that is in it. Nobody may be connected to the original; on SQLite it is `at_rest`."""
    if original.startswith("sqlite"):
        shutil.copyfile(str(make_url(original).database), folder / "test.sqlite")
        return f"sqlite:///{folder / 'test.sqlite'}"
    return _made_anew(make_url(os.environ["TEST_DATABASE_URL"]), purpose, like=str(make_url(original).database))


def at_rest(url: str) -> str:
    """What SQLite keeps beside its file is in the file, which alone is copied."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(url).database))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return url


@cache
def _migrated_once() -> str:
    folder = Path(tempfile.mkdtemp(prefix="rezonans-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = fresh_database(folder, "original")
    app = create_app(Config(database_url=url, data=folder, keys=folder, secret_key="k" * 43, testing=True))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return at_rest(url)


def _made_anew(url: sa.URL, purpose: str, like: str = "template1") -> str:
    name = "_".join(filter(None, (url.database, WORKER, purpose)))
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def wipe() -> None:
    """Every row goes, for tests that commit. First what this place is: the log of a company cannot be removed."""
    db.session.execute(sa.delete(Installation))
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(table.delete())
