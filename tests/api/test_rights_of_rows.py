"""The rows of a file are held against the rights of the token's owner, as on the screen; roles are given by nobody."""

import sqlalchemy as sa

from app.core.permissions import Role
from app.extensions import db
from app.people.models import Account, Employee, Grant, Unit
from tests.api.caller import Caller
from tests.api.importing import bring, importer
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.bringing import bring as bring_by_hand

PEOPLE = b"""employee_number,email,name,unit_code,role
N7,new@example.org,Nowa Osoba,N1,
N8,boss@example.org,Nowy Szef,N1,manager
N9,admin@example.org,Nowy Admin,N1,administrator
"""


def reasons(caller: Caller, import_id: int) -> list[tuple[int, str, str]]:
    rows = caller.items(f"/imports/{import_id}/refusals")
    return [(each["line"], each["column"], each["reason"][:40]) for each in rows]


def grants() -> int:
    return db.session.scalar(sa.select(sa.func.count(Grant.id))) or 0


def test_no_program_gives_a_role_also_of_an_administrator(browser: Browser, cast: Cast) -> None:
    before, caller = grants(), importer(browser, cast.adam)
    import_id, rows = bring(caller, "employees", PEOPLE)
    assert (rows["new"], rows["refused"]) == (1, 2)
    sentence = "Roles are not given by programs: leave t"
    assert reasons(caller, import_id) == [(3, "role", sentence), (4, "role", sentence)]
    assert grants() == before
    assert db.session.scalars(sa.select(Employee.name).where(Employee.number.like("N%"))).all() == ["Nowa Osoba"]


def test_what_a_program_brought_gives_no_role_when_a_person_accepts_it(browser: Browser, cast: Cast) -> None:
    before, caller = grants(), importer(browser, cast.adam)
    import_id = caller.post(
        "/imports?kind=employees&file_name=p.csv", data=PEOPLE, headers={"Content-Type": "text/csv"}
    )
    number = import_id.get_json()["id"]
    names = PEOPLE.decode().splitlines()[0].split(",")
    caller.post(f"/imports/{number}/mapping", json={"columns": {name: name for name in names}})
    assert browser.sign_in(cast.adam).post(f"/imports/{number}/acceptance").status_code == 302
    assert grants() == before


def test_the_same_file_on_the_screen_gives_them(browser: Browser, cast: Cast) -> None:
    """Else the tests above would see nothing but a wrong file."""
    before = grants()
    bring_by_hand("employees", PEOPLE.decode().replace(",", ";"), actor=cast.adam)
    assert grants() == before + 2


def test_the_address_of_who_has_more_rights_stays(browser: Browser, cast: Cast) -> None:
    """A new address is a way in (B2): HR's program does not take the administrator's account."""
    adam = cast.adam.employee
    assert adam is not None
    adam.number = "A1"
    content = b"employee_number,email,name,unit_code\nA1,mine@example.org,Adam,COMPANY\n"
    caller = importer(browser, cast.hanna)
    import_id = bring_checked(caller, content)
    assert reasons(caller, import_id) == [(2, "email", "This person holds more rights than you, ")]
    assert db.session.get_one(Account, cast.adam.id).email == "adam@example.org"


def bring_checked(caller: Caller, content: bytes) -> int:
    headers = {"Content-Type": "text/csv"}
    number: int = caller.post("/imports?kind=employees&file_name=p.csv", data=content, headers=headers).get_json()["id"]
    names = content.decode().splitlines()[0].split(",")
    caller.post(f"/imports/{number}/mapping", json={"columns": {name: name for name in names}})
    return number


def test_rows_beyond_the_owners_units_are_refused(browser: Browser, cast: Cast) -> None:
    south = make_account("south@example.org")
    make_grant(south, Role.ADMINISTRATOR, cast.south)
    caller = importer(browser, south)
    import_id, rows = bring(caller, "units", b"code,name,parent_code\nS1,Sopot,SOUTH\nN1,Stolen,NORTH\nN9,New,NORTH\n")
    assert (rows["changed"], rows["refused"]) == (1, 2)
    assert [line for line, _column, _reason in reasons(caller, import_id)] == [3, 4]
    names = db.session.execute(sa.select(Unit.code, Unit.name).where(Unit.code.in_(["S1", "N1", "N9"]))).all()
    assert sorted(map(tuple, names)) == [("N1", "Unit N1"), ("S1", "Sopot")]
