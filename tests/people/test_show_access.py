"""Who may see what: for a unit, for a person, and for oneself."""

import re
from datetime import timedelta

import pytest

from app.core import clock, company_time
from app.core.permission_words import RIGHTS
from app.core.permissions import EVERYBODY, ROLE_PERMISSIONS, Permission, Role
from app.extensions import db
from app.people.models import Assignment, Grant
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.test_deputies import grant_of, lend


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1]))


class TestOfAUnit:
    def test_everybody_is_named_and_by_what(self, browser: Browser, cast: Cast) -> None:
        lend(cast.marek, cast.stranger)
        page = words(browser.sign_in(cast.ewa).get(f"/people/units/{cast.n1.id}/access").text)
        assert "2 people work here and see the numbers of this unit" in page
        assert "Marek Manager · Unit N1 no end see numbers" in page
        assert "Obcy Manager · Unit N1, as deputy of Marek" in page
        assert "Hanna HR · Firma no end see numbers, bring employees&#39; results, bring people" in page
        assert "Celina CX lead · Firma no end see numbers, bring customers&#39; feedback" in page
        assert "two things" in page

    def test_those_of_units_beside_and_below_are_not(self, browser: Browser, cast: Cast) -> None:
        page = words(browser.sign_in(cast.ewa).get(f"/people/units/{cast.n2.id}/access").text)
        assert "Marek" not in page
        assert "Nobody works directly here" in page

    def test_a_line_manager_is_not_among_them(self, browser: Browser, cast: Cast) -> None:
        assert cast.ewa.employee
        cast.ewa.employee.assignments[0].line_manager_id = cast.stranger.employee_id
        page = words(browser.sign_in(cast.stranger).get(f"/people/units/{cast.n1.id}/access").text)
        assert "Obcy" not in page
        assert browser.get(f"/impact/units/{cast.n1.id}").status_code == 404

    def test_nobody_who_has_left_or_is_shut_out(self, browser: Browser, cast: Cast) -> None:
        lend(cast.hanna, cast.stranger)
        cast.hanna.disabled_at = clock.now()
        page = words(browser.sign_in(cast.ewa).get(f"/people/units/{cast.n1.id}/access").text)
        assert "Hanna" not in page
        assert "Obcy" not in page

    def test_history_and_reasons_are_for_those_who_give_roles(self, browser: Browser, cast: Cast) -> None:
        grant_of(cast.marek).reason = "Since Anna retired"
        past = make_grant(cast.stranger, Role.MANAGER, cast.n1, ends_on=company_time.today() - timedelta(days=5))
        assert past.ends_on
        path = f"/people/units/{cast.n1.id}/access"
        for person in (cast.ewa, cast.marek, cast.leon):
            page = Browser(browser.app).sign_in(person).get(path).text
            assert "Since Anna retired" not in page
            assert "Obcy" not in page
            assert "Give a role here" not in page
        page = browser.sign_in(cast.hanna).get(path).text
        assert "Since Anna retired" in page
        assert "Obcy" in page
        assert "Give a role here" in page

    def test_hr_of_another_region_gives_nothing_here(self, browser: Browser, cast: Cast) -> None:
        south = make_account("hanka@example.org")
        make_grant(south, Role.HR, cast.south)
        page = browser.sign_in(south).get(f"/people/units/{cast.n1.id}/access").text
        assert "Give a role here" not in page
        assert "past ones too" not in page


class TestOfAPerson:
    def test_everything_stands_there_with_who_and_why(self, browser: Browser, cast: Cast) -> None:
        lend(cast.marek, cast.ewa)
        page = words(browser.sign_in(cast.adam).get(f"/people/accounts/{cast.ewa.id}/access").text)
        assert "Works in Unit N1" in page
        assert "Manager · Unit N1, as deputy of Marek" in page
        assert "Give a role" in page

    def test_only_those_who_give_roles_there_find_it(self, browser: Browser, cast: Cast) -> None:
        north = make_account("hania@example.org")
        make_grant(north, Role.HR, cast.north)
        statuses = {
            name: Browser(browser.app).sign_in(person).get(f"/people/accounts/{cast.stranger.id}/access").status_code
            for name, person in {**cast.everybody(), "hania": north}.items()
        }
        assert statuses == {
            "ewa": 403, "marek": 403, "leon": 403, "celina": 403, "stranger": 403,
            "hanna": 200, "adam": 200, "hania": 404,
        }  # fmt: skip

    def test_end_is_offered_only_where_it_is_allowed(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.hanna)
        assert (
            f"/people/roles/{grant_of(cast.marek).id}/end"
            in browser.get(f"/people/accounts/{cast.marek.id}/access").text
        )
        assert "/end" not in browser.get(f"/people/accounts/{cast.adam.id}/access").text

    def test_a_link_leads_there_from_the_persons_page(self, browser: Browser, cast: Cast) -> None:
        path = f"/people/employees/{cast.ewa.employee_id}"
        assert f"/people/accounts/{cast.ewa.id}/access" in browser.sign_in(cast.adam).get(path).text
        assert "/access" not in Browser(browser.app).sign_in(cast.marek).get(path).text

    def test_who_is_not_there_is_not_found(self, browser: Browser, cast: Cast) -> None:
        assert browser.sign_in(cast.adam).get("/people/accounts/999999/access").status_code == 404


class TestOwn:
    def test_i_see_what_i_hold(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.marek).get("/settings/access").text
        assert "I work in Unit N1" in words(page)
        assert "Manager · Unit N1" in words(page)
        assert "/settings/deputies/new" in page
        assert "/end" not in page

    def test_nothing_is_said_too(self, browser: Browser, cast: Cast) -> None:
        page = words(browser.sign_in(make_account("new@example.org")).get("/settings/access").text)
        assert "No unit and no role today" in page

    def test_the_settings_lead_there(self, browser: Browser, cast: Cast) -> None:
        assert "/settings/access" in browser.sign_in(cast.ewa).get("/settings/").text

    def test_what_was_stays_in_the_list(self, browser: Browser, cast: Cast) -> None:
        grant_of(cast.marek).ends_on = company_time.today()
        page = words(browser.sign_in(cast.marek).get("/settings/access").text)
        assert "Manager · Unit N1" not in page
        assert "Manager Unit N1" in page


@pytest.mark.parametrize(
    "path", ["/people/units/{unit}/access", "/people/accounts/{account}/access", "/settings/access"]
)
def test_it_needs_sign_in(browser: Browser, cast: Cast, path: str) -> None:
    path = path.format(unit=cast.n1.id, account=cast.ewa.id)
    assert browser.get(path).location == f"/sign-in?next={path}"


def test_many_roles_cost_no_more_queries(browser: Browser, cast: Cast) -> None:
    """The counting browser holds every page under its ceiling; here with forty roles and twenty deputies."""
    for number in range(20):
        account = make_account(f"many{number}@example.org")
        make_grant(account, Role.MANAGER, cast.n1)
        lend(account, cast.ewa)
    for unit in (cast.north, cast.n2, cast.s1):
        make_grant(cast.ewa, Role.TRAINER, unit)
    db.session.flush()
    browser.sign_in(cast.adam)
    for path in (f"/people/units/{cast.n1.id}/access", f"/people/accounts/{cast.ewa.id}/access"):
        assert browser.get(path).status_code == 200
    assert db.session.query(Grant).count() > 20
    assert db.session.query(Assignment).count() > 5


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_right_of_a_role_has_its_words(role: Role) -> None:
    """A new right that these pages did not name would be one that nobody reads of. Administrators: everything."""
    rights = ROLE_PERMISSIONS[role] - EVERYBODY - {Permission.IMPORT_USE}  # the pages; which kinds is said by others
    assert rights <= {each for each, right in RIGHTS.items() if right.listed}
