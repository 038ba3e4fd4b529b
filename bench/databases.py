"""Where the benches keep their companies: SQLite in a folder, or PostgreSQL in databases of their own.

`BENCH_DATABASE_URL=postgresql+psycopg:///rezonans` makes databases beside the one it names, and drops them afterwards;
that one itself is not touched.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url


@contextmanager
def database_for(purpose: str) -> Iterator[str]:
    """The address of an empty database; "" for SQLite, which needs none."""
    asked = os.environ.get("BENCH_DATABASE_URL")
    if not asked:
        yield ""
        return
    url = make_url(asked)
    name = f"{url.database}_bench_{purpose}"
    _say(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    # Helpers of one question come and go, and nobody could say afterwards what they cost.
    _say(url, f'ALTER DATABASE "{name}" SET max_parallel_workers_per_gather = 0')
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _engine.cache_clear()
        _say(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _say(url: URL, *statements: str) -> None:
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


@cache
def _engine(url: str) -> sa.Engine:
    return sa.create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")


def backends_of(url: str) -> list[int]:
    """The processes in which PostgreSQL answers whoever is connected to this database."""
    if not url.startswith("postgresql"):
        return []
    wanted = sa.text("SELECT pid FROM pg_stat_activity WHERE datname = :name AND backend_type = 'client backend'")
    with _engine(url).connect() as connection:
        return list(connection.scalars(wanted, {"name": make_url(url).database}))
