"""Work that is done later: claims, leases, tries, and what happens when a worker is not alone."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, jobs
from app.core.cleaning import forget_done_jobs
from app.core.database import writing
from app.core.jobs import (
    LEASE,
    LONGEST_PAUSE,
    MOST_PUT_OFFS,
    PAUSE,
    TRIES,
    ForGood,
    Job,
    JobState,
    Later,
    Lease,
    claimed,
    due,
    enqueue,
    run,
)
from app.core.jobs.queue import hand_over
from app.extensions import db

Work = Callable[..., None]


class Desk:
    """A kind of job for one test: what it does, what was asked of it, and who heard that it was given up."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.given_up: list[int] = []
        self.work: Callable[[int], None] = lambda number: None

    def do(self, number: int) -> None:
        self.seen.append(number)
        self.work(number)

    def hear_given_up(self, number: int) -> None:
        self.given_up.append(number)

    def add(self, number: int = 1) -> Job:
        job = enqueue("test.desk", number=number)
        db.session.commit()
        return job


@pytest.fixture
def desk(app: Flask, database: None) -> Iterator[Desk]:
    desk = Desk()
    app.extensions["job_functions"]["test.desk"] = desk.do
    app.extensions["job_given_up"]["test.desk"] = desk.hear_given_up
    yield desk
    del app.extensions["job_functions"]["test.desk"], app.extensions["job_given_up"]["test.desk"]
    jobs.stopping.clear()


def bring_lease_to_an_end(job: Job) -> None:
    job.leased_until = clock.now() - timedelta(seconds=1)
    db.session.commit()


def fail(_number: int) -> None:
    raise ValueError("no")


def test_a_job_is_done_once(desk: Desk) -> None:
    job = desk.add(7)
    run(job.id)
    run(job.id)
    assert desk.seen == [7]
    assert (job.state, job.tries) == (JobState.DONE, 1)


def test_what_the_work_wrote_and_that_it_is_done_are_one_commit(desk: Desk) -> None:
    desk.work = lambda _: db.session.add(Lease(name="mark", holder="x", until=clock.now()))
    run(desk.add().id)
    db.session.rollback()
    assert db.session.get(Lease, "mark") is not None


def test_a_row_that_is_rolled_back_leaves_no_job(desk: Desk) -> None:
    enqueue("test.desk", number=1)
    db.session.rollback()
    assert not db.session.scalars(sa.select(Job)).all()
    assert "jobs_to_carry" not in db.session.info


def test_only_one_of_two_claims_holds(desk: Desk) -> None:
    job, now = desk.add(), clock.now()
    first = claimed(job.id, now)
    assert first is not None
    assert claimed(job.id, now) is None
    assert claimed(job.id, now + LEASE) is not None  # the first worker is thought dead


def test_failed_work_is_undone_and_tried_again_later(desk: Desk) -> None:
    def half(_number: int) -> None:
        db.session.add(Lease(name="half", holder="x", until=clock.now()))
        db.session.flush()
        raise ValueError

    desk.work = half
    job = desk.add()
    run(job.id)
    assert (job.state, job.failure) == (JobState.WAITING, "ValueError")
    assert db.session.get(Lease, "half") is None
    assert job.leased_until > clock.now() + PAUSE - timedelta(seconds=5)
    assert job.id not in due(clock.now())
    assert job.id in due(clock.now() + PAUSE)


def test_after_the_last_try_it_is_given_up_and_somebody_hears_of_it(desk: Desk) -> None:
    desk.work = fail
    job = desk.add(5)
    for _ in range(TRIES + 2):
        run(job.id)
        bring_lease_to_an_end(job)
    assert desk.seen == [5] * TRIES
    assert job.state is JobState.FAILED
    assert desk.given_up == [5]


def put_off(_number: int) -> None:
    raise Later("nobody there")


def test_what_is_put_off_waits_longer_and_longer_and_no_try_is_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.work, job = put_off, desk.add(5)
    now = start = job.leased_until
    waited: list[timedelta] = []
    while job.state is JobState.WAITING and len(waited) < 99:
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert due(now) == [job.id]
        run(job.id)
        assert due(now) == [], "not before its time, and however long that is"
        waited.append(job.leased_until - now)
        now = job.leased_until
        assert job.failure == "Later: nobody there"
        assert job.tries == (0 if job.state is JobState.WAITING else 1)
    assert waited[:3] == [PAUSE, 2 * PAUSE, 4 * PAUSE]
    assert max(waited) == LONGEST_PAUSE
    assert timedelta(hours=22) < now - start < timedelta(hours=24)
    assert (len(desk.seen), job.state, desk.given_up) == (MOST_PUT_OFFS + 1, JobState.FAILED, [5])


def test_what_was_put_off_has_its_turn_when_somebody_hurries_it(desk: Desk) -> None:
    desk.work = put_off
    job, fresh = desk.add(), desk.add()
    for _ in range(8):
        bring_lease_to_an_end(job)
        run(job.id)
    fresh.leased_until = clock.now() + LEASE
    assert due(clock.now()) == []
    jobs.hurry()
    db.session.commit()
    assert due(clock.now()) == [job.id]


def test_a_last_word_is_believed_at_once(desk: Desk) -> None:
    def refuse(_number: int) -> None:
        raise ForGood("never")

    desk.work = refuse
    job = desk.add(5)
    run(job.id)
    assert (job.state, job.failure, desk.given_up) == (JobState.FAILED, "ForGood: never", [5])


def test_a_job_that_kills_its_worker_is_buried(desk: Desk) -> None:
    job = desk.add(6)
    for _ in range(TRIES):
        assert claimed(job.id, clock.now()) is not None  # and no more is heard of the worker
        db.session.commit()
        bring_lease_to_an_end(job)
    assert claimed(job.id, clock.now()) is None
    jobs.bury(clock.now())
    db.session.commit()
    assert (job.state, job.failure) == (JobState.FAILED, "WorkerDied")
    assert desk.given_up == [6]
    jobs.bury(clock.now())
    assert desk.given_up == [6]


def test_a_worker_that_lost_its_lease_writes_nothing_more(desk: Desk) -> None:
    job = desk.add()

    def slow(_number: int) -> None:
        db.session.add(Lease(name="late", holder="x", until=clock.now()))
        taken_over = sa.update(Job).where(Job.id == job.id).values(tries=Job.tries + 1)
        with db.session.begin_nested():
            db.session.execute(taken_over)
        jobs.in_steps([1])

    desk.work = slow
    run(job.id)
    assert db.session.get(Lease, "late") is None
    assert job.state is not JobState.DONE


def test_a_worker_that_is_asked_to_stop_gives_the_job_back(desk: Desk) -> None:
    steps: list[int] = []

    def long_work(_number: int) -> None:
        jobs.in_steps(_noted(steps))

    desk.work = long_work
    jobs.stopping.set()
    job = desk.add()
    run(job.id)
    assert steps == [0]
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    assert job.id in due(clock.now())
    jobs.stopping.clear()
    run(job.id)
    assert job.state is JobState.DONE


def _noted(steps: list[int]) -> Iterator[None]:
    for number in range(3):
        steps.append(number)
        yield


def test_work_at_a_command_raises_and_is_not_tried_again(desk: Desk) -> None:
    desk.work = fail
    with writing(), pytest.raises(ValueError, match="no"):
        jobs.run_now("test.desk", number=3)
    job = db.session.scalars(sa.select(Job)).one()
    assert job.state is JobState.FAILED
    assert desk.given_up == [3]


def test_a_job_held_by_a_request_goes_to_a_worker_when_the_request_dies(desk: Desk) -> None:
    claim = jobs.hold("test.desk", number=1)
    db.session.commit()
    assert claim.job_id not in due(clock.now())
    assert claim.job_id in due(clock.now() + LEASE)


def test_done_jobs_are_forgotten_after_a_month_and_failed_ones_are_kept(desk: Desk) -> None:
    old, young, failed = desk.add(), desk.add(), desk.add()
    for job, days, state in ((old, 31, JobState.DONE), (young, 29, JobState.DONE), (failed, 99, JobState.FAILED)):
        job.state, job.finished_at = state, clock.now() - timedelta(days=days)
    db.session.commit()
    ids = {young.id, failed.id}
    forget_done_jobs()
    assert set(db.session.scalars(sa.select(Job.id))) == ids


def test_a_carrier_that_fails_undoes_nothing(desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def carry(self, _job_id: int) -> None:
            raise ConnectionError

    monkeypatch.setitem(app.extensions, "carrier", Broken())
    monkeypatch.setitem(app.config, "TESTING", False)
    job = enqueue("test.desk", number=1)
    db.session.commit()
    hand_over(db.session())
    assert job.state is JobState.WAITING
