"""Writing rows of work, in the transaction of the data they belong to, and handing their ids over after its commit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock
from app.core.jobs.models import LEASE, Claim, Job, JobState, update_of
from app.extensions import db


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


def hurry() -> None:
    """What was put off has its turn at once: whoever mends something sees whether it helped."""
    waiting = sa.and_(Job.state == JobState.WAITING, Job.put_offs > 0)
    db.session.execute(update_of(waiting, leased_until=clock.now()))


def begin(name: str, *, at_once: bool, **ids: int) -> Claim | None:
    """Small work is held, to be performed by this very process after its commit; large work goes to the worker."""
    if at_once:
        return hold(name, **ids)
    enqueue(name, **ids)
    return None


def _add(name: str, ids: dict[str, Any], state: JobState, leased_until: datetime, tries: int = 0) -> Job:
    job = Job(name=name, ids=ids, state=state, created_at=clock.now(), leased_until=leased_until, tries=tries)
    db.session.add(job)
    db.session.flush()
    return job


def hand_over(session: Session) -> None:
    """Best effort, after the data is safe: what the carrier loses or refuses, the timer finds."""
    if session.in_nested_transaction() or current_app.config["TESTING"]:
        return
    for job_id in session.info.pop("jobs_to_carry", ()):
        carry(job_id)


def forget(session: Session) -> None:
    session.info.pop("jobs_to_carry", None)


def carry(job_id: int) -> None:
    try:
        current_app.extensions["carrier"].carry(job_id)
    except Exception as error:  # noqa: BLE001  # each storage has errors of its own, and none may undo what is done
        structlog.get_logger().warning("job.not_carried", job=job_id, reason=type(error).__name__)
