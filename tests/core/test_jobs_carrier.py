"""What travels to the worker is a number, and nothing that arrives is run as code."""

import pickle
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError

from app.core.carrier import carrier
from config import Config

REDIS = "redis://127.0.0.1:6379/9"


def make(folder: Path, seen: list[int], redis_url: str = ""):  # type: ignore[no-untyped-def]
    config = Config(
        database_url="sqlite://", data=folder, keys=folder, secret_key="k" * 43, redis_url=redis_url, testing=True
    )
    return carrier(config, seen.append)


def test_a_job_travels_as_its_number(tmp_path: Path) -> None:
    seen: list[int] = []
    huey = make(tmp_path, seen)
    huey.carry(17)
    assert [bytes(message) for message in huey.storage.enqueued_items()] == [b"17"]
    huey.execute(huey.dequeue())
    assert seen == [17]
    assert huey.pending_count() == 0


def test_it_travels_over_redis_too(tmp_path: Path) -> None:
    seen: list[int] = []
    huey = make(tmp_path, seen, REDIS)
    try:
        huey.storage.flush_queue()
    except ConnectionError:
        pytest.skip("there is no Redis on this machine")
    huey.carry(18)
    assert huey.pending_count() == 1
    huey.execute(huey.dequeue())
    assert seen == [18]
    huey.storage.conn.connection_pool.disconnect()


def test_a_planted_pickle_is_not_loaded(tmp_path: Path) -> None:
    huey = make(tmp_path, [])
    huey.storage.enqueue(pickle.dumps(Path))
    with pytest.raises(ValueError, match="invalid literal"):
        huey.dequeue()
