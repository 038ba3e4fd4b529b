"""What becomes of work that failed: another try after a pause, or none."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog

from app.core.jobs.models import LONGEST_PAUSE, MOST_PUT_OFFS, PAUSE, TRIES, Claim, Job, JobState
from app.extensions import db


class Later(Exception):
    """Somebody else is not there just now: tried again for most of a day, after longer and longer pauses.

    No try is counted: those are for work that fails, or kills, by itself. What this is told is kept with the row, so
    it names nobody.
    """


class ForGood(Exception):
    """There is no use in a second try. What this is told is kept with the row, so it names nobody."""


def again_after(claim: Claim, error: Exception, now: datetime) -> dict[str, Any] | None:
    """How the row is to be for another try; None: there is none."""
    if isinstance(error, Later):
        return _put_off(claim, now)
    if isinstance(error, ForGood) or claim.tries >= TRIES:
        return None
    return {"state": JobState.WAITING, "leased_until": now + PAUSE * claim.tries**2}


def _put_off(claim: Claim, now: datetime) -> dict[str, Any] | None:
    so_far = db.session.scalars(sa.select(Job.put_offs).where(Job.id == claim.job_id)).one()
    if so_far >= MOST_PUT_OFFS:
        return None
    until = now + min(PAUSE * 2**so_far, LONGEST_PAUSE)
    return {"state": JobState.WAITING, "leased_until": until, "put_offs": so_far + 1, "tries": claim.tries - 1}


def reason_of(error: Exception) -> str:
    """Of other errors only the kind: their words may hold somebody's name."""
    kind = type(error).__name__
    return f"{kind}: {error}" if isinstance(error, Later | ForGood) else kind


def say_failed(claim: Claim, error: Exception) -> None:
    """That somebody else is not there, or says no, is no fault of ours that a trace could show."""
    if isinstance(error, Later | ForGood):
        structlog.get_logger().warning("job.not_done", job=claim.job_id, reason=reason_of(error))
    else:
        structlog.get_logger().error("job.failed", job=claim.job_id, exc_info=error)
