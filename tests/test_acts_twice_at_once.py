"""Any act, twice in the same second, from two browsers: both stop before their first write, and then go on.

Whatever each found before, the second is refused with a sentence or changes nothing; neither meets a fault. A short run
tries some acts, a long one all.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from random import Random
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, company_time
from app.core.permissions import Permission, Role
from app.extensions import db
from app.people.actions.calendar import DayWish, Shifts, add_own_day, set_shifts
from app.people.actions.roster import Bringing
from app.people.actions.service_accounts import make_service_account
from app.people.actions.sessions import open_session
from app.people.actions.tokens import Wish, make_token
from app.people.models import AccountSession, Grant
from tests.at_once import committed, signed_in, together
from tests.cast import Cast, make_cast
from tests.factories import make_account, make_deputy, make_factor, make_grant
from tests.forked import WRITES

BY = Bringing(None, clock.now(), clock.now().date())
Act = tuple[str, dict[str, Any]]
PATIENCE = 0.3
DAY = "2026-12-24"


@contextmanager
def meeting_before_the_first_write() -> Iterator[None]:
    place, seen = Barrier(2), local()

    def wait(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES) and not hasattr(seen, "waited"):
            seen.waited = True
            try:
                place.wait(PATIENCE)
            except BrokenBarrierError:
                return

    sa.event.listen(db.engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", wait)


def grant_of(cast: Cast) -> Grant:
    return db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.marek.id)).one()


def of_a_session(cast: Cast) -> Act:
    open_session(cast.ewa, "phone", clock.now())
    found = db.session.scalars(sa.select(AccountSession.id).where(AccountSession.account_id == cast.ewa.id)).one()
    return f"/admin/accounts/{cast.ewa.id}/sessions/{found}/closure", {}


def of_a_factor(cast: Cast) -> Act:
    make_factor(cast.ewa)
    return f"/people/accounts/{cast.ewa.id}/second-factor/removal", {"reason": "lost phone"}


def of_a_deputy(cast: Cast) -> Act:
    row = make_deputy(grant_of(cast), cast.ewa)
    return f"/people/deputies/{row.id}/end", {}


def of_a_program(cast: Cast) -> Act:
    program = make_service_account("Payroll", now=clock.now(), actor_id=None)
    make_token(program, Wish("nightly", [Permission.UNIT_READ], 30), now=clock.now(), actor_id=None)
    return f"/admin/service-accounts/{program.id}/closure", {}


def of_an_own_day(cast: Cast) -> Act:
    row = add_own_day(cast.n1, DayWish(date.fromisoformat(DAY), "Eve", is_worked=False), BY)
    return f"/people/own-days/{row.id}/removal", {}


def of_a_week(cast: Cast) -> Act:
    row = set_shifts(cast.n1, Shifts("4-4", False), date.fromisoformat(DAY), BY)
    return f"/people/weeks/{row.id}/removal", {}


def naming(cast: Cast) -> Act:
    today = company_time.today().isoformat()
    typed = {"roles": [grant_of(cast).id], "first_day": today, "last_day": today, "reason": "Away"}
    return f"/people/accounts/{cast.marek.id}/deputies/new?deputy={cast.ewa.id}", typed


ACTS: dict[str, Callable[[Cast], Act]] = {
    "settings": lambda _cast: ("/admin/settings", {
        "company_name": "Firm", "languages": ["en"], "time_zone": "Europe/Warsaw", "reporting_threshold": "7",
    }),
    "mail": lambda _cast: ("/admin/mail", {
        "host": "mail.example.org", "port": "587", "security": "starttls", "user": "", "sender": "a@example.org",
    }),
    "a legal text": lambda _cast: ("/admin/legal/imprint", {"en": "Us", "pl": "My", "ru": "Мы"}),
    "an own day": lambda cast: (f"/people/units/{cast.n1.id}/own-days", {"day": DAY, "name": "Eve"}),
    "a week": lambda cast: (f"/people/units/{cast.n1.id}/weeks", {"starts_on": DAY, "weekdays": ["0", "1"]}),
    "shifts": lambda cast: (f"/people/units/{cast.n1.id}/shifts", {"first_on": DAY, "turns": "4-4"}),
    "shifts of one person": lambda cast: (
        f"/people/employees/{cast.ewa.employee_id}/shifts",
        {"first_on": DAY, "turns": "4-4"},
    ),
    "the end of an own day": of_an_own_day,
    "the end of a week": of_a_week,
    "a language": lambda _cast: ("/settings/language", {"language": "pl", "next": "/"}),
    "a program": lambda _cast: ("/admin/service-accounts/new", {"name": "Payroll"}),
    "the end of a program": of_a_program,
    "the end of a session": of_a_session,
    "the end of a factor": of_a_factor,
    "the end of a deputyship": of_a_deputy,
    "a deputy": naming,
    "the end of an account": lambda cast: (f"/admin/accounts/{cast.ewa.id}/closure", {}),
    "factor duty": lambda _cast: ("/admin/second-factor", {"roles": ["hr"]}),
}  # fmt: skip


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    with committed(app):
        cast = make_cast()
        make_grant(make_account("berta@example.org"), Role.ADMINISTRATOR, cast.company)
        db.session.commit()
        yield cast


@pytest.mark.parametrize("name", ACTS if os.environ.get("REZONANS_LONG") else Random(20261122).sample(list(ACTS), 6))
def test_neither_meets_a_fault(app: Flask, cast: Cast, name: str) -> None:
    path, typed = ACTS[name](cast)
    db.session.commit()
    clients = [signed_in(app, cast.adam), signed_in(app, cast.adam)]
    with meeting_before_the_first_write():
        answers = together(*(partial(client.post, path, data=typed) for client in clients))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] in (302, 303), [(a.status_code, a.text[-600:]) for a in answers]
    assert statuses[1] in (302, 303, 404, 409, 422), statuses
