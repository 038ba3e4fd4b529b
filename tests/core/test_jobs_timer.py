"""The one timer: its lease, lost jobs, and what the schedule says."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask

from app.core import clock, timer
from app.core.jobs import Job, JobState, enqueue
from app.core.timer import Scheduled, bind_schedule, enqueue_scheduled, is_ticking, release_lease, take_lease, tick
from app.extensions import db
from app.schedule import TABLE

NIGHT = Scheduled("people.refresh_tree", hour=0, minute=5)
WARSAW = ZoneInfo("Europe/Warsaw")


class Queue:
    def __init__(self) -> None:
        self.carried: list[int] = []
        self.waiting = 0

    def carry(self, job_id: int) -> None:
        self.carried.append(job_id)

    def pending_count(self) -> int:
        return self.waiting


@pytest.fixture
def queue(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    monkeypatch.setitem(app.extensions, "carrier", queue)
    monkeypatch.setitem(app.extensions, "schedule", ())
    return queue


def test_one_holds_the_lease_until_it_runs_out(database: None) -> None:
    now, length = clock.now(), timedelta(seconds=20)
    assert take_lease("test", "one", now, length)
    assert not take_lease("test", "two", now + timedelta(seconds=19), length)
    assert take_lease("test", "one", now + timedelta(seconds=19), length)
    assert take_lease("test", "two", now + timedelta(seconds=40), length)
    assert not take_lease("test", "one", now + timedelta(seconds=41), length)


def test_a_lease_that_is_given_back_is_free_at_once(database: None) -> None:
    now, length = clock.now(), timedelta(seconds=20)
    assert take_lease("test", "one", now, length)
    release_lease("test", "two")
    assert not take_lease("test", "two", now, length)
    release_lease("test", "one")
    assert take_lease("test", "two", now, length)


def test_the_lease_is_the_heartbeat(queue: Queue) -> None:
    assert not is_ticking(clock.now())
    assert tick("one")
    assert is_ticking(clock.now())
    assert not is_ticking(clock.now() + timedelta(minutes=1))


def test_lost_jobs_are_carried_again_by_the_timer_alone(queue: Queue) -> None:
    job = enqueue("people.refresh_tree")
    db.session.commit()
    assert tick("one")
    assert queue.carried == [job.id]
    assert not tick("two")
    assert queue.carried == [job.id]


def test_busy_workers_are_not_piled_up_with_more(queue: Queue) -> None:
    enqueue("people.refresh_tree")
    db.session.commit()
    queue.waiting = 1
    assert tick("one")
    assert queue.carried == []


@pytest.mark.parametrize("broken_off_by", ["an error of its own", "a refused statement"])
def test_one_job_that_cannot_be_buried_holds_up_nothing(
    queue: Queue, app: Flask, monkeypatch: pytest.MonkeyPatch, broken_off_by: str
) -> None:
    told: list[int] = []

    def hear(number: int) -> None:
        told.append(number)
        if number == 1:
            enqueue("people.refresh_tree")  # goes with its burial, of which nothing stays
            if broken_off_by == "a refused statement":
                db.session.execute(sa.text("SELECT nothing FROM nowhere"))
            raise ZeroDivisionError

    monkeypatch.setitem(app.extensions["job_given_up"], "test.dead", hear)
    monkeypatch.setitem(app.extensions, "schedule", (NIGHT,))
    past = clock.now() - timedelta(minutes=1)
    dead = [
        Job(name="test.dead", ids={"number": number}, state=JobState.RUNNING, tries=3, created_at=past,
            leased_until=past)
        for number in (1, 2)
    ]  # fmt: skip
    db.session.add_all(dead)
    db.session.commit()
    with structlog.testing.capture_logs() as logs:
        assert tick("one")
    db.session.rollback()
    assert is_ticking(clock.now())
    assert told == [1, 2]
    assert [job.state for job in dead] == [JobState.RUNNING, JobState.FAILED], "the first is tried again"
    begun_at_night = db.session.scalars(sa.select(Job.id).where(Job.name == NIGHT.job)).all()
    assert queue.carried == list(begun_at_night)
    assert len(begun_at_night) == 1
    assert [each["job"] for each in logs if each["event"] == "job.not_buried"] == [dead[0].id]


def begun(days_ago: float, name: str = NIGHT.job) -> None:
    at = clock.now() - timedelta(days=days_ago)
    db.session.add(Job(name=name, ids={}, state=JobState.DONE, created_at=at, leased_until=at, finished_at=at))
    db.session.flush()


def test_what_was_missed_for_days_is_begun_once(queue: Queue, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "schedule", (NIGHT,))
    begun(5)
    now = clock.now()
    assert enqueue_scheduled(now) == [NIGHT.job]
    assert enqueue_scheduled(now) == []
    assert enqueue_scheduled(now + timedelta(days=1, hours=1)) == [NIGHT.job]


def test_an_hour_is_the_companys_hour_in_summer_and_in_winter() -> None:
    winter, summer = datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 7, 10, 12, tzinfo=UTC)
    assert NIGHT.next_after(winter, WARSAW) == datetime(2026, 1, 10, 23, 5, tzinfo=UTC)
    assert NIGHT.next_after(summer, WARSAW) == datetime(2026, 7, 10, 22, 5, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_not_lost() -> None:
    skipped = Scheduled("x", hour=2, minute=30)
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    first = skipped.next_after(before, WARSAW)
    assert first < datetime(2026, 3, 30, 1, tzinfo=UTC)
    assert skipped.next_after(first, WARSAW) > first


def test_every_job_of_the_schedule_exists_and_can_be_done(app: Flask, database: None) -> None:
    for each in TABLE:
        app.extensions["job_functions"][each.job]()


def test_a_schedule_that_names_an_unknown_job_is_refused(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="no-such"):
        bind_schedule(app, [Scheduled("no-such", hour=1, minute=1)])


def test_the_table_is_printed_and_a_job_is_done_by_hand(app: Flask, database: None) -> None:
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["jobs", "list"]).output
    assert all(each.job in listed for each in TABLE)
    assert "never" in listed
    done: Any = runner.invoke(args=["jobs", "run", "people.refresh_tree"])
    assert (done.exit_code, done.output) == (0, "people.refresh_tree is done.\n")
    assert db.session.scalars(sa.select(Job.state)).all() == [JobState.DONE]
    wrong = runner.invoke(args=["jobs", "run", "nonsense"])
    assert wrong.exit_code == 1
    assert "There is no job “nonsense”" in wrong.output


def test_the_timer_waits_for_a_better_beat(app: Flask, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_holder: str) -> bool:
        raise ConnectionError

    monkeypatch.setattr(timer, "tick", broken)
    timer._beat(app, "one")
    assert not is_ticking(clock.now())
