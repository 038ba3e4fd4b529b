"""The first page, sent twice at the same moment: one installation comes of it, and nobody is answered with a fault."""

from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import installation
from app.core.audit import AuditEntry
from app.core.installation import Installation, InstallationKind
from app.demo import actions as demo
from app.extensions import db
from app.home import actions
from app.people.models import Account, Grant, Unit
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.home.test_first_run import COMPANY

DONE, TOO_LATE = HTTPStatus.FOUND, (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@pytest.fixture
def empty(app: Flask) -> Iterator[None]:
    with committed(app):
        yield


def sent(app: Flask, email: str) -> int:
    answer = app.test_client().post("/first-run/company", data={**COMPANY, "email": email})
    return answer.status_code


def demo_tried(app: Flask) -> int:
    return app.test_client().post("/first-run/demo").status_code


def count(what: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(what)) or 0


def test_a_company_set_up_twice_at_once_is_one(app: Flask, empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_at_call(monkeypatch, actions, "set_up_company", Meeting())
    emails = ("anna@sklep.example", "ola@sklep.example", "anna@sklep.example")
    codes = together(*(partial(sent, app, email) for email in emails))
    assert codes.count(DONE) == 1
    assert all(code in TOO_LATE for code in codes if code != DONE)
    assert [count(table) for table in (Installation, Unit, Account, Grant)] == [1, 1, 1, 1]
    assert count_of("account.created") == 1


def count_of(action: str) -> int:
    return db.session.scalar(sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == action)) or 0


def test_the_demo_never_empties_a_company_that_is_set_up_at_the_same_moment(
    app: Flask, empty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is second: the demo begins with emptying the place."""
    monkeypatch.setattr(demo, "_bring", lambda: iter(()))  # the story itself is not at stake
    look: Callable[[], dict[str, int]] = demo.counts
    place = Meeting()

    def look_slowly() -> dict[str, int]:
        found = look()
        place.wait()  # the company is written and committed here, if nothing holds it back
        place.wait()
        return found

    def set_up() -> int:
        place.wait()
        code = sent(app, "anna@sklep.example")
        place.wait()
        return code

    monkeypatch.setattr(demo, "counts", look_slowly)
    tried, company = together(partial(demo_tried, app), set_up)
    assert sorted([tried == DONE, company == DONE]) == [False, True]
    assert (company if tried == DONE else tried) in TOO_LATE
    kind = InstallationKind.DEMO if tried == DONE else InstallationKind.COMPANY
    assert installation.kind() is kind
    assert count(Account) == (0 if tried == DONE else 1)
