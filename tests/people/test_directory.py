import html
import re
from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.words import know_units
from app.people.models import Assignment, Unit
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.people.bringing import bring

PAGES = ("/people/units", "/people/employees")


@pytest.mark.parametrize("path", [*PAGES, "/people/units/{unit}", "/people/employees/{employee}"])
def test_it_needs_sign_in(browser: Browser, cast: Cast, path: str) -> None:
    path = path.format(unit=cast.n1.id, employee=cast.ewa.employee_id)
    assert browser.get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("path", ["/people/units/999999", "/people/employees/999999"])
def test_who_is_not_there_is_not_found(browser: Browser, cast: Cast, path: str) -> None:
    assert browser.sign_in(cast.ewa).get(path).status_code == 404


class TestListUnits:
    def test_the_tree_is_shown_with_its_people(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get("/people/units").text
        for code in ("NORTH", "SOUTH", "N1", "N2", "S1"):
            assert f"Unit {code}" in page
        assert "7 people" in page, "the company"
        assert "2 people" in page, "the north"

    def test_closed_units_are_left_out(self, browser: Browser, cast: Cast) -> None:
        bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2020-01-01")
        assert "Unit N2" not in browser.sign_in(cast.ewa).get("/people/units").text

    def test_deep_trees_say_how_much_is_below(self, browser: Browser, cast: Cast) -> None:
        team = make_unit("T1", cast.n1)
        make_unit("T2", team)
        page = browser.sign_in(cast.ewa).get("/people/units").text
        assert "2 units below" in page
        assert "Unit T1" not in page

    @pytest.mark.parametrize("q", ["łódź", "ŁÓDŹ", "Łódź", "świerk łódź", "kod-7"])
    def test_units_are_found_however_they_are_written(self, browser: Browser, cast: Cast, q: str) -> None:
        make_unit("KOD-7", cast.n1, name="Łódź Świerkowa")
        page = browser.sign_in(cast.ewa).get("/people/units", query_string={"q": q}).text
        assert "1 unit found" in page
        assert "Łódź Świerkowa" in page

    def test_russian_letters_too(self, browser: Browser, cast: Cast) -> None:
        make_unit("SPB", cast.n1, name="Невский")
        assert "1 unit found" in browser.sign_in(cast.ewa).get("/people/units?q=НЕВСКИЙ").text

    @pytest.mark.parametrize("q", ["%", "_", "\\", "'", "x" * 1000, "a\0b", '"', "a-b AND", "*"])
    def test_signs_are_only_signs(self, browser: Browser, cast: Cast, q: str) -> None:
        answer = browser.sign_in(cast.ewa).get("/people/units", query_string={"q": q})
        assert answer.status_code == 200
        assert "No unit is called that" in answer.text

    def test_many_finds_are_divided_into_pages(self, browser: Browser, cast: Cast) -> None:
        db.session.add_all(Unit(code=f"B{n}", name=f"Branch {n:03}", kind=cast.n1.kind) for n in range(60))
        db.session.flush()
        know_units()
        browser.sign_in(cast.ewa)
        assert "Branch 049" in browser.get("/people/units?q=branch").text
        second = browser.get("/people/units?q=branch&page=2").text
        assert "Branch 050" in second
        assert "Branch 049" not in second
        assert browser.get("/people/units?q=branch&page=99").status_code == 200
        assert browser.get("/people/units?q=branch&page=x").status_code == 200

    def test_an_empty_company_offers_the_import_to_those_who_can(self, browser: Browser, database: None) -> None:
        browser.sign_in(make_account("somebody@example.org"))
        page = browser.get("/people/units").text
        assert "No units yet" in page
        assert "/imports/new" not in page


class TestShowUnit:
    def test_people_roles_and_history_are_shown(self, browser: Browser, cast: Cast) -> None:
        bring("units", "code;name;parent_code;valid_from\nN1;New Name;SOUTH;2024-05-01")
        page = browser.sign_in(cast.stranger).get(f"/people/units/{cast.n1.id}").text
        assert "New Name" in page
        assert "Unit N1" in page, "its older name"
        assert "Ewa" in page
        assert "Marek" in page
        assert "Manager" in page
        assert "Administrator" in page, "given on the company, reaches here"
        assert "Unit SOUTH" in page

    def test_who_worked_here_once_is_not_listed(self, browser: Browser, cast: Cast) -> None:
        gone = make_employee(name="Gone Away")
        yesterday = clock.now().date() - timedelta(days=1)
        db.session.add(Assignment(employee=gone, unit=cast.n1, starts_on=date(2020, 1, 1), ends_on=yesterday))
        db.session.flush()
        assert "Gone Away" not in browser.sign_in(cast.ewa).get(f"/people/units/{cast.n1.id}").text

    def test_an_ended_role_is_not_listed(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get(f"/people/units/{cast.s1.id}").text
        assert "Marek" not in page

    def test_a_full_unit_shows_the_first_fifty(self, browser: Browser, cast: Cast) -> None:
        for number in range(55):
            make_employee(cast.n2, name=f"Person {number:03}")
        page = browser.sign_in(cast.ewa).get(f"/people/units/{cast.n2.id}").text
        assert "Person 049" in page
        assert "Person 050" not in page
        assert "Show all of them" in page

    def test_an_empty_unit_says_so(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.ewa)
        assert "Nobody works directly here" in browser.get(f"/people/units/{cast.n2.id}").text

    def test_a_closed_unit_says_since_when(self, browser: Browser, cast: Cast) -> None:
        bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2020-01-01")
        page = browser.sign_in(cast.ewa).get(f"/people/units/{cast.n2.id}").text
        assert "has been closed since 1 Jan 2020" in page

    def test_hostile_names_are_only_words(self, browser: Browser, cast: Cast) -> None:
        unit = make_unit("X", cast.n1, name="<script>alert(1)</script>")
        page = browser.sign_in(cast.ewa).get(f"/people/units/{unit.id}").text
        assert "<script>alert" not in page


class TestListEmployees:
    def test_everybody_who_works_here_is_listed(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get("/people/employees").text
        assert "7 people work here today" in page
        assert "Hanna" in page

    @pytest.mark.parametrize("q", ["żaneta", "ŻANETA", "e-77", "doradca", "unit s1 żan"])
    def test_people_are_found_by_name_number_job_and_unit(self, browser: Browser, cast: Cast, q: str) -> None:
        assert not bring(
            "employees", "employee_number;name;unit_code;job;starts_on\nE-77;Żaneta Dąb;S1;Doradca;2020-01-01"
        ).refusals
        page = browser.sign_in(cast.ewa).get("/people/employees", query_string={"q": q}).text
        assert "1 person found" in page
        assert "Żaneta Dąb" in page

    def test_addresses_are_not_searched(self, browser: Browser, cast: Cast) -> None:
        assert "Nobody was found" in browser.sign_in(cast.ewa).get("/people/employees?q=example.org").text

    def test_a_unit_shows_its_people_and_those_below(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get(f"/people/employees?unit={cast.north.id}").text
        assert "2 people found" in page
        assert "Marek" in page
        assert "Leon" not in page

    @pytest.mark.parametrize("unit", ["999999", "x", "-1"])
    def test_an_unknown_unit_is_no_filter(self, browser: Browser, cast: Cast, unit: str) -> None:
        assert "7 people work here today" in browser.sign_in(cast.ewa).get(f"/people/employees?unit={unit}").text

    def test_fifty_a_page(self, browser: Browser, cast: Cast) -> None:
        for number in range(60):
            make_employee(cast.n2, name=f"Person {number:03}")
        browser.sign_in(cast.ewa)
        first = browser.get("/people/employees?q=person").text
        assert first.count("Person 0") == 50
        assert "60 people found" in first
        behind = re.search(r'href="(\?[^"]*after=\d+)"', first)
        assert behind
        second = browser.get(f"/people/employees{html.unescape(behind[1])}").text
        assert second.count("Person 0") == 10
        assert "Person 049" not in second
        before = re.search(r'href="(\?[^"]*before=\d+)"', second)
        assert before
        assert "Person 000" in browser.get(f"/people/employees{html.unescape(before[1])}").text

    @pytest.mark.parametrize("place", ["after=999999999", "after=x", "before=-1", "after=", "before=0"])
    def test_a_place_that_is_not_there_is_the_beginning(self, browser: Browser, cast: Cast, place: str) -> None:
        assert "Hanna" in browser.sign_in(cast.ewa).get(f"/people/employees?{place}").text


class TestShowEmployee:
    def test_work_manager_and_reports_are_shown(self, browser: Browser, cast: Cast) -> None:
        assert cast.ewa.employee
        work = cast.ewa.employee.assignments[0]
        work.line_manager_id, work.job = cast.marek.employee_id, "Adviser"
        db.session.flush()
        browser.sign_in(cast.stranger)
        ewa = browser.get(f"/people/employees/{cast.ewa.employee_id}").text
        assert "Adviser" in ewa
        assert "Marek" in ewa
        assert "ewa@example.org" in ewa
        marek = browser.get(f"/people/employees/{cast.marek.employee_id}").text
        assert "Reports to Marek" in marek
        assert "Ewa" in marek
        assert "Manager" in marek

    def test_nothing_private_is_shown(self, browser: Browser, cast: Cast) -> None:
        cast.marek.password_hash, cast.marek.time_zone = "$argon2id$secret", "Asia/Tokyo"
        page = browser.sign_in(cast.ewa).get(f"/people/employees/{cast.marek.employee_id}").text
        assert "argon2" not in page
        assert "Tokyo" not in page

    def test_somebody_who_left_is_said_to_have(self, browser: Browser, cast: Cast) -> None:
        bring("employees", "email;name;unit_code;ends_on\nobcy@example.org;Obcy;S1;2024-01-01")
        page = browser.sign_in(cast.ewa).get(f"/people/employees/{cast.stranger.employee_id}").text
        assert "No longer works here" in page
        assert "mailto:" not in page

    def test_somebody_without_a_unit_has_a_page(self, browser: Browser, cast: Cast) -> None:
        person = make_employee(name="New Face")
        assert "No unit is known yet" in browser.sign_in(cast.ewa).get(f"/people/employees/{person.id}").text


def test_the_place_stands_in_the_navigation(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.ewa).get("/people/units").text
    assert 'href="/people/units" aria-current="page"' in page
    assert 'href="/people/units" aria-current="page"' not in browser.get("/settings/").text


def test_those_who_can_are_offered_the_imports(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert "/imports/new?kind=units" in browser.get("/people/units").text
    assert "/imports/new?kind=employees" in browser.get("/people/employees").text
    assert Role.ADMINISTRATOR in cast.adam.roles
    other = Browser(browser.app).sign_in(cast.hanna)
    assert "/imports/new?kind=units" not in other.get("/people/units").text
    assert "/imports/new?kind=employees" in other.get("/people/employees").text


def test_a_persons_page_leads_only_where_it_opens(browser: Browser, cast: Cast) -> None:
    """Whoever gives roles, or looks after accounts, elsewhere is led into no dead end."""
    regional = make_account("regional@example.org")
    make_grant(regional, Role.ADMINISTRATOR, cast.north)
    browser.sign_in(regional)
    for account, is_mine in ((cast.ewa, True), (cast.stranger, False)):
        page = browser.get(f"/people/employees/{account.employee_id}").text
        for path in (f"/people/accounts/{account.id}/access", f"/admin/accounts/{account.id}"):
            assert (f'href="{path}"' in page) is is_mine
            assert browser.get(path).status_code == (200 if is_mine else 404)
    make_grant(cast.stranger, Role.TRAINER, cast.n1)  # a role there makes it one's own
    assert (
        f'href="/admin/accounts/{cast.stranger.id}"'
        in browser.get(f"/people/employees/{cast.stranger.employee_id}").text
    )
