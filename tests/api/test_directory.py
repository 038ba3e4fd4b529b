"""Units and employees for programs: the same directory as on the pages."""

from datetime import date, timedelta

import pytest

from app.core import clock, company_time
from app.extensions import db
from app.people.models import Assignment
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_unit
from tests.people.bringing import bring

DAY = timedelta(days=1)


class TestUnits:
    def test_all_are_listed_page_by_page(self, browser: Browser, cast: Cast) -> None:
        caller, found, cursor = caller_for(browser, cast.stranger), [], ""
        for _ in range(9):
            page = caller.get(f"/units?limit=2&cursor={cursor}").get_json()
            found += [unit["code"] for unit in page["items"]]
            make_unit(f"NEW{len(found)}", cast.n1) if len(found) < 4 else None
            cursor = page["next"]
            if cursor is None:
                break
        assert found == ["COMPANY", "NORTH", "SOUTH", "N1", "N2", "S1", "NEW2"], "also what was added meanwhile"

    def test_one_is_told_as_it_is_today(self, browser: Browser, cast: Cast) -> None:
        assert caller_for(browser, cast.ewa).get("/units/N1").get_json() == {
            "code": "N1", "name": "Unit N1", "kind": "branch", "parent": "NORTH", "is_open": True, "country": None,
            "location": None, "since": "2015-01-01",
        }  # fmt: skip

    def test_a_code_with_a_slash_is_found(self, browser: Browser, cast: Cast) -> None:
        make_unit("A/B", cast.n1)
        caller = caller_for(browser, cast.ewa)
        assert caller.get("/units/A/B").get_json()["parent"] == "N1"
        assert caller.get("/impact/units/A/B").status_code == 404, "there, but its numbers are not for her"

    def test_codes_are_read_as_files_are(self, browser: Browser, cast: Cast) -> None:
        """However their letters are cased."""
        caller = caller_for(browser, cast.hanna)
        assert caller.get("/units/n1").get_json()["code"] == "N1"
        assert caller.get("/impact/units/n1").get_json()["unit"]["code"] == "N1"
        assert [unit["code"] for unit in caller.items("/units?parent=north")] == ["N1", "N2"]
        assert caller.get("/employees?unit=n1").get_json() == caller.get("/employees?unit=N1").get_json()
        assert caller.get("/employees?unit=N1").get_json()["items"]
        assert caller.items("/employees?unit=nowhere") == []
        assert caller.get("/units/n9").status_code == 404
        make_unit("ŁÓDŹ", cast.n1)
        assert [caller.get(f"/units/{code}").get_json()["code"] for code in ("ŁÓDŹ", "łódź")] == ["ŁÓDŹ"] * 2

    @pytest.mark.parametrize(
        ("query", "codes"),
        [("q=unit n1", ["N1"]), ("parent=NORTH", ["N1", "N2"]), ("parent=none", []), ("q=%25", []),
         ("is_open=false", ["N2"]), ("is_open=true&parent=NORTH", ["N1"])],
    )  # fmt: skip
    def test_filters(self, browser: Browser, cast: Cast, query: str, codes: list[str]) -> None:
        if "is_open" in query:
            bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2020-01-01")
        assert [unit["code"] for unit in caller_for(browser, cast.ewa).items(f"/units?{query}")] == codes

    def test_what_was_written_since_is_listed(self, browser: Browser, cast: Cast) -> None:
        caller, before = caller_for(browser, cast.ewa), clock.now()
        since = before.isoformat().replace("+00:00", "Z")
        assert caller.items(f"/units?changed_since={since}") == []
        bring("units", "code;name;parent_code;valid_from\nN2;A new name;NORTH;2020-01-01")
        assert [unit["code"] for unit in caller.items(f"/units?changed_since={since}")] == ["N2"]

    def test_what_came_into_force_since_is_listed(self, browser: Browser, cast: Cast) -> None:
        since = (clock.now() + timedelta(seconds=1)).isoformat().replace("+", "%2B")
        version = cast.n2.versions[0]
        version.starts_on = company_time.today()
        assert [u["code"] for u in caller_for(browser, cast.ewa).items(f"/units?changed_since={since}")] == ["N2"]


class TestEmployees:
    def test_one_is_told_as_on_the_page(self, browser: Browser, cast: Cast) -> None:
        ewa = cast.ewa.employee
        assert ewa is not None
        told = caller_for(browser, cast.stranger).get(f"/employees/{ewa.id}").get_json()
        assert told == {
            "id": ewa.id, "number": ewa.number, "name": "Ewa", "email": "ewa@example.org", "starts_on": "2015-01-01",
            "ends_on": None,
            "work": {"unit": "N1", "job": "", "manager": None, "starts_on": "2015-01-01", "ends_on": None},
        }  # fmt: skip

    def test_who_left_is_listed_only_when_asked_for_and_without_address(self, browser: Browser, cast: Cast) -> None:
        gone = make_employee(name="Gone Away")
        gone.ends_on = company_time.today()
        caller = caller_for(browser, cast.ewa)
        assert "Gone Away" not in [person["name"] for person in caller.items("/employees")]
        found = [person for person in caller.items("/employees?works=any") if person["name"] == "Gone Away"]
        assert (found[0]["email"], found[0]["work"]) == (None, None)

    @pytest.mark.parametrize(
        ("query", "names"),
        [("unit=NORTH", ["Ewa", "Marek"]), ("unit=none", []), ("q=obcy", ["Obcy"]), ("q=example.org", []),
         ("q=unit s1", ["Obcy"]), ("number=none", []), ("unit=N1&q=marek", ["Marek"])],
    )  # fmt: skip
    def test_filters(self, browser: Browser, cast: Cast, query: str, names: list[str]) -> None:
        assert [person["name"] for person in caller_for(browser, cast.ewa).items(f"/employees?{query}")] == names

    def test_a_number_finds_exactly_one(self, browser: Browser, cast: Cast) -> None:
        assert cast.marek.employee is not None
        cast.marek.employee.number = "007"
        found = caller_for(browser, cast.ewa).items("/employees?number=007")
        assert [person["name"] for person in found] == ["Marek"]

    def test_who_began_or_moved_since_is_listed(self, browser: Browser, cast: Cast) -> None:
        caller = caller_for(browser, cast.ewa)
        since = (clock.now() + timedelta(seconds=1)).isoformat().replace("+", "%2B")
        mover = make_employee(cast.n2, name="Mover", since=date(2020, 1, 1))
        mover.assignments[0].ends_on = company_time.today()
        db.session.add(Assignment(employee_id=mover.id, unit_id=cast.s1.id, starts_on=company_time.today()))
        db.session.flush()
        db.session.expire_all()
        found = caller.items(f"/employees?changed_since={since}")
        assert [(person["name"], person["work"]["unit"]) for person in found] == [("Mover", "S1")]

    def test_an_empty_company_has_nobody(self, browser: Browser, database: None) -> None:
        assert caller_for(browser, make_account("somebody@example.org")).items("/employees") == []

    def test_a_page_costs_few_queries(self, browser: Browser, cast: Cast) -> None:
        caller = caller_for(browser, cast.ewa)
        for number in range(120):
            make_employee(cast.n1, name=f"Person {number}")
        assert len(caller.items("/employees?limit=100")) == 100
        assert len(browser.queries) <= 6, "\n".join(browser.queries)
