"""Rows that nobody works on: begun again, or given up."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from app.core.jobs.models import TRIES, Job, JobState, changed_one, is_free, update_of
from app.core.jobs.work import say_given_up
from app.extensions import db


def due(now: datetime) -> list[int]:
    """Rows that nobody works on: the carrier lost them, or their worker died."""
    waiting = sa.select(Job.id).where(is_free(now), Job.tries < TRIES)
    return list(db.session.scalars(waiting.order_by(Job.id).limit(100)))


def bury(now: datetime) -> None:
    """Jobs whose worker died at the last try: it may be the job that kills, so there is no further one.

    Each by itself: what cannot be told of one is tried again at the next beat, and holds up no other work.
    """
    is_killer = sa.and_(is_free(now), Job.tries >= TRIES)
    for job_id in db.session.scalars(sa.select(Job.id).where(is_killer)).all():
        try:
            with db.session.begin_nested():
                _bury(job_id, is_killer, now)
        except Exception as error:  # noqa: BLE001  # it is the feature's own, and may be anything
            structlog.get_logger().error("job.not_buried", job=job_id, exc_info=error)


def _bury(job_id: int, is_killer: sa.ColumnElement[bool], now: datetime) -> None:
    # Asked again: a worker that was only slow may have ended it, or renewed its lease, in between.
    dead = update_of(sa.and_(Job.id == job_id, is_killer), state=JobState.FAILED, finished_at=now, failure="WorkerDied")
    if changed_one(dead):
        structlog.get_logger().error("job.buried", job=job_id)
        say_given_up(job_id)
