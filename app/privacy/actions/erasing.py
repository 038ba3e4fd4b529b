"""Erasing a person: names, addresses, numbers and texts go; sums, counts, history and the log's facts stay."""

import hashlib
import hmac
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import audit, clock, company_time, jobs
from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.core.keys import of_erasures
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions.taking import files_of_people, take_files_of_people
from app.people.models import Account, Grant
from app.privacy.actions import sweeping
from app.privacy.actions.finishing import leave_to_job
from app.privacy.actions.naming import struck
from app.privacy.actions.striking import Struck, strike
from app.privacy.models import Erasure
from app.privacy.queries.due import is_to_come_back
from app.privacy.queries.subjects import Subject, erasure_of

NOTHING = Struck(0, 0)


@dataclass
class Swept:
    """What an erasure took away, or would take: shown before, told afterwards."""

    rows: int = 0
    values: int = 0
    texts: int = 0
    files: Sequence[str] = field(default_factory=tuple)  # digests; a job removes them after the commit


Steps = Generator[None, None, Swept]


def erase(subject: Subject, *, actor_id: int | None, reason: str, now: datetime) -> Steps:
    """For good: the edge commits at each step and at the end. What is left then is a job's (`finishing`)."""
    refuse_untimely(subject, actor_id)
    before = yield from strike(subject, sweeping.known_as(subject))
    one_at_a_time()  # of two who erase the same person, or one who lets them come back, the second sees the first
    db.session.flush()
    db.session.expire_all()
    refuse_untimely(subject, actor_id, before)
    row = Erasure(
        account_id=subject.account_id,
        employee_id=subject.employee_id,
        erased_at=now,
        erased_by_id=actor_id,
        reason=struck(reason, sweeping.known_as(subject)),
        traces=traces_of(subject),
    )
    db.session.add(row)
    swept = sweep(subject, row, before)
    audit.record("person.erased", subject.kind, subject.row_id, actor_id=actor_id)
    return swept


def sweep(subject: Subject, erasure: Erasure, before: Struck) -> Swept:
    """What is the person's own, once the name is struck; `replay` does it again after a restore.

    The caller has its turn (`one_at_a_time`).
    """
    swept = Swept(files=take_files_of_people(), texts=before.texts)
    db.session.flush()
    leave_to_job(erasure, sweeping.known_as(subject), swept.files, clock.now())
    swept.values = before.values + audit.forget_values(sweeping.values_of(subject))
    swept.rows = sweeping.empty_rows(subject)
    db.session.flush()
    db.session.expire_all()
    jobs.enqueue("database.wipe_log")  # what was deleted stands in SQLite's log until that is emptied
    return swept


def preview(subject: Subject) -> Swept:
    """How much it would be; nothing is touched."""
    known = sweeping.known_as(subject)
    return Swept(
        sweeping.count_rows(subject),
        len(sweeping.values_about(subject, known)),
        sweeping.count_texts(known),
        files_of_people(),
    )


def why_not(subject: Subject, actor_id: int | None) -> LazyString | None:
    """Why nobody can erase this person now, and what would change that; None where it may be done."""
    if erasure_of(subject) is not None:
        return _l("This person is erased already.")
    if subject.account_id is not None and subject.account_id == actor_id:
        return _l("Nobody erases themselves; another administrator can do it.")
    if subject.account is not None and _is_last_administrator(subject.account):
        return _l("This is the last administrator; make somebody else administrator first.")
    if not _has_gone(subject):
        return _l("This person still works here or can still sign in; erasing comes after the last day, or once "
                  "the account is closed.")  # fmt: skip
    if subject.employee is not None and is_to_come_back(subject.employee.id):
        return _l("This person is to work here again; withdraw that entry first.")
    return None


def refuse_untimely(subject: Subject, actor_id: int | None, before: Struck = NOTHING) -> None:
    """`before`: what was struck while it could still be done."""
    if (reason := why_not(subject, actor_id)) is not None:
        kept = _("The name is struck from texts already; nothing else was changed.")
        kept = kept if any(before) else _("Nothing was changed.")
        raise Refused(f"{reason} {kept}")


def _has_gone(subject: Subject) -> bool:
    if subject.employee is not None:
        return subject.employee.has_left_by(company_time.today())
    return subject.account is not None and subject.account.disabled_at is not None


def _is_last_administrator(account: Account) -> bool:
    """Nobody else who can sign in holds the role on the whole company."""
    held = sa.select(Account).join(Grant, Grant.account_id == Account.id)
    held = held.where(Grant.role == Role.ADMINISTRATOR, Grant.holding_on(company_time.today()))
    holders = db.session.scalars(held.options(sa.orm.joinedload(Account.employee))).unique().all()
    return account in holders and not any(each.is_active and each.id != account.id for each in holders)


def traces_of(subject: Subject) -> dict[str, Any]:
    """By which the same person is known again after a restore, and by nobody without the key."""
    return all_traces_of(subject)[0]


def all_traces_of(subject: Subject) -> list[dict[str, Any]]:
    """Under the key of today, and under each by which somebody was erased before."""
    account, employee = subject.account, subject.employee
    told = {
        "account": [account.email, account.created_at.isoformat()] if account else [],
        "employee": [employee.email, employee.number] if employee else [],
    }
    return [
        {kind: [_trace(key, kind, each) for each in words if each] for kind, words in told.items()}
        for key in of_erasures()
    ]


def _trace(key: bytes, kind: str, word: str) -> str:
    return hmac.digest(key, f"{kind}\0{word}".encode(), hashlib.sha256).hex()
