"""Connections of PostgreSQL that were ended while they waited are noticed before anybody works with them."""

import os
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from app.core import liveness
from tests.databases import fresh_database

pytestmark = pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="SQLite's connections lead to a file")
NUMBER = sa.text("SELECT pg_backend_pid()")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fresh_database(tmp_path_factory.mktemp("data"), "liveness")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = sa.create_engine(url, pool_size=2)
    liveness.watch(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def pings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []
    ping = engine.dialect.do_ping
    monkeypatch.setattr(engine.dialect, "do_ping", lambda connection: asked.append(connection) or ping(connection))
    return asked


def number(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(NUMBER).scalar_one())


def end(url: str, *numbers: int) -> None:
    admin = sa.create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for each in numbers:
            connection.execute(sa.text("SELECT pg_terminate_backend(:each, 5000)"), {"each": each})
    admin.dispose()


def test_a_connection_that_was_just_used_is_used_again_unasked(engine: Engine, pings: list[Any]) -> None:
    assert number(engine) == number(engine) == number(engine)
    assert not pings


def test_one_that_the_server_ended_is_replaced(engine: Engine, url: str) -> None:
    first = number(engine)
    end(url, first)
    assert number(engine) != first


def test_so_are_all_that_the_server_ended(engine: Engine, url: str) -> None:
    with engine.connect() as one, engine.connect() as other:
        both = {int(each.execute(NUMBER).scalar_one()) for each in (one, other)}
    end(url, *both)
    with engine.connect() as one, engine.connect() as other:
        assert both.isdisjoint({each.execute(NUMBER).scalar_one() for each in (one, other)})


def test_one_that_was_silent_for_long_is_asked(
    engine: Engine, pings: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, now = number(engine), time.monotonic()
    monkeypatch.setattr(liveness, "time", SimpleNamespace(monotonic=lambda: now + liveness.SILENT + 1))
    assert number(engine) == first, "it answered"
    assert len(pings) == 1
