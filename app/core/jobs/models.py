"""The row that is the truth about a piece of work, and the hold of one process on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import rows_changed
from app.extensions import Base

LEASE = timedelta(seconds=45)
TRIES = 3
PAUSE = timedelta(seconds=15)  # before the second try; the third waits longer
# What is put off waits twice as long each time, from PAUSE up to an hour, and for 23 hours altogether.
LONGEST_PAUSE, MOST_PUT_OFFS = timedelta(hours=1), 30
FARTHEST = LEASE + LONGEST_PAUSE  # no lease reaches further, unless the clock was ahead and has been set right


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
    put_offs: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    leased_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(sa.String(200))


class Lease(Base):
    """Whose turn it is: of the timer until a moment, of a job as long as its own lease lasts (`take_turn`)."""

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
        return update_of(self.holds(), leased_until=now + LEASE)


def is_free(now: datetime) -> sa.ColumnElement[bool]:
    """Nobody's lease, or one of a time that is not yet: nobody waits a year for it."""
    return sa.and_(Job.state.in_(OPEN), sa.or_(Job.leased_until <= now, Job.leased_until > now + FARTHEST))


def update_of(which: sa.ColumnElement[bool], **values: Any) -> sa.Update:
    return sa.update(Job).where(which).values(**values).execution_options(synchronize_session=False)


def changed_one(update: sa.Update) -> bool:
    return rows_changed(update) == 1
