"""Letters that wait for the mail server, and those that were given up: counted, never named."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.jobs import OPEN, Job, JobState
from app.core.mail import OF_ONE_MAILBOX, Delayed, Reason, Rejected
from app.extensions import db

TOLD_FOR = timedelta(days=30)
ONE_MAILBOX = [f"{Rejected.__name__}: {reason}" for reason in OF_ONE_MAILBOX]


class Letters(NamedTuple):
    """Of one kind, with one reason."""

    job: str
    reason: Reason
    number: int
    at: datetime  # of those that wait the oldest, of those that were given up the newest
    next_at: datetime


def waiting_letters() -> Sequence[Letters]:
    """Tried at least once."""
    return _letters(Job.state.in_(OPEN), sa.func.min(Job.created_at))


def failed_letters(now: datetime) -> Sequence[Letters]:
    lately = sa.and_(Job.state == JobState.FAILED, Job.finished_at > now - TOLD_FOR)
    return _letters(lately, sa.func.max(Job.finished_at))


def _letters(which: sa.ColumnElement[bool], at: sa.ColumnElement[Any]) -> Sequence[Letters]:
    kinds = [f"{kind.__name__}: {reason}" for kind in (Delayed, Rejected) for reason in Reason]
    reasons = sa.select(Job.name, Job.failure, sa.func.count(), at, sa.func.min(Job.leased_until))
    found = reasons.where(which, Job.failure.in_(kinds)).group_by(Job.name, Job.failure).order_by(Job.name, Job.failure)
    rows = db.session.execute(found).all()
    return [Letters(name, _reason(failure), number, *times) for name, failure, number, *times in rows]


def _reason(failure: str | None) -> Reason:
    return Reason(str(failure).rpartition(": ")[2])
