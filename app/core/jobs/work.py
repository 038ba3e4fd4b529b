"""Doing the work of a row: claimed with a lease, renewed meanwhile, and ended in one commit with what it wrote last."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import sqlalchemy as sa
import structlog
from flask import current_app

from app.core import clock
from app.core.database import writing
from app.core.jobs.failing import again_after, reason_of, say_failed
from app.core.jobs.models import LEASE, TRIES, Claim, Job, JobState, Lease, changed_one, is_free, update_of
from app.core.jobs.queue import hold
from app.core.renewal import renewed
from app.extensions import db

stopping = Event()
_current: ContextVar[Claim | None] = ContextVar("current_job", default=None)


class LeaseLost(Exception):
    """Another worker has the job by now; whatever this one has not committed must not be."""


class Interrupted(Exception):
    """The worker is asked to stop; the job goes back and is begun again elsewhere."""


class NotYet(Exception):
    """It cannot be done now, and through no fault of its own: it waits, however long, and no try is counted."""


def run_now(name: str, **ids: int) -> None:
    """Commit, and do it here and once, for somebody who waits at a command: an error is raised, not tried again."""
    claim = hold(name, **ids)
    db.session.commit()
    perform(claim, once=True)


def run(job_id: int) -> None:
    """Claim the row, and do the work if nobody else does."""
    with writing():
        claim = claimed(job_id, clock.now())
        db.session.commit()
    if claim is not None:
        perform(claim)


def claimed(job_id: int, now: datetime) -> Claim | None:
    """Mine, or somebody else's: one conditional update decides."""
    free = sa.and_(Job.id == job_id, is_free(now), Job.tries < TRIES)
    taken = update_of(free, state=JobState.RUNNING, leased_until=now + LEASE, tries=Job.tries + 1)
    tries = db.session.scalar(taken.returning(Job.tries))
    return None if tries is None else Claim(job_id, tries)


def perform(claim: Claim, *, once: bool = False) -> None:
    """Do the work and say how it ended. Runs at the edge: it commits."""
    job = db.session.get_one(Job, claim.job_id)
    work, ids = current_app.extensions["job_functions"][job.name], dict(job.ids)
    db.session.rollback()  # the work begins its own transaction
    token = _current.set(claim)
    try:
        with writing(), renewed(db.engine, claim.renewal):
            work(**ids)
            _finish(claim)
    except (LeaseLost, Interrupted, NotYet) as error:
        db.session.rollback()
        _give_back(claim, error)
    except Exception as error:
        db.session.rollback()
        say_failed(claim, error)
        _fail(claim, error, for_good=once)
        if once:
            raise
    finally:
        _current.reset(token)


def _finish(claim: Claim) -> None:
    done = update_of(claim.holds(), state=JobState.DONE, finished_at=clock.now(), failure=None)
    if not changed_one(done):
        raise LeaseLost
    db.session.commit()


def _give_back(claim: Claim, error: Exception) -> None:
    """Stopped, not failed: this try does not count. Of a lost job there is nothing to give back."""
    structlog.get_logger().warning("job.stopped", job=claim.job_id, reason=type(error).__name__)
    again_at = clock.now() + (LEASE if isinstance(error, NotYet) else timedelta())
    with writing():
        db.session.execute(update_of(claim.holds(), state=JobState.WAITING, leased_until=again_at, tries=Job.tries - 1))
        db.session.commit()


def _fail(claim: Claim, error: Exception, *, for_good: bool) -> None:
    """The timer tries again, later each time, until the tries are used up, or the put-offs."""
    with writing():
        again = None if for_good else again_after(claim, error, clock.now())
        ended = again or {"state": JobState.FAILED, "finished_at": clock.now()}
        if changed_one(update_of(claim.holds(), failure=reason_of(error), **ended)) and again is None:
            say_given_up(claim.job_id)
        db.session.commit()


def say_given_up(job_id: int) -> None:
    job = db.session.get_one(Job, job_id)
    tell = current_app.extensions["job_given_up"].get(job.name)
    if tell is not None:
        tell(**job.ids)


def in_steps(steps: Iterable[object]) -> Any:
    """The edge of long work: commit at each yield, as long as the job is still ours. Returns what the steps return."""
    begun = iter(steps)
    while True:
        try:
            next(begun)
        except StopIteration as ended:
            return ended.value
        _keep()
        db.session.commit()


def take_turn(what: str) -> None:
    """Of several jobs that would go on with the same thing only one does; the others are put off. Raises NotYet.

    Ask while a row is held that all of them hold here, so that one asks after the other. A job whose lease is over has
    lost its turn with it.
    """
    claim = _current.get()
    if claim is None:  # not a job
        return
    mine, there = str(claim.job_id), db.session.get(Lease, what, populate_existing=True)
    if there is None:
        db.session.add(Lease(name=what, holder=mine, until=clock.now()))
    elif there.holder != mine:
        lives = sa.and_(Job.state == JobState.RUNNING, Job.leased_until > clock.now())
        if db.session.scalar(sa.select(Job.id).where(Job.id == int(there.holder), lives)) is not None:
            raise NotYet
        there.holder, there.until = mine, clock.now()


def end_turn(what: str) -> None:
    db.session.execute(sa.delete(Lease).where(Lease.name == what))


def _keep() -> None:
    claim = _current.get()
    if claim is None:
        return
    if not changed_one(claim.renewal(clock.now())):
        raise LeaseLost
    if stopping.is_set():
        raise Interrupted
