"""The same slip or link from two browsers in the same second: one of them comes in."""

from collections.abc import Iterator
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.audit import AuditEntry
from app.extensions import db
from app.people.actions import ways_in
from app.people.models import AccountSession, WayIn
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.cast import Cast, make_cast
from tests.people.entry import ANSWERS, slip_for

PASSWORDS = ("seven green bicycles", "eight brown umbrellas")


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    with committed(app):
        cast = make_cast()
        db.session.commit()
        yield cast


def test_one_slip_opens_one_browser(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    minted = slip_for(cast.ewa, cast.adam)
    db.session.commit()
    place = Meeting()
    meet_at_call(monkeypatch, ways_in, "go_in", place)  # both have found it good
    path = f"/enter/{minted.token}"
    give = [
        partial(app.test_client().post, path, data=ANSWERS | {"new_password": each, "repeated": each})
        for each in PASSWORDS
    ]
    answers = together(*give)
    assert sorted(answer.status_code for answer in answers) in ([302, 409], [302, 410]), [a.text for a in answers]
    assert db.session.scalar(sa.select(sa.func.count(AccountSession.id))) == 1
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "password.chosen")) == 1
    won = PASSWORDS[[answer.status_code for answer in answers].index(302)]
    lost = next(each for each in PASSWORDS if each != won)
    enter = [
        app.test_client().post("/sign-in", data={"email": "ewa@example.org", "password": each}) for each in (lost, won)
    ]
    assert [answer.status_code for answer in enter] == [422, 302]
    assert db.session.scalars(sa.select(WayIn)).one().used_at is not None
