"""Chunks are as long as their time allows."""

from collections.abc import Iterator

import pytest

from app.core import pace
from app.core.pace import AIM, FEWEST, MOST, Pace


@pytest.fixture
def watch(database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What a clock shows that is looked at twice for each chunk."""
    times: list[float] = []
    monkeypatch.setattr(pace, "perf_counter", lambda: times.pop(0))
    return times


def after(watch: list[float], given: Pace, *seconds: float) -> int:
    for each in seconds:
        watch += [0.0, each]
        with given.chunk():
            pass
    return given.rows


def test_a_slow_chunk_makes_the_next_one_short_at_once_and_a_quick_one_longer_by_and_by(watch: list[float]) -> None:
    assert after(watch, Pace(1000), AIM) == 1000
    assert after(watch, Pace(1000), 2 * AIM) == 500
    assert after(watch, Pace(2000), 100 * AIM) == 400
    assert after(watch, Pace(1000), AIM / 2) == 1500
    assert after(watch, Pace(1000), 0) == 1500


def test_there_is_a_least_and_a_most(watch: list[float]) -> None:
    assert after(watch, Pace(1000), *[9.0] * 9) == FEWEST
    assert after(watch, Pace(1000), *[0.0] * 20) == MOST
