"""Standing in for somebody absent: what is lent, to whom, on which days, and what is not."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.core.audit import AuditEntry, AuditValue
from app.core.permissions import Permission, Role
from app.extensions import db
from app.people.models import Account, Deputyship, Grant, units_where
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_deputy, make_grant

DAY = timedelta(days=1)


def grant_of(account: Account) -> Grant:
    return db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id)).one()


def lend(absent: Account, deputy: Account, first: int = 0, days: int = 10, grant: Grant | None = None) -> Deputyship:
    """The deputy stands in for this role of the absent person, from so many days from today on."""
    row = make_deputy(grant or grant_of(absent), deputy, first=first, days=days)
    row.absent_id = absent.id  # whosesoever the grant is
    db.session.flush()
    return row


def roles_of(account: Account) -> frozenset[Role]:
    account.__dict__.pop("roles", None)
    return account.roles


def sees(account: Account) -> set[int]:
    return set(db.session.scalars(units_where(account, Permission.IMPACT_READ)))


def name(
    browser: Browser, deputy: Account, grants: list[Grant], *, of: Account | None = None, **days: Any
) -> TestResponse:
    today = company_time.today()
    typed = {"roles": [each.id for each in grants], "first_day": today, "last_day": today + 9 * DAY, "reason": "Away"}
    path = f"/people/accounts/{of.id}/deputies/new" if of else "/settings/deputies/new"
    return browser.post(f"{path}?deputy={deputy.id}", data=typed | days)


def rows() -> list[Deputyship]:
    return list(db.session.scalars(sa.select(Deputyship).order_by(Deputyship.id)))


def test_a_manager_names_her_deputy(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.marek)
    assert "Manager · Unit N1" in browser.get(f"/settings/deputies/new?deputy={cast.stranger.id}").text
    assert name(browser, cast.stranger, [grant_of(cast.marek)]).location == "/settings/access"
    (row,) = rows()
    today = company_time.today()
    assert (row.absent_id, row.deputy_id, row.named_by_id) == (cast.marek.id, cast.stranger.id, cast.marek.id)
    assert (row.role, row.unit_id, row.starts_on, row.ends_on) == (Role.MANAGER, cast.n1.id, today, today + 10 * DAY)
    assert sees(cast.stranger) == {cast.s1.id, cast.n1.id}
    (entry,) = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "deputy.named")).all()
    facts = {value.field: value.after for value in entry.values}
    assert (facts["absent_id"], facts["deputy_id"]) == (str(cast.marek.id), str(cast.stranger.id)), "both are named"
    other = Browser(browser.app).sign_in(cast.stranger)
    assert "as deputy of Marek" in other.get("/settings/access").text
    assert other.get(f"/impact/units/{cast.n1.id}").status_code == 200
    assert other.get(f"/impact/units/{cast.n2.id}").status_code == 404


def test_namesakes_are_told_apart_by_their_unit(browser: Browser, cast: Cast) -> None:
    for account in (cast.ewa, cast.stranger):
        assert account.employee
        account.name = account.employee.name = "Jan Kowalski"
    page = browser.sign_in(cast.marek).get("/settings/deputies/new?q=kowalski").text
    told = re.findall(r'deputy=(\d+)"[^>]*>.*?<span class="second">(.*?)</span>', page, re.DOTALL)
    assert dict(told) == {
        str(cast.ewa.id): f"Unit N1 · {cast.ewa.email}",
        str(cast.stranger.id): f"Unit S1 · {cast.stranger.email}",
    }


def test_what_is_lent_ends_with_the_day(cast: Cast) -> None:
    for first, days, held in [(0, 1, True), (-10, 10, False), (-10, 11, True), (1, 5, False), (0, 0, False)]:
        row = lend(cast.marek, cast.stranger, first, days)
        assert (Role.MANAGER in roles_of(cast.stranger)) is held, (first, days)
        assert (cast.n1.id in sees(cast.stranger)) is held, (first, days)
        db.session.delete(row)
        db.session.flush()


def test_what_is_lent_is_not_passed_on(browser: Browser, cast: Cast) -> None:
    """The stranger stands in for Marek, Ewa for the stranger: Ewa has nothing of Marek's."""
    lend(cast.marek, cast.stranger)
    lend(cast.stranger, cast.ewa, grant=grant_of(cast.marek))
    assert Role.MANAGER not in roles_of(cast.ewa)
    browser.sign_in(cast.stranger)
    assert name(browser, cast.ewa, [grant_of(cast.marek)]).status_code == 422, "not hers to lend"
    assert "no role to stand in for" in browser.get(f"/settings/deputies/new?deputy={cast.ewa.id}").text


def test_a_deputy_with_the_right_to_give_roles_names_no_deputy_either(browser: Browser, cast: Cast) -> None:
    lend(cast.hanna, cast.ewa)
    browser.sign_in(cast.ewa)
    assert name(browser, cast.stranger, [grant_of(cast.hanna)], of=cast.hanna).status_code == 409
    assert len(rows()) == 1


def test_nobody_is_their_own_deputy(browser: Browser, cast: Cast) -> None:
    assert name(browser.sign_in(cast.marek), cast.marek, [grant_of(cast.marek)]).status_code == 409
    assert name(browser, cast.marek, [grant_of(cast.marek)]).status_code == 409
    assert rows() == []
    with pytest.raises(sa.exc.IntegrityError):
        lend(cast.marek, cast.marek)


def test_an_administrator_does_it_for_her_and_never_for_himself(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert name(browser, cast.adam, [grant_of(cast.hanna)], of=cast.hanna).status_code == 409
    assert name(browser, cast.ewa, [grant_of(cast.hanna)], of=cast.hanna).status_code == 302
    assert [row.named_by_id for row in rows()] == [cast.adam.id]


def test_hr_lends_nothing_of_the_administrators(browser: Browser, cast: Cast) -> None:
    assert name(browser.sign_in(cast.hanna), cast.ewa, [grant_of(cast.adam)], of=cast.adam).status_code == 409
    assert rows() == []


def test_it_gives_only_what_the_absent_person_holds_that_moment(cast: Cast) -> None:
    lend(cast.marek, cast.stranger)
    assert cast.n1.id in sees(cast.stranger)
    grant_of(cast.marek).ends_on = company_time.today()
    db.session.flush()
    assert sees(cast.stranger) == {cast.s1.id}
    assert Role.MANAGER not in roles_of(cast.stranger)


def test_it_gives_nothing_once_the_absent_person_has_left(cast: Cast) -> None:
    lend(cast.hanna, cast.stranger)
    assert cast.stranger.holds_on_company(Permission.RESULT_PUBLISH)
    assert cast.hanna.employee
    cast.hanna.employee.ends_on = company_time.today()
    db.session.flush()
    assert not cast.stranger.holds_on_company(Permission.RESULT_PUBLISH)
    cast.hanna.employee.ends_on = None
    cast.hanna.disabled_at = clock.now()
    db.session.flush()
    assert sees(cast.stranger) == {cast.s1.id}


def test_a_deputy_may_do_what_the_absent_may_and_the_log_names_both(browser: Browser, cast: Cast) -> None:
    lend(cast.hanna, cast.ewa)
    browser.sign_in(cast.ewa)
    today = company_time.today()
    typed = {"role": "manager", "first_day": today, "reason": "Needed now"}
    assert (
        browser.post(f"/people/roles/new?account={cast.stranger.id}&unit={cast.s1.id}", data=typed).status_code == 302
    )
    given = grant_of(cast.stranger)
    assert (given.granted_by_id, given.granted_for_id) == (cast.ewa.id, cast.hanna.id)
    said = sa.select(AuditValue.after).where(AuditValue.field == "acting_for_id")
    assert db.session.scalars(said).all() == [str(cast.hanna.id)]
    assert "Ewa for Hanna" in browser.get(f"/people/accounts/{cast.stranger.id}/access").text
    ended = browser.post(f"/people/roles/{given.id}/end", data={"reason": "No more"})
    assert ended.status_code == 302
    assert grant_of(cast.stranger).ended_for_id == cast.hanna.id


def test_nobody_approves_their_own_through_a_deputy(browser: Browser, cast: Cast) -> None:
    """Ewa stands in for Hanna: with Hanna's rights she gives nothing to Hanna, and nothing to herself."""
    lend(cast.hanna, cast.ewa)
    browser.sign_in(cast.ewa)
    typed = {"role": "leadership", "first_day": company_time.today(), "reason": "A favour"}
    for account in (cast.hanna, cast.ewa):
        path = f"/people/roles/new?account={account.id}&unit={cast.n1.id}"
        assert browser.post(path, data=typed).status_code == 409
    assert browser.post(f"/people/roles/{grant_of(cast.hanna).id}/end", data={"reason": "x"}).status_code == 409


@pytest.mark.parametrize(
    "days",
    [
        {"last_day": ""}, {"first_day": ""}, {"first_day": date(2020, 1, 1)}, {"last_day": date(2020, 1, 1)},
        {"roles": []}, {"roles": [999999]}, {"last_day": date(2999, 1, 1)}, {"reason": "x" * 201},
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_keeps_what_was_typed(browser: Browser, cast: Cast, days: dict[str, Any]) -> None:
    answer = name(browser.sign_in(cast.marek), cast.ewa, [grant_of(cast.marek)], **days)
    assert answer.status_code == 422
    assert "reason" in days or "Away" in answer.text
    assert rows() == []


def test_the_same_twice_is_refused(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.marek)
    assert name(browser, cast.ewa, [grant_of(cast.marek)]).status_code == 302
    assert name(browser, cast.ewa, [grant_of(cast.marek)]).status_code == 409
    assert name(browser, cast.stranger, [grant_of(cast.marek)]).status_code == 302, "somebody else as well"
    assert len(rows()) == 2


@pytest.mark.parametrize("who", ["marek", "stranger", "adam"])
def test_both_and_who_gives_roles_may_end_it(browser: Browser, cast: Cast, who: str) -> None:
    row = lend(cast.marek, cast.stranger)
    assert browser.sign_in(cast.everybody()[who]).post(f"/people/deputies/{row.id}/end").status_code == 302
    assert row.ends_on == company_time.today()
    assert row.ended_by_id == cast.everybody()[who].id
    assert cast.n1.id not in sees(cast.stranger)
    assert browser.post(f"/people/deputies/{row.id}/end").status_code == 409, "twice"


def test_others_do_not_find_it(browser: Browser, cast: Cast) -> None:
    row = lend(cast.marek, cast.stranger)
    path = f"/people/deputies/{row.id}/end"
    assert browser.post(path).status_code == 302
    for person in (cast.ewa, cast.leon, cast.celina):
        assert Browser(browser.app).sign_in(person).post(path).status_code == 404
    assert row.ended_at is None


def test_pages_need_sign_in_and_the_role(browser: Browser, cast: Cast) -> None:
    assert str(browser.get("/settings/deputies/new").location).startswith("/sign-in?next=")
    browser.sign_in(cast.marek)
    assert browser.get(f"/people/accounts/{cast.ewa.id}/deputies/new").status_code == 403
    assert "Who stands in" in browser.get("/settings/deputies/new").text
    assert f"deputy={cast.ewa.id}" in browser.get("/settings/deputies/new?q=ewa").text


def test_a_role_that_begins_while_the_absence_lasts_is_lent_from_then_on(cast: Cast) -> None:
    boss = make_account("boss@example.org")
    grant = make_grant(boss, Role.LEADERSHIP, cast.north)
    grant.starts_on = company_time.today() + DAY
    lend(boss, cast.ewa, grant=grant)
    assert Role.LEADERSHIP not in roles_of(cast.ewa)
    grant.starts_on = company_time.today()
    db.session.flush()
    assert Role.LEADERSHIP in roles_of(cast.ewa)


def test_a_program_stands_in_for_nobody(browser: Browser, cast: Cast) -> None:
    program = Account(name="Sync", is_service=True, created_at=clock.now())
    db.session.add(program)
    db.session.flush()
    assert name(browser.sign_in(cast.marek), program, [grant_of(cast.marek)]).status_code == 409
