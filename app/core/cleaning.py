"""What the house itself clears away by night."""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock, retention
from app.core.database import wipe_log
from app.core.jobs import Job, JobState
from app.extensions import db


def forget_done_jobs() -> None:
    """Of the schedule's own jobs the last run is younger than that, so the timer still knows when it was."""
    old = sa.delete(Job).where(done_before(retention.limit("jobs", clock.now())))
    db.session.execute(old.execution_options(synchronize_session=False))


def done_before(moment: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == JobState.DONE, Job.finished_at < moment)


def wipe_database_log() -> None:
    wipe_log(db.engine.engine)  # tests put a connection in its place


JOBS = {"jobs.forget_done": forget_done_jobs, "database.wipe_log": wipe_database_log}
