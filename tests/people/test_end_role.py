"""Ending a role, from a day on; and the last administrator, who stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.database import writing
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.actions import administrators, roles
from app.people.actions.accounts import close_account
from app.people.actions.administrators import first_day_without
from app.people.actions.roles import Act, Term, end_role, give_role
from app.people.models import Account, Grant, Unit
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.browser_check import Browser
from tests.cast import Cast, make_cast
from tests.factories import make_account, make_grant
from tests.people.bringing import bring

DAY = timedelta(days=1)


def grant_of(account: Account) -> Grant:
    return db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id)).one()


def end(browser: Browser, grant: Grant, last_day: object = "", reason: str = "Moved on") -> TestResponse:
    return browser.post(f"/people/roles/{grant.id}/end", data={"last_day": last_day, "reason": reason})


def second_administrator(cast: Cast) -> Account:
    account = make_account("bea@example.org", name="Bea")
    make_grant(account, Role.ADMINISTRATOR, cast.company)
    return account


def test_it_ends_now(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert "Marek" in browser.get(f"/people/roles/{grant_of(cast.marek).id}/end").text
    assert end(browser, grant_of(cast.marek)).location == f"/people/accounts/{cast.marek.id}/access"
    grant = grant_of(cast.marek)
    assert grant.ends_on == company_time.today()
    assert (grant.ended_by_id, grant.ended_for_id, grant.end_reason) == (cast.adam.id, None, "Moved on")
    assert grant.starts_on < company_time.today(), "what was, was"
    assert Role.MANAGER not in db.session.get_one(Account, cast.marek.id).roles
    page = browser.get(f"/people/accounts/{cast.marek.id}/access").text
    assert "Moved on" in page, "past ones stay in the list"
    (entry,) = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "role.ended")).all()
    assert {value.field: value.after for value in entry.values}["ends_on"] == str(company_time.today())


def test_it_ends_after_a_last_day(browser: Browser, cast: Cast) -> None:
    last = company_time.today() + 4 * DAY
    end(browser.sign_in(cast.adam), grant_of(cast.marek), last)
    assert grant_of(cast.marek).ends_on == last + DAY
    assert Role.MANAGER in db.session.get_one(Account, cast.marek.id).roles
    assert end(browser, grant_of(cast.marek), last).status_code == 409, "twice"
    assert end(browser, grant_of(cast.marek), last - DAY).status_code == 302, "earlier"


@pytest.mark.parametrize(("last_day", "reason"), [("2020-01-01", "x"), ("", ""), ("9999-12-31", "x"), ("soon", "x")])
def test_bad_input_is_refused_and_ends_nothing(browser: Browser, cast: Cast, last_day: str, reason: str) -> None:
    assert end(browser.sign_in(cast.adam), grant_of(cast.marek), last_day, reason).status_code == 422
    assert grant_of(cast.marek).ends_on is None


def test_nobody_ends_more_than_they_could_give(browser: Browser, cast: Cast) -> None:
    north = make_account("hania@example.org", name="Hania")
    make_grant(north, Role.HR, cast.north)
    head = make_account("rita@example.org", name="Rita")
    higher = make_grant(head, Role.ADMINISTRATOR, cast.north)
    elsewhere = make_grant(cast.stranger, Role.MANAGER, cast.s1)
    browser.sign_in(north)
    assert end(browser, higher).status_code == 409
    assert end(browser, elsewhere).status_code == 404
    assert end(browser, grant_of(cast.hanna)).status_code == 404, "on a unit above"
    assert end(browser, grant_of(cast.marek)).status_code == 302
    assert higher.ends_on is None


def test_one_may_give_back_ones_own(browser: Browser, cast: Cast) -> None:
    assert end(browser.sign_in(cast.hanna), grant_of(cast.hanna)).location == "/settings/access"
    assert browser.get("/settings/access").status_code == 200


def test_it_needs_the_role_and_a_sign_in(browser: Browser, cast: Cast) -> None:
    path = f"/people/roles/{grant_of(cast.marek).id}/end"
    assert browser.get(path).location == f"/sign-in?next={path}"
    assert end(browser.sign_in(cast.marek), grant_of(cast.marek)).status_code == 403
    other = Browser(browser.app).sign_in(cast.adam)
    assert other.get("/people/roles/999999/end").status_code == 404


def test_the_last_administrator_does_not_end_her_own_role(browser: Browser, cast: Cast) -> None:
    refused = end(browser.sign_in(cast.adam), grant_of(cast.adam))
    assert refused.status_code == 409
    assert "without an administrator" in refused.text
    assert "Moved on" in refused.text
    assert grant_of(cast.adam).ends_on is None
    assert end(browser, grant_of(cast.adam), company_time.today() + 99 * DAY).status_code == 409, "nor later"


def test_one_of_two_may_go_and_then_the_other_stays(browser: Browser, cast: Cast) -> None:
    bea = second_administrator(cast)
    assert end(browser.sign_in(cast.adam), grant_of(bea)).status_code == 302
    assert end(browser, grant_of(cast.adam)).status_code == 409


def test_an_administrator_of_a_part_does_not_count(browser: Browser, cast: Cast) -> None:
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.north)
    assert end(browser.sign_in(cast.adam), grant_of(cast.adam)).status_code == 409


def test_nobody_counts_who_cannot_sign_in(browser: Browser, cast: Cast) -> None:
    bea = second_administrator(cast)
    bea.disabled_at = clock.now()
    assert end(browser.sign_in(cast.adam), grant_of(cast.adam)).status_code == 409


def test_a_program_is_no_administrator_who_could_stay(browser: Browser, cast: Cast) -> None:
    program = Account(name="Sync", is_service=True, created_at=clock.now())
    db.session.add(program)
    db.session.flush()
    make_grant(program, Role.ADMINISTRATOR, cast.company)
    assert end(browser.sign_in(cast.adam), grant_of(cast.adam)).status_code == 409


def test_an_account_is_not_closed_either(cast: Cast) -> None:
    with pytest.raises(Refused), db.session.begin_nested():  # what is refused, the edge rolls back
        close_account(cast.adam, clock.now(), actor_id=cast.hanna.id)
    bea = second_administrator(cast)
    close_account(bea, clock.now(), actor_id=cast.adam.id)
    assert bea.disabled_at is not None


def test_an_import_does_not_let_the_last_one_leave(cast: Cast) -> None:
    leaving = f"email;name;unit_code;ends_on\nadam@example.org;Adam;COMPANY;{company_time.today() + 30 * DAY}"
    (refusal,) = bring("employees", leaving).refusals
    assert refusal[1] == "ends_on"
    assert "without an administrator" in refusal[2]
    assert cast.adam.employee
    assert cast.adam.employee.ends_on is None
    second_administrator(cast)
    assert bring("employees", leaving).changed == 1


def test_an_import_lets_not_both_leave(cast: Cast) -> None:
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company)
    day = company_time.today() + 30 * DAY
    rows = f"adam@example.org;Adam;COMPANY;{day}\newa@example.org;Ewa;N1;{day}\nmarek@example.org;Marek;N1;{day}"
    brought = bring("employees", f"email;name;unit_code;ends_on\n{rows}")
    assert [line for line, _, _ in brought.refusals] == [2, 3]
    assert brought.changed == 1, "the manager leaves"


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("terms", "without"),
    [
        ([], 0), ([(-9, None)], None), ([(-9, 5)], 5), ([(1, None)], 0), ([(-9, 5), (5, None)], None),
        ([(-9, 5), (6, None)], 5), ([(-9, 3), (-5, 5), (4, 7)], 7), ([(2, None), (-9, 3)], None),
    ],
)  # fmt: skip
def test_the_first_day_without_anybody(terms: list[tuple[int, int | None]], without: int | None) -> None:
    spans = [(TODAY + first * DAY, None if end is None else TODAY + end * DAY) for first, end in terms]
    assert first_day_without(spans, TODAY) == (None if without is None else TODAY + without * DAY)


@pytest.fixture
def company(app: Flask) -> Iterator[None]:
    with committed(app):
        cast = make_cast()
        second_administrator(cast)
        db.session.commit()
        yield


def ended_by(app: Flask, actor: str, whose: str) -> bool:
    with app.app_context(), writing():
        accounts = {each.email.split("@")[0]: each for each in db.session.scalars(sa.select(Account))}
        act = Act(accounts[actor], clock.now(), company_time.today())
        try:
            end_role(act, grant_of(accounts[whose]).id, act.today, "Quarrel")
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def given_twice(app: Flask) -> bool:
    with app.app_context(), writing():
        accounts = {each.email: each for each in db.session.scalars(sa.select(Account))}
        act = Act(accounts["adam@example.org"], clock.now(), company_time.today())
        unit = db.session.scalars(sa.select(Unit).where(Unit.code == "N1")).one()
        try:
            give_role(act, accounts["ewa@example.org"], Role.MANAGER, unit, Term(act.today, None, "Both at once"))
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def test_two_who_give_the_same_at_the_same_moment_give_it_once(
    app: Flask, company: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Meeting()
    meet_at_call(monkeypatch, roles, "_refuse_overlap", place)
    assert sorted(together(*[partial(given_twice, app)] * 2)) == [False, True]
    assert not place.happened, "both looked before one of them had written"


def test_two_administrators_do_not_end_each_other_at_the_same_moment(
    app: Flask, company: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Meeting()
    meet_at_call(monkeypatch, administrators, "first_day_without", place)
    ended = together(partial(ended_by, app, "adam", "bea"), partial(ended_by, app, "bea", "adam"))
    assert sorted(ended) == [False, True]
    assert not place.happened, "both counted administrators before one of them had written"
    db.session.rollback()
    assert first_day_without(administrators.terms_of_administrators(company_time.today()), company_time.today()) is None
