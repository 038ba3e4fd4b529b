"""Giving a role: by whom, on what, from when, and what is refused."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Account, AccountSession, Grant, Unit
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.bringing import bring

DAY = timedelta(days=1)


def give(browser: Browser, account: Account, unit: Unit, **fields: Any) -> TestResponse:
    typed = {"role": "manager", "first_day": company_time.today(), "last_day": "", "reason": "Runs the branch"} | fields
    return browser.post(f"/people/roles/new?account={account.id}&unit={unit.id}", data=typed)


def grants_of(account: Account) -> list[Grant]:
    return list(db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id).order_by(Grant.id)))


def hr_of_the_north(cast: Cast) -> Account:
    account = make_account("hania@example.org", name="Hania")
    make_grant(account, Role.HR, cast.north)
    return account


def test_it_is_given_with_days_and_a_reason(browser: Browser, cast: Cast) -> None:
    today = company_time.today()
    answer = give(browser.sign_in(cast.adam), cast.ewa, cast.n1, last_day=today + 9 * DAY)
    assert answer.location == f"/people/accounts/{cast.ewa.id}/access"
    (grant,) = grants_of(cast.ewa)
    assert (grant.role, grant.unit_id, grant.starts_on, grant.ends_on) == (
        Role.MANAGER, cast.n1.id, today, today + 10 * DAY,
    )  # fmt: skip
    assert (grant.granted_by_id, grant.granted_for_id, grant.reason) == (cast.adam.id, None, "Runs the branch")
    page = browser.get(str(answer.location)).text
    assert "Runs the branch" in page
    assert "Adam" in page
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "role.granted")).one()
    assert {value.field: value.after for value in entry.values}["reason"] == "Runs the branch"


def test_it_reaches_from_the_first_day_on(browser: Browser, cast: Cast) -> None:
    tomorrow = company_time.today() + DAY
    give(browser.sign_in(cast.adam), cast.ewa, cast.n1, role="hr", first_day=tomorrow)
    assert Role.HR not in db.session.get_one(Account, cast.ewa.id).roles


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "employee"), ("role", "king"), ("role", ""), ("first_day", ""), ("first_day", "yesterday"),
        ("first_day", "2020-01-01"), ("last_day", "2020-01-01"), ("last_day", "9999-12-31"), ("reason", ""),
        ("reason", "x" * 201),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_keeps_what_was_typed(browser: Browser, cast: Cast, field: str, value: str) -> None:
    answer = give(browser.sign_in(cast.adam), cast.ewa, cast.n1, **({"reason": "Typed words"} | {field: value}))
    assert answer.status_code == 422
    assert field == "reason" or "Typed words" in answer.text
    assert grants_of(cast.ewa) == []


def test_the_same_role_is_not_given_twice_on_one_day(browser: Browser, cast: Cast) -> None:
    today = company_time.today()
    give(browser.sign_in(cast.adam), cast.ewa, cast.n1, last_day=today + 9 * DAY)
    for first, last in [(today, ""), (today + 9 * DAY, today + 20 * DAY), (today + 3 * DAY, today + 4 * DAY)]:
        again = give(browser, cast.ewa, cast.n1, first_day=first, last_day=last)
        assert again.status_code == 409
        assert "already" in again.text
        assert "Runs the branch" in again.text
    assert give(browser, cast.ewa, cast.n1, first_day=today + 10 * DAY).status_code == 302, "right after it"
    assert give(browser, cast.ewa, cast.n2).status_code == 302, "on another unit"
    assert len(grants_of(cast.ewa)) == 3


def test_what_was_taken_back_on_its_first_day_may_be_given_again(browser: Browser, cast: Cast) -> None:
    give(browser.sign_in(cast.adam), cast.ewa, cast.n1)
    (grant,) = grants_of(cast.ewa)
    browser.post(f"/people/roles/{grant.id}/end", data={"last_day": "", "reason": "By mistake"})
    assert give(browser, cast.ewa, cast.n1).status_code == 302
    assert [each.starts_on == each.ends_on for each in grants_of(cast.ewa)] == [True, False]


def test_nobody_gives_more_than_they_hold(browser: Browser, cast: Cast) -> None:
    browser.sign_in(hr_of_the_north(cast))
    for role in ("administrator", "cx_lead"):
        assert give(browser, cast.ewa, cast.n1, role=role).status_code == 422, "not even offered"
    for role in ("hr", "leadership", "trainer", "manager"):
        assert give(browser, cast.ewa, cast.n1, role=role).status_code == 302
    assert {each.role for each in grants_of(cast.ewa)} == {Role.HR, Role.LEADERSHIP, Role.TRAINER, Role.MANAGER}


def test_nobody_gives_beyond_their_own_units(browser: Browser, cast: Cast) -> None:
    browser.sign_in(hr_of_the_north(cast))
    for unit in (cast.company, cast.south, cast.s1):
        assert give(browser, cast.ewa, unit).status_code == 404
    assert grants_of(cast.ewa) == []


def test_a_role_elsewhere_lends_nothing_here(browser: Browser, cast: Cast) -> None:
    """HR of the north who is administrator of a branch of the south gives HR in the north, and no more."""
    person = hr_of_the_north(cast)
    make_grant(person, Role.ADMINISTRATOR, cast.s1)
    browser.sign_in(person)
    refused = give(browser, cast.ewa, cast.n1, role="administrator")
    assert refused.status_code == 409
    assert "do not hold themselves" in refused.text
    assert give(browser, cast.ewa, cast.s1, role="administrator").status_code == 302


def test_nobody_gives_themselves_anything(browser: Browser, cast: Cast) -> None:
    person = hr_of_the_north(cast)
    browser.sign_in(person)
    assert give(browser, person, cast.n1, role="leadership").status_code == 409
    assert len(grants_of(person)) == 1


def test_a_unit_that_is_closed_takes_no_role(browser: Browser, cast: Cast) -> None:
    bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2020-01-01")
    assert give(browser.sign_in(cast.adam), cast.ewa, cast.n2).status_code == 409
    assert grants_of(cast.ewa) == []


def test_who_has_left_is_given_nothing(browser: Browser, cast: Cast) -> None:
    assert cast.ewa.employee
    cast.ewa.employee.ends_on = company_time.today()
    assert give(browser.sign_in(cast.adam), cast.ewa, cast.n1).status_code == 409


def test_what_is_not_there_is_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    ewa, n1 = cast.ewa.id, cast.n1.id
    for wanted in ({"account": 999999, "unit": n1}, {"account": ewa, "unit": 999999}):
        assert browser.get(f"/people/roles/new?{urlencode(wanted)}").status_code == 404


def test_it_needs_the_role_and_a_sign_in(browser: Browser, cast: Cast) -> None:
    path = f"/people/roles/new?account={cast.ewa.id}&unit={cast.n1.id}"
    assert str(browser.get(path).location).startswith("/sign-in?next=")
    for person in (cast.ewa, cast.marek, cast.leon, cast.celina):
        other = Browser(browser.app).sign_in(person)
        assert other.get(path).status_code == 403
        assert give(other, cast.stranger, cast.n1).status_code == 403


def test_the_password_is_asked_again_and_leads_back(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    db.session.execute(sa.update(AccountSession).values(signed_in_at=clock.now() - timedelta(hours=1)))
    path = f"/people/roles/new?account={cast.ewa.id}&unit={cast.n1.id}"
    there = path.replace("=", "%3D").replace("&", "%26")
    assert there in str(browser.get(path).location)
    referring = {"Referer": f"http://localhost{path}"}
    again = browser.post(path, data={"role": "manager"}, headers=referring)
    assert there in str(again.location)
    assert grants_of(cast.ewa) == []


def test_the_person_and_the_unit_are_found_by_words(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    found = browser.get(f"/people/roles/new?unit={cast.n1.id}&q=obc").text
    assert f"?unit={cast.n1.id}&amp;account={cast.stranger.id}" in found
    assert "Ewa" in browser.get(f"/people/roles/new?unit={cast.n1.id}").text, "who works there stands there at once"
    assert "Unit S1" in browser.get(f"/people/roles/new?account={cast.ewa.id}&q=s1").text
    assert "Firma" in browser.get(f"/people/roles/new?account={cast.ewa.id}").text
    assert "Nothing was found" in browser.get(f"/people/roles/new?account={cast.ewa.id}&q=zzz").text
    assert "Search first" in browser.get("/people/roles/new").text


def test_only_units_within_reach_are_offered(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(hr_of_the_north(cast)).get(f"/people/roles/new?account={cast.ewa.id}").text
    assert "Unit N1" in page
    assert "Unit S1" not in page
    assert f"unit={cast.company.id}" not in page


def test_todays_tree_decides(browser: Browser, cast: Cast) -> None:
    """N2 goes to the south: HR of the north gives nothing there any more, nor reaches what was given."""
    person = hr_of_the_north(cast)
    make_grant(cast.stranger, Role.MANAGER, cast.n2)
    today = company_time.today()
    bring("units", f"code;name;parent_code;valid_from\nN2;Unit N2;SOUTH;{today}")
    browser.sign_in(person)
    assert give(browser, cast.ewa, cast.n2).status_code == 404
    assert browser.get(f"/people/roles/{grants_of(cast.stranger)[0].id}/end").status_code == 404


def test_a_role_on_a_unit_that_closes_later_stays_on_that_unit_alone(browser: Browser, cast: Cast) -> None:
    make_grant(cast.stranger, Role.MANAGER, cast.n2)
    bring("units", "code;name;parent_code;valid_to\nN2;Unit N2;NORTH;2020-01-01")
    browser.sign_in(cast.stranger)
    assert browser.get(f"/impact/units/{cast.n2.id}").status_code == 200
    assert browser.get(f"/impact/units/{cast.north.id}").status_code == 404
    assert date(2020, 1, 1) < company_time.today()
