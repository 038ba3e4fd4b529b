import time
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.sessions import open_session
from app.people.models import Account, AccountSession, Assignment, Employee, Grant
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.people.bringing import bring

FILE = """
    email         ;employee_number;name      ;unit_code;manager     ;job    ;language;time_zone    ;starts_on ;ends_on   ;role
    anna@bank.pl  ;100            ;Anna Nowak;N1       ;            ;Head   ;pl      ;Europe/Warsaw;2020-01-01;          ;kierownik
    Borys@Bank.pl ;101            ;Borys Lis ;N1       ;anna@bank.pl;Adviser;Polski  ;             ;2021-01-01;          ;
    borys@bank.pl ;101            ;Borys Lis ;n2       ;100         ;Senior ;        ;             ;2024-05-01;          ;
                  ;102            ;Celia Bąk ;S1       ;            ;       ;        ;             ;          ;          ;
    gone@bank.pl  ;103            ;Gone Girl ;S1       ;            ;       ;        ;             ;2020-01-01;2021-01-01;
"""  # noqa: E501


def person(number: str) -> Employee:
    return db.session.scalars(sa.select(Employee).where(Employee.number == number)).one()


def account_of(number: str) -> Account | None:
    return db.session.scalars(sa.select(Account).where(Account.employee_id == person(number).id)).one_or_none()


def grants_of(account: Account | None) -> set[tuple[Role, int]]:
    assert account
    return {
        (each.role, each.unit_id) for each in db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id))
    }


def test_people_come_in_with_their_work(cast: Cast) -> None:
    brought = bring("employees", FILE)
    assert (brought.new, brought.refusals) == (5, [])
    anna, borys, celia, gone = (person(number) for number in ("100", "101", "102", "103"))
    assert (borys.email, borys.language, borys.time_zone, borys.starts_on) == (
        "borys@bank.pl",
        "pl",
        None,
        date(2021, 1, 1),
    )
    work = [(each.unit_id, each.job, each.line_manager_id, each.starts_on, each.ends_on) for each in borys.assignments]
    assert work == [
        (cast.n1.id, "Adviser", anna.id, date(2021, 1, 1), date(2024, 5, 1)),
        (cast.n2.id, "Senior", anna.id, date(2024, 5, 1), None),
    ]
    assert celia.email is None
    assert account_of("102"), "she signs in with her number"
    assert celia.starts_on == date(2015, 1, 1), "as long as the unit has been there"
    assert gone.ends_on == date(2021, 1, 1)
    assert account_of("103") is None
    account = account_of("100")
    assert account
    assert account.password_hash is None
    assert grants_of(account) == {(Role.MANAGER, cast.n1.id)}


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    bring("employees", FILE)
    tables = [Employee, Assignment, Account, Grant, AuditEntry]
    before = [db.session.execute(sa.select(each.__table__)).all() for each in tables]
    again = bring("employees", FILE)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    assert [db.session.execute(sa.select(each.__table__)).all() for each in tables] == before


def test_only_what_differs_is_changed_and_written_down(cast: Cast) -> None:
    bring("employees", FILE)
    brought = bring("employees", FILE.replace("Borys Lis", "Borys Wilk").replace("Senior", "Expert"), actor=cast.adam)
    assert (brought.changed, brought.unchanged) == (1, 4)
    assert person("101").name == "Borys Wilk"
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.actor_id == cast.adam.id)).all()
    facts = {(each.action, value.field): (value.before, value.after) for each in entries for value in each.values}
    assert facts["employee.changed", "name"] == ("Borys Lis", "Borys Wilk")
    assert facts["assignment.changed", "job"] == ("Senior", "Expert")


def test_what_the_file_leaves_out_stays(cast: Cast) -> None:
    bring("employees", FILE)
    assert bring("employees", "employee_number;name;unit_code\n101;Borys Lis;N2").unchanged == 1
    borys = person("101")
    assert (borys.language, borys.assignments[-1].job, borys.email) == ("pl", "Senior", "borys@bank.pl")


def test_a_row_without_a_date_corrects_todays_work_and_one_with_a_date_follows_it(cast: Cast) -> None:
    bring("employees", FILE)
    bring("employees", "employee_number;name;unit_code\n101;Borys Lis;S1")
    assert [each.unit_id for each in person("101").assignments] == [cast.n1.id, cast.s1.id]
    bring("employees", "employee_number;name;unit_code;starts_on\n101;Borys Lis;N1;2026-01-01")
    assert [each.unit_id for each in person("101").assignments] == [cast.n1.id, cast.s1.id, cast.n1.id]


def test_somebody_who_leaves_is_signed_out(cast: Cast) -> None:
    today = clock.now().date()
    open_session(cast.ewa, "phone", clock.now())
    bring("employees", f"email;name;unit_code;ends_on\newa@example.org;Ewa;N1;{today}")
    assert cast.ewa.employee
    assert cast.ewa.employee.ends_on == today
    assert not cast.ewa.is_active
    assert db.session.scalars(sa.select(AccountSession)).all() == []


def test_somebody_who_leaves_later_works_until_then(cast: Cast) -> None:
    tomorrow = clock.now().date() + timedelta(days=2)
    open_session(cast.ewa, "phone", clock.now())
    bring("employees", f"email;name;unit_code;ends_on\newa@example.org;Ewa;N1;{tomorrow}")
    assert cast.ewa.is_active
    assert db.session.scalars(sa.select(AccountSession)).all()


def test_somebody_who_left_before_there_was_an_account_is_given_no_role(cast: Cast) -> None:
    brought = bring("employees", FILE.replace("2020-01-01;2021-01-01;", "2020-01-01;2021-01-01;kierownik"))
    assert brought.new == 5
    assert account_of("103") is None


def test_an_account_that_was_there_is_tied_to_its_person(cast: Cast) -> None:
    owner = make_account("owner@example.org")
    assert bring("employees", "email;name;unit_code\nowner@example.org;Olga Owner;COMPANY").new == 1
    db.session.refresh(owner)
    assert owner.display_name == "Olga Owner"
    assert bring("employees", "email;name;unit_code\nowner@example.org;Olga Owner;COMPANY").unchanged == 1


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (";;X;N1;;;;;;;", "email", "e-mail address or an employee number"),
        ("not an address;1;X;N1;;;;;;;", "email", "not an e-mail address"),
        ("a@b@c;1;X;N1;;;;;;;", "email", "not an e-mail address"),
        ("x@b.pl;1;;N1;;;;;;;", "name", "empty"),
        ("x@b.pl;1;X;;;;;;;;", "unit_code", "empty"),
        ("x@b.pl;1;X;NOWHERE;;;;;;;", "unit_code", "no unit"),
        ("x@b.pl;1;X;N1;nobody@b.pl;;;;;;", "manager", "nobody with this"),
        ("x@b.pl;1;X;N1;x@b.pl;;;;;;", "manager", "their own manager"),
        ("x@b.pl;1;X;N1;1;;;;;;", "manager", "their own manager"),
        ("x@b.pl;1;X;N1;;;xx;;;;", "language", "English, Polish and Russian"),
        ("x@b.pl;1;X;N1;;;;Mars/Olympus;;;", "time_zone", "time zone is not known"),
        ("x@b.pl;1;X;N1;;;;;2024-01-01;2024-01-01;", "ends_on", "must come after"),
        ("x@b.pl;1;X;N1;;;;;soon;;", "starts_on", "not a date"),
        ("x@b.pl;1;X;N1;;;;;2010-01-01;;", "unit_code", "not open on every day"),
        ("x@b.pl;1;X;N1;;;;;;;king", "role", "role is not known"),
        ("x@b.pl;1;X;N1;;;;;;;hr@NOWHERE", "role", "no unit"),
        ("ewa@example.org;1;Ewa;N1;;;;;;;", "email", "belongs to somebody else"),
        ("marek@example.org;EWA;Ewa;N1;;;;;;;", "email", "belongs to somebody else"),
        ("x@b.pl;1;X;N1;;;;;2020-01-01;2022-01-01;\nx@b.pl;1;X;N2;;;;;2021-01-01;;", "ends_on", "reaches into"),
    ],
)
def test_what_must_never_be_on_the_roster_is_refused(cast: Cast, row: str, column: str, words: str) -> None:
    assert cast.ewa.employee
    cast.ewa.employee.number = "EWA"
    header = "email;employee_number;name;unit_code;manager;job;language;time_zone;starts_on;ends_on;role\n"
    people = db.session.scalar(sa.select(sa.func.count(Employee.id))) or 0
    brought = bring("employees", header + row + "\nok@b.pl;9;Fine;N1;;;;;;;")
    assert [(line, refused) for line, refused, _ in brought.refusals] == [(2, column)], brought.refusals
    assert words in brought.refusals[0][2]
    others = row.count("\n")
    assert brought.new == 1 + others, "the rest of the file is taken"
    assert db.session.scalar(sa.select(sa.func.count(Employee.id))) == people + 1 + others


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a@b.pl;1;X;N1\nc@b.pl;1;X;N1", "another e-mail address"),
        ("a@b.pl;1;X;N1\na@b.pl;2;X;N1", "another employee number"),
        ("a@b.pl;1;X;N1\na@b.pl;1;X;N2", "already on line 2"),
        ("a@b.pl;1;X;N1\na@b.pl;;X;N2", "already on line 2"),
    ],
)
def test_one_person_is_not_two(cast: Cast, rows: str, words: str) -> None:
    brought = bring("employees", "email;employee_number;name;unit_code\n" + rows)
    assert [line for line, _, _ in brought.refusals] == [3]
    assert words in brought.refusals[0][2]


def test_people_under_a_refused_manager_fall_with_her(cast: Cast) -> None:
    text = "email;name;unit_code;manager\na@b.pl;A;NOWHERE;\nb@b.pl;B;N1;a@b.pl\nc@b.pl;C;N1;"
    brought = bring("employees", text)
    assert [line for line, _, _ in brought.refusals] == [2, 3]
    assert brought.new == 1


def test_a_unit_that_closes_in_that_span_takes_nobody(cast: Cast) -> None:
    bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2025-01-01")
    header = "email;name;unit_code;starts_on;ends_on\n"
    assert bring("employees", header + "a@b.pl;A;N2;2024-01-01;").refusals[0][1] == "unit_code"
    assert bring("employees", header + "a@b.pl;A;N2;2024-01-01;2025-01-01").new == 1


class TestRights:
    HEADER = "email;employee_number;name;unit_code;role;ends_on\n"

    @pytest.fixture(autouse=True)
    def numbers(self, cast: Cast) -> None:
        for name, account in cast.everybody().items():
            assert account.employee
            account.employee.number = name

    def refused(self, actor: Account, row: str) -> list[str]:
        return [column for _, column, _ in bring("employees", self.HEADER + row, actor=actor).refusals]

    @pytest.mark.parametrize("role", ["administrator", "cx_lead", "cx lead@N1"])
    def test_nobody_gives_more_than_they_hold(self, cast: Cast, role: str) -> None:
        assert self.refused(cast.hanna, f"ewa@example.org;;Ewa;N1;{role};") == ["role"]
        assert grants_of(cast.ewa) == set()

    @pytest.mark.parametrize("role", ["manager", "hr@NORTH", "trainer@COMPANY"])
    def test_hr_gives_what_hr_holds(self, cast: Cast, role: str) -> None:
        assert self.refused(cast.hanna, f"ewa@example.org;;Ewa;N1;{role};") == []
        assert len(grants_of(cast.ewa)) == 1

    def test_nobody_gives_roles_to_themselves(self, cast: Cast) -> None:
        assert self.refused(cast.hanna, "hanna@example.org;;Hanna;COMPANY;leadership;") == ["role"]
        assert self.refused(cast.adam, "adam@example.org;;Adam;COMPANY;hr;") == ["role"]

    def test_nobody_gives_roles_beyond_their_units(self, cast: Cast) -> None:
        north = make_account("north@example.org")
        make_grant(north, Role.HR, cast.north)
        assert self.refused(north, "ewa@example.org;;Ewa;N1;manager@N2;") == []
        assert self.refused(north, "ewa@example.org;;Ewa;N1;manager@S1;") == ["role"]
        assert self.refused(north, "ewa@example.org;;Ewa;N1;manager@COMPANY;") == ["role"]

    def test_nobody_brings_people_beyond_their_units(self, cast: Cast) -> None:
        north = make_account("north@example.org")
        make_grant(north, Role.HR, cast.north)
        assert self.refused(north, "new@example.org;;New;N2;;") == []
        assert self.refused(north, "other@example.org;;Other;S1;;") == ["unit_code"]
        assert self.refused(north, "ewa@example.org;;Ewa;S1;;") == ["unit_code"], "not sent away"
        assert self.refused(north, "obcy@example.org;;Obcy;N1;;") == ["unit_code"], "not fetched"
        assert self.refused(north, "obcy@example.org;;Obcy;S1;;") == [], "nothing changes"

    def test_nobody_changes_the_address_of_somebody_with_more_rights(self, cast: Cast) -> None:
        assert self.refused(cast.hanna, "mine@example.org;adam;Adam;COMPANY;;") == ["email"]
        assert cast.adam.email == "adam@example.org"
        assert self.refused(cast.hanna, "new@example.org;ewa;Ewa;N1;;") == []
        db.session.refresh(cast.ewa)
        assert cast.ewa.email == "new@example.org"
        assert self.refused(cast.adam, "chief@example.org;hanna;Hanna;COMPANY;;") == []

    def test_nobody_sends_away_somebody_with_more_rights(self, cast: Cast) -> None:
        assert self.refused(cast.hanna, "adam@example.org;;Adam;COMPANY;;2020-01-01") == ["ends_on"]
        assert cast.adam.is_active

    def test_nobody_ties_an_account_with_more_rights_to_a_person(self, cast: Cast) -> None:
        owner = make_account("owner@example.org")
        make_grant(owner, Role.ADMINISTRATOR, cast.company)
        assert self.refused(cast.hanna, "owner@example.org;;Owner;N1;;") == ["email"]
        assert self.refused(cast.adam, "owner@example.org;;Owner;N1;;") == []

    def test_the_operator_may_all(self, cast: Cast) -> None:
        brought = bring("employees", self.HEADER + "ewa@example.org;;Ewa;N1;administrator@COMPANY;")
        assert brought.refusals == []
        assert grants_of(cast.ewa) == {(Role.ADMINISTRATOR, cast.company.id)}


def test_an_address_cannot_be_taken_from_somebody_elses_account(cast: Cast) -> None:
    make_account("owner@example.org")
    assert cast.ewa.employee
    cast.ewa.employee.number = "EWA"
    brought = bring("employees", "email;employee_number;name;unit_code\nowner@example.org;EWA;Ewa;N1")
    assert [column for _, column, _ in brought.refusals] == ["email"]


def test_nine_hundred_people_come_in_at_once(cast: Cast) -> None:
    rows = [f"p{n}@bank.pl;{n};Person {n};N{1 + n % 2};;{'manager' * (n % 20 == 0)}" for n in range(900)]
    rows[1:] = [row.replace(";;", ";p0@bank.pl;") for row in rows[1:]]
    began = time.process_time()
    brought = bring("employees", "email;employee_number;name;unit_code;manager;role\n" + "\n".join(rows))
    spent = time.process_time() - began
    assert (brought.new, brought.refusals) == (900, [])
    assert spent < 10, f"{spent:.1f} s"


def test_a_person_may_be_known_by_number_only(cast: Cast) -> None:
    make_unit("T1", cast.n1)
    employee = make_employee(cast.n1, name="Old")
    brought = bring("employees", f"employee_number;name;unit_code\n{employee.number};New;T1")
    assert brought.changed == 1
    assert person(str(employee.number)).name == "New"
