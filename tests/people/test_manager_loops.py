"""Nobody comes to be above themselves, however many are between: on the screen and in files."""

from datetime import timedelta
from itertools import pairwise

import pytest

from app.core import company_time
from app.extensions import db
from app.people.models import Employee
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee
from tests.people.bringing import bring
from tests.people.confirming import look, move, today, url

HEADER = "email;name;unit_code;manager\n"


def led_by(person: Employee, above: Employee) -> None:
    person.assignments[0].line_manager_id = above.id
    db.session.flush()


@pytest.fixture
def others(cast: Cast) -> list[Employee]:
    return [make_employee(cast.n1, name=f"Other {n}", email=f"o{n}@example.org") for n in range(3)]


@pytest.mark.parametrize("between", [0, 1, 3])
def test_on_the_screen(browser: Browser, cast: Cast, others: list[Employee], between: int) -> None:
    assert cast.ewa.employee
    assert cast.marek.employee
    way = [cast.marek.employee, *others[:between], cast.ewa.employee]
    for person, above in pairwise(way):
        led_by(person, above)
    led = move(cast.n2, today()) | {"manager": "marek@example.org"}
    answer = browser.sign_in(cast.hanna).post(url(cast.ewa, "move"), data=led)
    assert answer.status_code == 409
    assert "Then both would be above each other" in answer.text
    way[-2].assignments[0].line_manager_id = None
    db.session.flush()
    assert look(browser, url(cast.ewa, "move"), led).status_code == 200


def test_who_led_before_may_be_led_afterwards(browser: Browser, cast: Cast) -> None:
    assert cast.ewa.employee
    assert cast.marek.employee
    led_by(cast.marek.employee, cast.ewa.employee)
    cast.marek.employee.assignments[0].ends_on = company_time.today() + timedelta(days=5)
    db.session.flush()
    later = move(cast.n2, today() + timedelta(days=5)) | {"manager": "marek@example.org"}
    assert look(browser.sign_in(cast.hanna), url(cast.ewa, "move"), later).status_code == 200


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ("a@b.pl;A;N1;b@b.pl\nb@b.pl;B;N1;a@b.pl\nc@b.pl;C;N1;", {2, 3}),
        ("a@b.pl;A;N1;b@b.pl\nb@b.pl;B;N1;c@b.pl\nc@b.pl;C;N1;a@b.pl\nd@b.pl;D;N1;", {2, 3, 4}),
        ("ewa@example.org;Ewa;N1;marek@example.org", {2}),  # whom she leads already
    ],
)
def test_in_a_file(cast: Cast, rows: str, refused: set[int]) -> None:
    assert cast.ewa.employee
    assert cast.marek.employee
    led_by(cast.marek.employee, cast.ewa.employee)
    brought = bring("employees", HEADER + rows, actor=cast.adam)
    loops = [each for each in brought.refusals if "leads, directly" in str(each)]
    assert {each[0] for each in loops} == refused
    assert {each[1] for each in loops} == {"manager"}
