"""Lists stand in the order of the names that are kept beside where people work: those have to be the people's own."""

import sqlalchemy as sa

from app.extensions import db
from app.people.chart.wishes import Merger
from app.people.models import Assignment, Employee
from tests.cast import Cast
from tests.people.bringing import bring
from tests.people.chart.acts import act, in_days


def kept() -> list[tuple[str, str]]:
    """Where somebody works, by the person's name and by the one beside it."""
    works = sa.select(Employee.sort_name, Assignment.sort_name).join(Employee, Employee.id == Assignment.employee_id)
    return [(own, beside) for own, beside in db.session.execute(works.order_by(Assignment.id))]


def assert_in_order() -> None:
    assert [pair for pair in kept() if pair[0] != pair[1]] == []


def test_a_file_brings_people_and_changes_their_names(cast: Cast) -> None:
    columns, day = "employee_number; name; unit_code; starts_on", "2024-01-01"
    bring("employees", f"{columns}\nP-1; Żaneta Łoś; N1; {day}\nP-2; Ola Żak; N1; {day}")
    assert_in_order()
    bring("employees", f"{columns}\nP-1; Zofia Łoś; N2; {day}\nP-2; Ola Nowak; N1; {day}")
    assert ("ola nowak", "ola nowak") in kept()
    assert_in_order()


def test_whoever_a_merger_sends_elsewhere_keeps_the_name(cast: Cast) -> None:
    before = len(kept())
    act(Merger(in_days(30), ("n1",), "n2"), cast.adam)
    assert len(kept()) > before
    assert_in_order()
