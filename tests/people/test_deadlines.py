"""The one calendar that deadlines count by: values worked out by hand, for units of two countries and for people."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.extensions import db
from app.people.actions.calendar import Shifts, set_shifts, set_week
from app.people.actions.roster import Bringing
from app.people.models import Leave, LeaveKind, UnitVersion
from app.people.queries.calendar import add_working_days, next_working_day, working_days_between
from tests.cast import Cast
from tests.factories import make_employee

# 2026 in Poland, on weekdays: 1 and 6 January, 6 April, 1 May, 4 June, 11 November, 24 and 25 December: 261 - 8 = 253.
ADDED = [
    ("an ordinary week", date(2026, 3, 2), 5, date(2026, 3, 9)),
    ("over Easter", date(2026, 4, 2), 2, date(2026, 4, 7)),
    ("over the first days of May", date(2026, 4, 30), 1, date(2026, 5, 4)),
    ("from a Saturday", date(2026, 3, 7), 1, date(2026, 3, 9)),
    ("over Christmas and New Year", date(2026, 12, 23), 3, date(2026, 12, 30)),
    ("into another year", date(2026, 12, 30), 2, date(2027, 1, 4)),
    ("none, from a holiday", date(2026, 11, 11), 0, date(2026, 11, 12)),
    ("none, from a day that is worked", date(2026, 11, 12), 0, date(2026, 11, 12)),
    ("backwards over a holiday", date(2026, 11, 12), -1, date(2026, 11, 10)),
    ("backwards from a Sunday", date(2026, 3, 8), -2, date(2026, 3, 5)),
]


@pytest.mark.parametrize(("_what", "day", "count", "ends"), ADDED, ids=[each[0] for each in ADDED])
def test_so_many_working_days_later(cast: Cast, _what: str, day: date, count: int, ends: date) -> None:
    assert add_working_days(cast.n1, day, count) == ends
    if count:
        assert working_days_between(cast.n1, day, ends) == count


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2025, 12, 31), date(2026, 12, 31), 253),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 4, 30), date(2026, 5, 3), 0),
        (date(2026, 5, 4), date(2026, 4, 30), -1),
    ],
)
def test_how_many_lie_between(cast: Cast, first: date, last: date, count: int) -> None:
    assert working_days_between(cast.n1, first, last) == count


def test_it_is_the_calendar_of_whom_it_is_about(cast: Cast) -> None:
    """Elsewhere other days are off; a person's own week and leave are nearer than the unit's."""
    by = Bringing(None, clock.now(), company_time.today())
    db.session.execute(sa.update(UnitVersion).where(UnitVersion.unit_id == cast.s1.id).values(country="GB"))
    assert add_working_days(cast.s1, date(2026, 4, 30), 1) == date(2026, 5, 1)
    assert add_working_days(cast.s1, date(2026, 5, 1), 1) == date(2026, 5, 5), "the early May bank holiday"
    person = make_employee(cast.n1)
    set_week(person, [0, 2], date(2026, 1, 1), by)  # Mondays and Wednesdays
    assert add_working_days(person, date(2026, 3, 2), 3) == date(2026, 3, 11)
    away = Leave(employee_id=person.id, kind=LeaveKind.OTHER, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 16),
                 recorded_at=clock.now())  # fmt: skip
    db.session.add(away)
    db.session.flush()
    assert add_working_days(person, date(2026, 3, 2), 3) == date(2026, 3, 18)
    assert next_working_day(person, date(2026, 3, 9)) == date(2026, 3, 16)
    shifts = make_employee(cast.n1)
    set_shifts(shifts, Shifts("4-4", works_holidays=True), date(2026, 4, 1), by)
    assert add_working_days(shifts, date(2026, 4, 4), 1) == date(2026, 4, 9)
