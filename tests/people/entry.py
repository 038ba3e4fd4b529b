"""Slips and links as people hold them, for the tests of coming in."""

import re
from email.message import EmailMessage

import sqlalchemy as sa

from app.core import clock
from app.core.jobs import Job, JobState, run
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.ways_in import keep_slips
from app.people.credentials.slip_codes import Minted
from app.people.models import Account, Unit
from app.people.queries.entry import Newcomer
from app.people.wording.slips import stack_of
from tests.factories import make_account, make_employee, make_grant
from tests.mailbox import text_of

PASSWORD = "eleven purple umbrellas"
ANSWERS = {"new_password": PASSWORD, "repeated": PASSWORD, "language": "pl", "time_zone": ""}


def make_newcomer(unit: Unit, number: str, *, name: str = "", email: str | None = None) -> Account:
    employee = make_employee(unit, name=name or f"Nowy {number}")
    employee.number, employee.email = number, email
    account = Account(name=employee.name, email=email, employee=employee, created_at=clock.now())
    db.session.add(account)
    db.session.flush()
    return account


def make_regional(unit: Unit) -> Account:
    """Holds everything on a part of the tree."""
    regional = make_account("regional@example.org")
    make_grant(regional, Role.ADMINISTRATOR, unit)
    return regional


def slip_for(account: Account, by: Account) -> Minted:
    stack = stack_of([Newcomer(account, 0, "Unit", "")], clock.now())
    keep_slips(stack.slips, clock.now(), actor_id=by.id)
    db.session.flush()
    return stack.slips[0].minted


def run_jobs() -> list[JobState]:
    """Everything that waits, once; how each ended."""
    waiting = sa.select(Job.id).where(Job.state == JobState.WAITING).order_by(Job.id)
    ids = db.session.scalars(waiting).all()
    for job_id in ids:
        db.session.execute(sa.update(Job).where(Job.id == job_id).values(leased_until=clock.now()))
        db.session.commit()
        run(job_id)
    return [db.session.get_one(Job, job_id).state for job_id in ids]


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/enter/\S+)", text_of(letter))
    assert found, text_of(letter)
    return found.group(1)
