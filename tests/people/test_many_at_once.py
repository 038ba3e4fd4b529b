"""No statement names a hundred thousand values, however many people an import touches."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.leavers import settle_last_days
from app.people.actions.roster import Bringing
from app.people.actions.sessions import open_session
from app.people.models import AccountSession, Grant
from app.people.queries.standing_in import lenders
from tests.cast import Cast
from tests.factories import make_deputy

MANY = 2500


@pytest.fixture
def largest(cast: Cast) -> Iterator[list[int]]:
    """Numbers of values of the statements that were asked."""
    seen: list[int] = []

    def look(_connection: Any, _cursor: Any, _statement: str, told: Any, *_: Any) -> None:
        seen.append(len(told or ()))

    connection = db.session.connection()
    sa.event.listen(connection, "before_cursor_execute", look)
    yield seen
    sa.event.remove(connection, "before_cursor_execute", look)


@pytest.mark.parametrize("kind", ["unit", "employee", "account", "deputyship", "reorganisation"])
def test_in_whose_place_thousands_are_changed(cast: Cast, largest: list[int], kind: str) -> None:
    grant = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.adam.id)).one()
    make_deputy(grant, cast.marek)
    first = cast.company.id  # numbers are never given again: late in a run they are large
    subjects = [(kind, number) for number in range(first, first + MANY)]
    assert lenders(cast.marek.id, Permission.EMPLOYEE_EDIT, subjects)[0] == (cast.adam.id,)
    assert 2 < max(largest) < 1100


def test_thousands_of_leavers(cast: Cast, largest: list[int]) -> None:
    now, today = clock.now(), company_time.today()
    assert cast.marek.employee
    cast.marek.employee.ends_on = cast.marek.employee.assignments[0].ends_on = today
    open_session(cast.marek, "phone", now)
    first = cast.marek.employee.id
    settle_last_days(Bringing(cast.hanna.id, now, today), range(first - MANY, first + MANY))
    assert db.session.scalars(sa.select(AccountSession.id)).all() == []
    grant = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.marek.id)).one()
    assert grant.ends_on == today
    assert 2 < max(largest) < 1100
