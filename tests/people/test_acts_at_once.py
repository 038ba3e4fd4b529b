"""The same act on somebody's work from two browsers in the same second: it is done once, and the other hears why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core import company_time
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Assignment, Employee, Leave
from app.people.views import employment as views
from tests.at_once import Meeting, committed, meet_at_call, signed_in, together
from tests.cast import Cast, make_cast
from tests.factories import make_account, make_employee, make_grant
from tests.people.confirming import on_leave

DAY = timedelta(days=1)
NEW = {"name": "Nela New", "email": "nela@example.org", "number": "N-1", "unit": "N1", "job": "", "manager": ""}


@dataclass
class Office:
    cast: Cast
    clients: list[FlaskClient]

    def seen(self, path: str, typed: dict[str, str]) -> dict[str, str]:
        page = self.clients[0].post(path, data=typed)
        assert page.status_code == 200, page.text
        found = re.search(r'name="seen" value="([0-9a-f]+)"', page.text)
        assert found
        return typed | {"seen": found[1]}

    def both(self, path: str, *typed: dict[str, str]) -> list[tuple[int, str]]:
        answers = together(
            *(partial(client.post, path, data=each) for client, each in zip(self.clients, typed, strict=True))
        )
        return [(answer.status_code, answer.text) for answer in answers]

    def act(self, employee_id: int, deed: str, *wishes: dict[str, str]) -> list[tuple[int, str]]:
        path = f"/people/employees/{employee_id}/changes/{deed}"
        return self.both(f"{path}/confirmation", *(self.seen(path, wish) for wish in wishes))


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with committed(app):
        cast = make_cast()
        other = make_account("berta@example.org")
        make_grant(other, Role.HR, cast.company)
        db.session.commit()
        yield Office(cast, [signed_in(app, cast.hanna), signed_in(app, other)])


@pytest.fixture
def place(office: Office, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Where the act is drawn from how things stand."""
    place = Meeting()
    meet_at_call(monkeypatch, views, "_carry_out", place)
    return place


def one_won(answers: list[tuple[int, str]], words: str) -> None:
    assert sorted(status for status, _ in answers) == [302, 409], answers
    (refused,) = [text for status, text in answers if status == 409]
    assert words in refused


def work_of(employee_id: int) -> list[tuple[object, ...]]:
    columns = sa.select(Assignment.unit_id, Assignment.starts_on, Assignment.ends_on)
    mine = columns.where(Assignment.employee_id == employee_id).order_by(Assignment.starts_on)
    return [tuple(row) for row in db.session.execute(mine)]


def told(action: str) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == action)) or 0


def today_and(days: int = 0) -> str:
    return (company_time.today() + days * DAY).isoformat()


def test_somebody_joins_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_at_call(monkeypatch, views, "_write", Meeting())  # both have found that nobody has this number
    wish = office.seen("/people/employees/new", NEW | {"day": today_and()})
    one_won(office.both("/people/employees/additions", wish, wish), "belongs to somebody else")
    assert db.session.scalar(sa.select(sa.func.count()).where(Employee.name == "Nela New")) == 1
    assert told("employee.added") == 1


@pytest.mark.parametrize(("other", "words"), [("S1", "how it stands already"), ("N2", "another entry begins")])
def test_somebody_moves_once(office: Office, place: Meeting, other: str, words: str) -> None:
    ewa = office.cast.ewa.employee_id
    wishes = ({"unit": unit, "day": today_and(), "job": "", "manager": ""} for unit in ("S1", other))
    one_won(office.act(ewa, "move", *wishes), words)
    assert not place.happened, "both looked at her work before one of them had changed it"
    assert len(work_of(ewa)) == 2
    assert told("assignment.changed") == 2, "one ends, one begins"


def test_somebody_leaves_once(office: Office, place: Meeting) -> None:
    ewa = office.cast.ewa.employee_id
    one_won(office.act(ewa, "last-day", *({"last_on": today_and(days)} for days in (5, 9))), "in the meantime")
    assert not place.happened
    ((_, _, end),) = work_of(ewa)
    assert end is not None


def test_a_leave_is_written_down_once(office: Office, place: Meeting) -> None:
    ewa = office.cast.ewa.employee_id
    wish = {"starts_on": today_and(3), "last_on": "", "kind": "other"}
    one_won(office.act(ewa, "leave", wish, wish), "on leave on one of these days already")
    assert not place.happened
    assert told("leave.recorded") == 1


def test_a_leave_is_ended_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_at_call(monkeypatch, views.employment, "end_leave", Meeting())
    for since, action in ((company_time.today() - 9 * DAY, "leave.ended"), (company_time.today(), "leave.withdrawn")):
        leave = on_leave(office.cast.ewa, since)
        db.session.commit()
        answers = office.both(f"/people/leaves/{leave.id}/end", {}, {})
        assert sorted(status for status, _ in answers) in ([302, 404], [302, 409]), answers
        assert told(action) == 1
    assert db.session.scalar(sa.select(sa.func.count(Leave.id))) == 1


def test_somebody_comes_back_once(office: Office, place: Meeting) -> None:
    person = make_employee(name="Gone")
    long_ago = company_time.today() - 99 * DAY
    db.session.add(Assignment(employee=person, unit=office.cast.n1, starts_on=person.starts_on, ends_on=long_ago))
    person.ends_on = long_ago
    db.session.commit()
    wish = {"unit": "N1", "day": today_and(), "job": "", "manager": ""}
    one_won(office.act(person.id, "return", wish, wish | {"unit": "N2"}), "works here on that day")
    assert not place.happened
    assert len(work_of(person.id)) == 2


def test_two_people_do_not_get_one_address(office: Office, place: Meeting) -> None:
    path = "/people/employees/{}/changes/details"
    typed = [
        {"name": each.display_name, "email": "one@example.org"} for each in (office.cast.ewa, office.cast.stranger)
    ]
    paths = [path.format(each.employee_id) for each in (office.cast.ewa, office.cast.stranger)]
    wishes = [office.seen(where, each) for where, each in zip(paths, typed, strict=True)]
    steps = zip(office.clients, paths, wishes, strict=True)
    answers = together(*(partial(client.post, f"{where}/confirmation", data=wish) for client, where, wish in steps))
    one_won([(answer.status_code, answer.text) for answer in answers], "belongs to somebody else")
    assert not place.happened


@pytest.mark.parametrize("what", ["entry", "last day"])
def test_what_was_planned_is_withdrawn_once(office: Office, what: str) -> None:
    ewa, day = office.cast.ewa.employee_id, company_time.today() + 9 * DAY
    (entry,) = db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == ewa)).all()
    entry.ends_on = day
    if what == "entry":
        later = Assignment(employee_id=ewa, unit=office.cast.s1, starts_on=day)
        db.session.add(later)
        db.session.flush()
        path = f"/people/employees/{ewa}/entries/{later.id}/withdrawal"
    else:
        db.session.get_one(Employee, ewa).ends_on = day
        path = f"/people/employees/{ewa}/last-day/withdrawal"
    db.session.commit()
    answers = office.both(path, {}, {})
    assert sorted(status for status, _ in answers) in ([302, 404], [302, 409]), answers
    assert [(unit, end) for unit, _, end in work_of(ewa)] == [(office.cast.n1.id, None)]
