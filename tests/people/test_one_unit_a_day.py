"""Nobody works in two units on one day, whoever writes it: the database itself refuses."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.extensions import db
from app.people.models import Assignment, Leave, LeaveKind
from tests.cast import Cast
from tests.factories import make_employee


def settle() -> None:
    """PostgreSQL looks at the end of the transaction, so that two entries may change places within one."""
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))


def refused() -> None:
    with pytest.raises(IntegrityError, match="one_a_day"):
        settle()
    db.session.rollback()


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2019, 1, 1), None),
        (date(2019, 1, 1), date(2020, 1, 2)),
        (date(2020, 6, 1), date(2020, 7, 1)),
        (date(2020, 12, 31), None),
    ],
)
def test_two_units_on_one_day_are_refused(cast: Cast, starts_on: date, ends_on: date | None) -> None:
    person = make_employee()
    db.session.add(Assignment(employee=person, unit=cast.n1, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)))
    settle()
    db.session.add(Assignment(employee=person, unit=cast.n2, starts_on=starts_on, ends_on=ends_on))
    refused()


def test_one_after_the_other_is_as_it_should_be(cast: Cast) -> None:
    person, other = make_employee(), make_employee()
    first = Assignment(employee=person, unit=cast.n1, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    second = Assignment(employee=person, unit=cast.n2, starts_on=date(2021, 1, 1), ends_on=None)
    db.session.add_all([first, second, Assignment(employee=other, unit=cast.n2, starts_on=date(2020, 1, 1))])
    settle()
    first.ends_on = None
    refused()


def test_two_leaves_on_one_day_are_refused(cast: Cast) -> None:
    person = make_employee(cast.n1)
    days = {"employee_id": person.id, "kind": LeaveKind.OTHER, "recorded_at": clock.now()}
    db.session.add(Leave(**days, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1)))
    db.session.add(Leave(**days, starts_on=date(2020, 2, 1)))
    settle()
    db.session.add(Leave(**days, starts_on=date(2020, 1, 31), ends_on=date(2020, 2, 1)))
    refused()
