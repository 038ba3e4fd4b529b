"""Work that is done later: a row in `job` is the truth, Huey only carries its id (libraries.md part 2).

The row is written in the transaction of the data it belongs to; the id is handed over after the commit. A worker
claims the row with a lease; the sweep enqueues rows whose lease is over, so the carrier may lose anything.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, current_app
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.carrier import carrier
from app.core.database import writing
from app.extensions import Base, db

LEASE = timedelta(minutes=10)
TRIES = 3


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


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

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(60))
    until: Mapped[datetime]


Work = Callable[..., None]


def bind_jobs(app: Flask, functions: dict[str, Work]) -> None:
    """`functions` by name, as the features declare them; after each commit the new rows are handed to the carrier."""

    def run_with_app(job_id: int) -> None:
        with app.app_context(), writing():
            run(job_id)

    app.extensions["job_functions"] = functions
    app.extensions["carrier"] = carrier(app.config["REZONANS"], run_with_app)
    if not sa.event.contains(db.session, "after_commit", _hand_over):
        sa.event.listen(db.session, "after_commit", _hand_over)
        sa.event.listen(db.session, "after_rollback", _forget)


def _hand_over(session: Session) -> None:
    """Best effort: what the carrier loses, the sweep finds."""
    if session.in_nested_transaction() or current_app.config["TESTING"]:
        return
    for job_id in session.info.pop("jobs_to_carry", ()):
        current_app.extensions["carrier"].carry(job_id)


def _forget(session: Session) -> None:
    session.info.pop("jobs_to_carry", None)


def run(job_id: int) -> None:
    """Claim the row, do the work, say how it ended. Runs at the edge: it commits."""
    mine = claim(job_id, clock.now())
    db.session.commit()
    job = db.session.get(Job, job_id)
    if not mine or job is None:
        return
    try:
        current_app.extensions["job_functions"][job.name](**job.ids)
    except Exception as error:  # noqa: BLE001 (whatever it is, the row must say so and the sweep must try again)
        db.session.rollback()
        _fail(job_id, error)
    else:
        job.state, job.finished_at = JobState.DONE, clock.now()
        db.session.commit()


def _fail(job_id: int, error: Exception) -> None:
    """The sweep tries again, later each time, until the tries are used up."""
    structlog.get_logger().error("job.failed", job=job_id, exc_info=error)
    job = db.session.get_one(Job, job_id)
    job.failure = type(error).__name__
    job.state = JobState.WAITING if job.tries < TRIES else JobState.FAILED
    job.leased_until = clock.now() + LEASE * job.tries
    db.session.commit()


def enqueue(name: str, **ids: int) -> Job:
    """Write the row; it is carried to the worker after the commit."""
    now = clock.now()
    job = Job(name=name, ids=ids, state=JobState.WAITING, created_at=now, leased_until=now)
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("jobs_to_carry", []).append(job.id)
    return job


def claim(job_id: int, now: datetime) -> bool:
    """Mine, or somebody else's: one conditional update decides."""
    taken = (
        sa.update(Job)
        .where(Job.id == job_id, Job.state.in_([JobState.WAITING, JobState.RUNNING]), Job.leased_until <= now)
        .values(state=JobState.RUNNING, leased_until=now + LEASE, tries=Job.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(taken).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def due(now: datetime) -> list[int]:
    """Rows that nobody works on: the carrier lost them, or their worker died."""
    waiting = sa.select(Job.id).where(Job.state.in_([JobState.WAITING, JobState.RUNNING]), Job.leased_until <= now)
    return list(db.session.scalars(waiting.order_by(Job.id).limit(100)))


def take_lease(name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """True while this holder is the one. Somebody else may take it only when it has run out."""
    free = sa.or_(Lease.holder == holder, Lease.until < now)
    renewed = sa.update(Lease).where(Lease.name == name, free).values(holder=holder, until=now + length)
    if db.session.execute(renewed).rowcount == 1:  # type: ignore[attr-defined]
        return True
    if db.session.get(Lease, name) is not None:
        return False
    db.session.add(Lease(name=name, holder=holder, until=now + length))
    db.session.flush()
    return True
