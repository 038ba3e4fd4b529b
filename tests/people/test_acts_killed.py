"""A process is killed with SIGKILL in the middle of an act on people, roles or the chart: nothing of it stands.

It dies after its last write, and after one that a fixed seed chooses; with
REZONANS_LONG after each of them in turn, and all acts are tried.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextvars import Context
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import company_time
from app.extensions import db
from app.people.models import Grant
from tests.at_once import committed, signed_in
from tests.cast import Cast, make_cast
from tests.forked import everything, killed_after, writes_of
from tests.people.confirming import on_leave

DAY = timedelta(days=1)
IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
Act = Callable[[Cast, FlaskClient], tuple[str, dict[str, str]]]


def today_and(days: int) -> str:
    return (company_time.today() + days * DAY).isoformat()


def post(client: FlaskClient, path: str, typed: dict[str, str]) -> TestResponse:
    """In a context of its own, as a request is: else it would share what this test has loaded."""
    db.session.rollback()  # whoever only looks on holds no lock
    answer: TestResponse = Context().run(client.post, path, data=typed)
    return answer


def seen(client: FlaskClient, look: str, path: str, typed: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What the page carries from the look to the yes."""
    page = post(client, look, typed)
    assert page.status_code == 200, page.text
    found = re.search(r'name="(seen|digest)" value="([0-9a-f]+)"', page.text)
    assert found
    return path, typed | {found[1]: found[2]}


def typed_out(wish: dict[str, str | int]) -> dict[str, str]:
    """A number is a day, so many from today on."""
    return {name: today_and(value) if isinstance(value, int) else value for name, value in wish.items()}


def of_employee(account: str, deed: str, **wish: str | int) -> Act:
    def act(cast: Cast, client: FlaskClient) -> tuple[str, dict[str, str]]:
        look = f"/people/employees/{getattr(cast, account).employee_id}/changes/{deed}"
        return seen(client, look, f"{look}/confirmation", typed_out(wish))

    return act


def of_unit(deed: str, **wish: str | int) -> Act:
    def act(cast: Cast, client: FlaskClient) -> tuple[str, dict[str, str]]:
        path = f"/people/units/{cast.n1.id}/changes/{deed}"
        return seen(client, f"{path}/preview", path, typed_out(wish))

    return act


def joins(_cast: Cast, client: FlaskClient) -> tuple[str, dict[str, str]]:
    typed = {"name": "Nela New", "email": "nela@example.org", "unit": "N1", "day": today_and(0)}
    return seen(client, "/people/employees/new", "/people/employees/additions", typed)


def ends_leave(cast: Cast, _client: FlaskClient) -> tuple[str, dict[str, str]]:
    leave = on_leave(cast.ewa, company_time.today() - 9 * DAY)
    db.session.commit()
    return f"/people/leaves/{leave.id}/end", {}


def gives_role(cast: Cast, _client: FlaskClient) -> tuple[str, dict[str, str]]:
    wish = {"role": "manager", "first_day": today_and(0), "reason": "New head"}
    return f"/people/roles/new?account={cast.ewa.id}&unit={cast.n1.id}", wish


def ends_role(cast: Cast, _client: FlaskClient) -> tuple[str, dict[str, str]]:
    grant = db.session.query(Grant).where(Grant.account_id == cast.marek.id).one()
    return f"/people/roles/{grant.id}/end", {"last_day": "", "reason": "Moved on"}


def closes_account(cast: Cast, _client: FlaskClient) -> tuple[str, dict[str, str]]:
    return f"/admin/accounts/{cast.ewa.id}/closure", {}


ACTS: dict[str, Act] = {
    "joins": joins,
    "moves": of_employee("marek", "move", unit="S1", day=0, job="", manager="", end_roles="y"),
    "leaves": of_employee("marek", "last-day", last_on=-1),
    "is away": of_employee("ewa", "leave", starts_on=0, last_on="", kind="other"),
    "is back": ends_leave,
    "is called otherwise": of_employee("ewa", "details", name="Ewa", email="ewa.new@example.org"),
    "is given a role": gives_role,
    "loses a role": ends_role,
    "is kept out": closes_account,
    "unit moved": of_unit("move", day=0, parent="SOUTH"),
    "units merged": of_unit("merger", day=0, into="N2"),
    "unit divided": of_unit("split", day=0, code_1="A", name_1="A", code_2="B", name_2="B", rest="1"),
    "unit closed": of_unit("closure", day=0, people_to="N2"),
}


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    with committed(app):
        cast = make_cast()
        db.session.commit()
        signed_in(app, cast.ewa)
        signed_in(app, cast.marek)
        yield cast


@pytest.mark.parametrize("name", ACTS if IS_WHOLE else Random(20261122).sample(list(ACTS), 5))
def test_killed_in_the_middle_nothing_of_it_stands(app: Flask, cast: Cast, name: str) -> None:
    client = signed_in(app, cast.adam)
    path, typed = ACTS[name](cast, client)
    before = everything()

    def act() -> None:
        answer = post(client, path, typed)
        assert answer.status_code == 302, answer.text

    for writes in chosen(name, writes_of(act)):
        killed_after(writes, act)
        assert everything() == before, f"dead after {writes} writes"
    act()  # nothing that died is in its way
    assert everything() != before


def chosen(name: str, last: int) -> list[int]:
    """After the last write, and after another one; or after each."""
    return [*range(1, last + 1)] if IS_WHOLE else [last, Random(f"20261122 {name}").randint(1, last)]
