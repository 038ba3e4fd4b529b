"""Two administrators erase the same person in the same second, or one erases whom another lets come back."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import company_time
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Assignment, Employee
from app.privacy.actions.replaying import list_path
from app.privacy.models import Erasure
from app.privacy.views import erasure as views
from tests.at_once import Meeting, committed, meet_at_call, signed_in, together
from tests.cast import make_cast
from tests.factories import LONG_AGO, make_account, make_employee, make_grant
from tests.people.test_acts_at_once import Office


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with committed(app):
        cast = make_cast()
        other = make_account("berta@example.org")
        make_grant(other, Role.ADMINISTRATOR, cast.company)
        db.session.commit()
        yield Office(cast, [signed_in(app, cast.adam), signed_in(app, other)])
        list_path().unlink(missing_ok=True)


@pytest.fixture
def gone(office: Office) -> Employee:
    person = make_employee(name="Zofia Kwiatkowska")
    db.session.add(Assignment(employee=person, unit=office.cast.n1, starts_on=LONG_AGO, ends_on=company_time.today()))
    person.ends_on = company_time.today()
    make_account("zofia@example.org", person)
    db.session.commit()
    return person


def erasures() -> int:
    return db.session.scalar(sa.select(sa.func.count(Erasure.id))) or 0


def test_she_is_erased_once(office: Office, gone: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_at_call(monkeypatch, views, "erase", Meeting())  # both have found that she may be erased
    path = f"/admin/privacy/employees/{gone.id}/erasure"
    answers = office.both(path, {"reason": "she asked"}, {"reason": "she asked"})
    assert sorted(status for status, _ in answers) == [302, 409], answers
    assert any("erased already" in text for _, text in answers)
    assert erasures() == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "person.erased")) == 1


def test_who_comes_back_is_not_erased(office: Office, gone: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever comes first; the other is refused, and nobody works here without a name."""
    back = f"/people/employees/{gone.id}/changes/return"
    wish = office.seen(back, {"unit": "N1", "day": company_time.today().isoformat(), "job": "", "manager": ""})
    meet_at_call(monkeypatch, views, "erase", Meeting())
    posts: list[Any] = [
        partial(office.clients[0].post, f"{back}/confirmation", data=wish),
        partial(office.clients[1].post, f"/admin/privacy/employees/{gone.id}/erasure", data={"reason": "a rule"}),
    ]
    answers = together(*posts)
    came, erased = (answer.status_code for answer in answers)
    # Who is erased before she comes back is found by nobody any more.
    assert (came, erased) in {(302, 409), (409, 302), (404, 302)}, [answer.text for answer in answers]
    db.session.rollback()
    person = db.session.get_one(Employee, gone.id, populate_existing=True)
    assert (person.ends_on is None) is (erasures() == 0)
