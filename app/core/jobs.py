"""Work that is done later: a row in `job` is the truth, Huey only carries its id (libraries.md part 2).

The row is written in the transaction of the data it belongs to; the id is handed over after the commit. A worker
claims the row with a lease and renews it while it works; the timer carries rows again whose lease is over, so the
carrier may lose anything and a worker may die at any line. What the work wrote last and that it is done are one commit.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, current_app
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.carrier import Carrier
from app.core.database import writing
from app.core.renewal import renewed
from app.extensions import Base, db

LEASE = timedelta(seconds=45)
TRIES = 3
PAUSE = timedelta(seconds=15)  # before the second try; the third waits longer
FARTHEST = LEASE + PAUSE * TRIES**2  # no lease reaches further, unless the clock was ahead and has been set right


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (JobState.WAITING, JobState.RUNNING)


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (sa.Index("ix_job_state_leased_until", "state", "leased_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    ids: Mapped[dict[str, Any]]  # ids only: a job row never holds a person's words
    state: Mapped[JobState]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    leased_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(sa.String(200))


class Lease(Base):
    """Who may be the one timer: a name, a holder, and until when."""

    __tablename__ = "lease"
    __table_args__ = {"info": {"backup": False}}  # of processes that run now

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(60))
    until: Mapped[datetime]


@dataclass(frozen=True)
class Claim:
    """This process's hold on a job: void as soon as somebody else has begun another try."""

    job_id: int
    tries: int

    def holds(self) -> sa.ColumnElement[bool]:
        return sa.and_(Job.id == self.job_id, Job.tries == self.tries, Job.state == JobState.RUNNING)

    def renewal(self, now: datetime) -> sa.Update:
        return _update(self.holds(), leased_until=now + LEASE)


class LeaseLost(Exception):
    """Another worker has the job by now; whatever this one has not committed must not be."""


class Interrupted(Exception):
    """The worker is asked to stop; the job goes back and is begun again elsewhere."""


Work = Callable[..., None]
stopping = Event()
_current: ContextVar[Claim | None] = ContextVar("current_job", default=None)


def bind_jobs(app: Flask, functions: dict[str, Work], given_up: dict[str, Work] | None = None) -> None:
    """`functions` by name, as the features declare them, and what to do when one of them has failed for good.

    After each commit the new rows are handed to the carrier.
    """

    def run_with_app(job_id: int) -> None:
        with app.app_context():
            run(job_id)

    app.extensions["job_functions"] = functions
    app.extensions["job_given_up"] = given_up or {}
    app.extensions["carrier"] = Carrier(app.config["REZONANS"], run_with_app)
    if not sa.event.contains(db.session, "after_commit", _hand_over):
        sa.event.listen(db.session, "after_commit", _hand_over)
        sa.event.listen(db.session, "after_rollback", _forget)


def _hand_over(session: Session) -> None:
    """Best effort, after the data is safe: what the carrier loses or refuses, the timer finds."""
    if session.in_nested_transaction() or current_app.config["TESTING"]:
        return
    for job_id in session.info.pop("jobs_to_carry", ()):
        carry(job_id)


def _forget(session: Session) -> None:
    session.info.pop("jobs_to_carry", None)


def carry(job_id: int) -> None:
    try:
        current_app.extensions["carrier"].carry(job_id)
    except Exception as error:  # noqa: BLE001  # each storage has errors of its own, and none may undo what is done
        structlog.get_logger().warning("job.not_carried", job=job_id, reason=type(error).__name__)


def enqueue(name: str, **ids: int) -> Job:
    """Write the row; it is carried to the worker after the commit."""
    job = _add(name, ids, JobState.WAITING, clock.now())
    db.session.info.setdefault("jobs_to_carry", []).append(job.id)
    return job


def enqueue_many(name: str, all_ids: Sequence[dict[str, int]]) -> None:
    """As `enqueue`, for hundreds at once: one statement, whatever their number."""
    now = clock.now()
    rows = [
        {"name": name, "ids": ids, "state": JobState.WAITING, "created_at": now, "leased_until": now, "tries": 0}
        for ids in all_ids
    ]
    if rows:
        made = db.session.scalars(sa.insert(Job).returning(Job.id), rows).all()
        db.session.info.setdefault("jobs_to_carry", []).extend(made)


def hold(name: str, **ids: int) -> Claim:
    """Write the row as claimed by this process: commit, then `perform`. If this one dies, a worker takes over."""
    return Claim(_add(name, ids, JobState.RUNNING, clock.now() + LEASE, tries=1).id, 1)


def run_now(name: str, **ids: int) -> None:
    """Commit, and do it here and once, for somebody who waits at a command: an error is raised, not tried again."""
    claim = hold(name, **ids)
    db.session.commit()
    perform(claim, once=True)


def _add(name: str, ids: dict[str, Any], state: JobState, leased_until: datetime, tries: int = 0) -> Job:
    job = Job(name=name, ids=ids, state=state, created_at=clock.now(), leased_until=leased_until, tries=tries)
    db.session.add(job)
    db.session.flush()
    return job


def run(job_id: int) -> None:
    """Claim the row, and do the work if nobody else does."""
    with writing():
        claim = claimed(job_id, clock.now())
        db.session.commit()
    if claim is not None:
        perform(claim)


def claimed(job_id: int, now: datetime) -> Claim | None:
    """Mine, or somebody else's: one conditional update decides."""
    free = sa.and_(Job.id == job_id, _is_free(now), Job.tries < TRIES)
    taken = _update(free, state=JobState.RUNNING, leased_until=now + LEASE, tries=Job.tries + 1)
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
    except (LeaseLost, Interrupted) as error:
        db.session.rollback()
        _give_back(claim, error)
    except Exception as error:
        db.session.rollback()
        _fail(claim, error, for_good=once)
        if once:
            raise
    finally:
        _current.reset(token)


def _finish(claim: Claim) -> None:
    done = _update(claim.holds(), state=JobState.DONE, finished_at=clock.now(), failure=None)
    if not _changed_one(done):
        raise LeaseLost
    db.session.commit()


def _give_back(claim: Claim, error: Exception) -> None:
    """Stopped, not failed: this try does not count. Of a lost job there is nothing to give back."""
    structlog.get_logger().warning("job.stopped", job=claim.job_id, reason=type(error).__name__)
    with writing():
        db.session.execute(
            _update(claim.holds(), state=JobState.WAITING, leased_until=clock.now(), tries=Job.tries - 1)
        )
        db.session.commit()


def _fail(claim: Claim, error: Exception, *, for_good: bool) -> None:
    """The timer tries again, later each time, until the tries are used up."""
    structlog.get_logger().error("job.failed", job=claim.job_id, exc_info=error)
    for_good = for_good or claim.tries >= TRIES
    now = clock.now()
    with writing():
        ended = _update(
            claim.holds(),
            state=JobState.FAILED if for_good else JobState.WAITING,
            leased_until=now + PAUSE * claim.tries**2,
            finished_at=now if for_good else None,
            failure=type(error).__name__,
        )
        if _changed_one(ended) and for_good:
            _say_given_up(claim.job_id)
        db.session.commit()


def _say_given_up(job_id: int) -> None:
    job = db.session.get_one(Job, job_id)
    tell = current_app.extensions["job_given_up"].get(job.name)
    if tell is not None:
        tell(**job.ids)


def in_steps(steps: Iterable[object]) -> None:
    """The edge of long work: commit at each yield, as long as the job is still ours."""
    for _ in steps:
        _keep()
        db.session.commit()


def _keep() -> None:
    claim = _current.get()
    if claim is None:
        return
    if not _changed_one(claim.renewal(clock.now())):
        raise LeaseLost
    if stopping.is_set():
        raise Interrupted


def due(now: datetime) -> list[int]:
    """Rows that nobody works on: the carrier lost them, or their worker died."""
    waiting = sa.select(Job.id).where(_is_free(now), Job.tries < TRIES)
    return list(db.session.scalars(waiting.order_by(Job.id).limit(100)))


def bury(now: datetime) -> None:
    """Jobs whose worker died at the last try: it may be the job that kills, so there is no further one."""
    killers = sa.select(Job.id).where(_is_free(now), Job.tries >= TRIES)
    for job_id in db.session.scalars(killers).all():
        dead = _update(Job.id == job_id, state=JobState.FAILED, finished_at=now, failure="WorkerDied")
        if _changed_one(dead):
            structlog.get_logger().error("job.buried", job=job_id)
            _say_given_up(job_id)


def _is_free(now: datetime) -> sa.ColumnElement[bool]:
    """Nobody's lease, or one of a time that is not yet: nobody waits a year for it."""
    return sa.and_(Job.state.in_(OPEN), sa.or_(Job.leased_until <= now, Job.leased_until > now + FARTHEST))


def _update(which: sa.ColumnElement[bool], **values: Any) -> sa.Update:
    return sa.update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def _changed_one(update: sa.Update) -> bool:
    return db.session.execute(update).rowcount == 1  # type: ignore[attr-defined, no-any-return]
