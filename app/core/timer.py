"""The one timer: whoever holds the lease `timer` carries lost jobs again and begins what the schedule says.

APScheduler only ticks. Whether something is due is read from the `job` table, so that a night spent switched off is
caught up in the morning, once, and two timers never begin the same thing.
"""

import os
import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError

from app.core import clock, company_time
from app.core.database import rows_changed, writing
from app.core.jobs import Job, Lease, bury, carry, due, enqueue, stopping
from app.extensions import db

TIMER = "timer"
TICK_SECONDS = 5
LENGTH = timedelta(seconds=20)
SLACK = timedelta(seconds=40)  # a lease that reaches further than this beyond its length is of a clock that was ahead
WORKERS = 2
PATIENCE_SECONDS = 4.0


@dataclass(frozen=True)
class Scheduled:
    """A job that begins by itself, once a day, at this time of the company's clock."""

    job: str
    hour: int
    minute: int

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        trigger = CronTrigger(hour=self.hour, minute=self.minute, timezone=zone)
        found: datetime = trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
        return found.astimezone(UTC)


def bind_schedule(app: Flask, table: Sequence[Scheduled]) -> None:
    unknown = {each.job for each in table} - app.extensions["job_functions"].keys()
    if unknown:
        raise RuntimeError(f"The schedule names jobs that no feature declares: {sorted(unknown)}")
    app.extensions["schedule"] = tuple(table)


def schedule() -> tuple[Scheduled, ...]:
    table: tuple[Scheduled, ...] = current_app.extensions["schedule"]
    return table


def last_runs(now: datetime) -> dict[str, datetime]:
    """When each job of the schedule was last begun. A clock that was ahead has begun none yet."""
    names = [each.job for each in schedule()]
    begun = sa.select(Job.name, sa.func.max(Job.created_at)).where(
        Job.name.in_(names), Job.created_at <= now + clock.SLACK
    )
    return {name: at for name, at in db.session.execute(begun.group_by(Job.name))}


def enqueue_scheduled(now: datetime) -> list[str]:
    """Begin what is due; what was missed several times is begun once."""
    last, zone = last_runs(now), company_time.zone()
    ready = [each.job for each in schedule() if each.job not in last or each.next_after(last[each.job], zone) <= now]
    for name in ready:
        enqueue(name)
    return ready


def take_lease(name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """True while this holder is the one. Somebody else may take it only when it has run out."""
    free = sa.or_(Lease.holder == holder, Lease.until < now, Lease.until > now + length + SLACK)
    renewed = sa.update(Lease).where(Lease.name == name, free).values(holder=holder, until=now + length)
    if rows_changed(renewed) == 1:
        return True
    try:
        with db.session.begin_nested():
            db.session.execute(sa.insert(Lease).values(name=name, holder=holder, until=now + length))
    except IntegrityError:
        return False  # somebody holds it, or was quicker
    return True


def release_lease(name: str, holder: str) -> None:
    db.session.execute(sa.delete(Lease).where(Lease.name == name, Lease.holder == holder))


def is_ticking(now: datetime) -> bool:
    """Is there a process that does the work? Its lease is its heartbeat."""
    until = db.session.scalar(sa.select(Lease.until).where(Lease.name == TIMER))
    return until is not None and now < until <= now + LENGTH + SLACK


def tick(holder: str) -> bool:
    """One beat. True while this process is the timer."""
    with writing():
        now = clock.now()
        mine = take_lease(TIMER, holder, now, LENGTH)
        if mine:
            bury(now)
            enqueue_scheduled(now)
        db.session.commit()
    if mine and _carrier().pending_count() == 0:  # else the workers are busy, and carrying again would only pile up
        for job_id in due(clock.now()):
            carry(job_id)
        db.session.rollback()
    return mine


def _carrier() -> Any:
    return current_app.extensions["carrier"]


def serve(app: Flask) -> None:
    """The timer and the workers, until the process is asked to stop."""
    holder = f"{socket.gethostname()[:40]}:{os.getpid()}"
    stop = Event()
    consumer = app.extensions["carrier"].create_consumer(
        workers=WORKERS, periodic=False, initial_delay=0.05, max_delay=0.5, backoff=1.2
    )
    consumer.start()
    for number in (signal.SIGTERM, signal.SIGINT):  # after the consumer, which has handlers of its own
        signal.signal(number, lambda *_: stop.set())
    beats = _ticking(app, holder)
    while not stop.wait(10):
        consumer.check_worker_health()
    _stop(app, holder, beats, consumer)


def _ticking(app: Flask, holder: str) -> BackgroundScheduler:
    beats = BackgroundScheduler(timezone=UTC)
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    beats.add_job(_beat, "interval", (app, holder), seconds=TICK_SECONDS, next_run_time=clock.now(), **options)
    beats.start()
    return beats


def _beat(app: Flask, holder: str) -> None:
    with app.app_context():
        try:
            tick(holder)
        except Exception as error:  # noqa: BLE001  # the next beat may go better: a database restarts, a disk is cleared
            structlog.get_logger().error("timer.missed_a_beat", exc_info=error)


def _stop(app: Flask, holder: str, beats: BackgroundScheduler, consumer: Any) -> None:
    """Work that cannot reach its next step in time is left to its lease."""
    stopping.set()
    beats.shutdown(wait=False)
    consumer.shutdown_timeout = PATIENCE_SECONDS
    consumer.stop(graceful=True)
    with app.app_context(), writing():
        release_lease(TIMER, holder)
        db.session.commit()
