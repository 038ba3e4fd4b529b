"""Fresh databases for tests: SQLite in a folder of its own, or PostgreSQL, one for each worker of pytest."""

import os
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from app.core.installation import Installation
from app.extensions import Base, db

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def fresh_database(folder: Path, purpose: str = "") -> str:
    """The address of an empty database. Each purpose has its own, so that one test does not drop another's."""
    asked = os.environ.get("TEST_DATABASE_URL")
    if not asked:
        return f"sqlite:///{folder / 'test.sqlite'}"
    url = make_url(asked)
    name = "_".join(filter(None, (url.database, WORKER, purpose)))
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def wipe() -> None:
    """Every row goes, for tests that commit. First what this place is: the log of a company cannot be removed."""
    db.session.execute(sa.delete(Installation))
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(table.delete())
