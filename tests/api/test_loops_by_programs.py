"""Nobody comes to be above themselves by a file of a program: not within it, with who is there, or in the meantime."""

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.models import Assignment, Employee
from tests.api.caller import Caller
from tests.api.importing import CSV, bring, importer
from tests.browser_check import Browser
from tests.cast import Cast

HEADER = "employee_number,email,name,unit_code,manager\n"
SENTENCE = "This person leads, directly or through others"


def led_by(person: Employee | None, above: Employee | None) -> None:
    assert person
    assert above
    person.assignments[0].line_manager_id = above.id
    db.session.commit()


def refused(caller: Caller, import_id: int) -> list[tuple[int, str]]:
    rows = caller.items(f"/imports/{import_id}/refusals")
    return [(each["line"], each["column"]) for each in rows if each["reason"].startswith(SENTENCE)]


def written() -> set[str]:
    return set(db.session.scalars(sa.select(Employee.name).where(Employee.number.like("L%"))))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("L1,a@b.pl,A,N1,L2\nL2,b@b.pl,B,N1,L1\nL3,c@b.pl,C,N1,\n", [2, 3]),
        ("L1,a@b.pl,A,N1,L2\nL2,b@b.pl,B,N1,c@b.pl\nL4,c@b.pl,C,N1,L1\nL3,d@b.pl,D,N1,\n", [2, 3, 4]),
    ],
)
def test_within_a_file(browser: Browser, cast: Cast, rows: str, lines: list[int]) -> None:
    caller = importer(browser, cast.adam)
    import_id, counts = bring(caller, "employees", (HEADER + rows).encode())
    assert refused(caller, import_id) == [(line, "manager") for line in lines]
    assert (counts["new"], counts["refused"], len(written())) == (1, len(lines), 1), "the good row goes in"


def test_with_who_is_there_already(browser: Browser, cast: Cast) -> None:
    led_by(cast.marek.employee, cast.ewa.employee)
    caller = importer(browser, cast.adam)
    row = ",ewa@example.org,Ewa,N1,marek@example.org\n"
    import_id, counts = bring(caller, "employees", (HEADER + row + "L3,d@b.pl,D,N1,ewa@example.org\n").encode())
    assert refused(caller, import_id) == [(2, "manager")]
    assert (counts["new"], counts["changed"]) == (1, 0)
    assert managers_of(cast.ewa.employee) == [None]


def test_closed_by_somebody_else_between_the_check_and_the_acceptance(browser: Browser, cast: Cast) -> None:
    content = (HEADER + ",ewa@example.org,Ewa,N1,marek@example.org\nL3,d@b.pl,D,N1,\n").encode()
    caller = importer(browser, cast.adam)
    sent = caller.post("/imports?kind=employees&file_name=p.csv", data=content, headers=CSV)
    place = f"/imports/{sent.get_json()['id']}"
    columns = {name: name for name in HEADER.strip().split(",")}
    assert caller.post(f"{place}/mapping", json={"columns": columns}).get_json()["rows"]["refused"] == 0
    led_by(cast.marek.employee, cast.ewa.employee)
    told = caller.post(f"{place}/acceptance").get_json()
    assert (told["rows"]["refused"], told["rows"]["written"]) == (1, 1)
    assert refused(caller, sent.get_json()["id"]) == [(2, "manager")]
    assert (managers_of(cast.ewa.employee), written()) == ([None], {"D"})


def managers_of(person: Employee | None) -> list[int | None]:
    assert person
    theirs = sa.select(Assignment.line_manager_id).where(Assignment.employee_id == person.id)
    return list(db.session.scalars(theirs))
