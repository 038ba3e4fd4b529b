"""What goes by itself, by the rules of retention."""

from collections.abc import Iterator
from datetime import datetime

import structlog

from app.core import clock, company_time, retention
from app.core.audit import forget_values
from app.core.errors import Refused
from app.core.jobs import in_steps
from app.extensions import db
from app.people.models import Employee
from app.privacy.actions.erasing import erase
from app.privacy.actions.finishing import JOB, enqueue_left_over, finish
from app.privacy.actions.replaying import keep_list
from app.privacy.queries.due import leavers_before, values_before
from app.privacy.queries.subjects import of_employee

BATCH = 1000
RULE = "retention"


def forget() -> None:
    """By night: who left long ago is erased, and old values go from the log."""
    now = clock.now()
    in_steps(_erase_leavers(now))
    in_steps(_forget_old_values(now))
    in_steps(_take_up_left_over(now))
    keep_list()


def _take_up_left_over(now: datetime) -> Iterator[None]:
    enqueue_left_over(now)
    yield  # `keep_list` waits for a file: whoever waits there must hold nothing of the database


def finish_erasure(erasure_id: int) -> None:
    in_steps(finish(erasure_id, clock.now()))


def _erase_leavers(now: datetime) -> Iterator[None]:
    before = retention.limit_if_any("leavers", now)
    for employee_id in db.session.scalars(leavers_before(company_time.day_of(before))).all() if before else ():
        try:
            subject = of_employee(db.session.get_one(Employee, employee_id))
            yield from erase(subject, actor_id=None, reason=RULE, now=now)
        except Refused:
            structlog.get_logger().warning("privacy.not_erased", employee=employee_id)
            continue
        yield


def _forget_old_values(now: datetime) -> Iterator[None]:
    before = retention.limit_if_any("audit_values", now)
    while before and (found := db.session.scalars(values_before(before).limit(BATCH)).all()):
        forget_values(found)
        yield


JOBS = {"privacy.forget": forget, JOB: finish_erasure}
