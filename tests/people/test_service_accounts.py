"""Accounts of programs: made and closed by an administrator of the whole company."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import clock, company_time
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.service_accounts import make_service_account
from app.people.models import Account, ApiToken, Grant
from tests.api.caller import Caller
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.test_own_tokens import make, shown_in

PAGE = "/admin/service-accounts"


def programs() -> list[Account]:
    return list(db.session.scalars(sa.select(Account).where(Account.is_service)))


@pytest.fixture
def payroll(cast: Cast) -> Account:
    return make_service_account("Payroll", now=clock.now(), actor_id=cast.adam.id)


def test_a_program_gets_an_account_a_role_and_a_token(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    answer = browser.post(f"{PAGE}/new", data={"name": " Payroll "})
    program = programs()[0]
    assert answer.location == f"{PAGE}/{program.id}"
    assert (program.name, program.email, program.password_hash, program.employee_id) == ("Payroll", None, None, None)
    assert f"/people/roles/new?account={program.id}" in browser.get(answer.location).text
    token = shown_in(make(browser, f"{PAGE}/{program.id}/tokens/new", scopes=["unit:read", "impact:read"]))
    caller = Caller(browser, token)
    assert caller.get("/units").status_code == 200
    assert caller.get("/impact/units/N1").status_code == 403, "it holds no role yet"
    wish = {"role": "leadership", "first_day": str(company_time.today()), "reason": "reports"}
    given = browser.post(f"/people/roles/new?account={program.id}&unit={cast.north.id}", data=wish)
    assert given.status_code == 302, given.text
    assert caller.get("/impact/units/N1").status_code == 200
    assert caller.get("/impact/units/S1").status_code == 404
    assert "Leadership" in browser.get(f"{PAGE}/{program.id}").text
    assert "1 token in force" in browser.get(PAGE).text


def test_a_closed_one_opens_nothing(browser: Browser, cast: Cast, payroll: Account) -> None:
    browser.sign_in(cast.adam)
    token = shown_in(make(browser, f"{PAGE}/{payroll.id}/tokens/new"))
    for _ in range(2):
        assert browser.post(f"{PAGE}/{payroll.id}/closure").location == PAGE
    assert Caller(browser, token).get("/units").status_code == 401
    assert make(browser, f"{PAGE}/{payroll.id}/tokens/new").status_code == 409
    assert "closed" in browser.get(PAGE).text


def test_one_token_is_revoked_and_the_other_goes_on(browser: Browser, cast: Cast, payroll: Account) -> None:
    browser.sign_in(cast.adam)
    old, new = (Caller(browser, shown_in(make(browser, f"{PAGE}/{payroll.id}/tokens/new"))) for _ in range(2))
    first = db.session.scalars(sa.select(sa.func.min(ApiToken.id))).one()
    assert browser.post(f"{PAGE}/tokens/{first}/revocation").location == f"{PAGE}/{payroll.id}"
    assert (old.get("/units").status_code, new.get("/units").status_code) == (401, 200)


@pytest.mark.parametrize("name", ["", "x" * 81, "   "])
def test_a_name_is_needed(browser: Browser, cast: Cast, name: str) -> None:
    assert browser.sign_in(cast.adam).post(f"{PAGE}/new", data={"name": name}).status_code == 422
    assert programs() == []


def test_a_name_is_given_once(browser: Browser, cast: Cast, payroll: Account) -> None:
    answer = browser.sign_in(cast.adam).post(f"{PAGE}/new", data={"name": "Payroll"})
    assert answer.status_code == 409
    assert "Payroll" in answer.text, "what was typed stays"
    assert len(programs()) == 1


def test_it_needs_the_role_on_the_whole_company(browser: Browser, cast: Cast, payroll: Account) -> None:
    somebody = make_account("somebody@example.org")
    make_grant(somebody, Role.ADMINISTRATOR, cast.north)
    browser.sign_in(somebody)
    assert "Payroll" not in browser.get(PAGE).text
    assert browser.get(f"{PAGE}/{payroll.id}").status_code == 404
    assert browser.post(f"{PAGE}/{payroll.id}/closure").status_code == 404
    assert make(browser, f"{PAGE}/{payroll.id}/tokens/new").status_code == 404
    assert browser.post(f"{PAGE}/new", data={"name": "Mine"}).status_code == 409
    assert [program.disabled_at for program in programs()] == [None]
    for person in (cast.ewa, cast.hanna):
        assert browser.sign_in(person).get(PAGE).status_code == 403


def test_accounts_of_people_are_not_reached_this_way(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert browser.get(f"{PAGE}/{cast.ewa.id}").status_code == 404
    assert make(browser, f"{PAGE}/{cast.ewa.id}/tokens/new").status_code == 404
    assert browser.post(f"{PAGE}/{cast.ewa.id}/closure").status_code == 404
    assert cast.ewa.disabled_at is None


def test_nobody_makes_a_token_that_opens_more_than_they_may(
    browser: Browser, cast: Cast, payroll: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should another role ever manage programs: a token is not a way around one's own rights."""
    make_grant(payroll, Role.LEADERSHIP, cast.company)
    browser.sign_in(cast.adam)
    own = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.adam.id)).one()
    own.role = Role.TRAINER
    monkeypatch.setattr(Account, "may", lambda *_: True)
    monkeypatch.setattr(Account, "holds_on_company", lambda *_: True)
    assert make(browser, f"{PAGE}/{payroll.id}/tokens/new").status_code == 409
    assert db.session.scalars(sa.select(ApiToken)).all() == []


def test_nobody_signs_in_as_a_program(browser: Browser, cast: Cast, payroll: Account) -> None:
    for name in ("Payroll", "", str(payroll.id)):
        answer = browser.post("/sign-in", data={"email": name, "password": "a long password"})
        assert answer.status_code == 422


@pytest.mark.parametrize("changed", [{"email": "a@example.org"}, {"password_hash": "x"}])
def test_a_program_is_no_person_in_the_database(cast: Cast, payroll: Account, changed: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Account).where(Account.id == payroll.id).values(**changed))


def test_the_empty_page_says_what_they_are_for(browser: Browser, cast: Cast) -> None:
    assert "No service accounts yet" in browser.sign_in(cast.adam).get(PAGE).text


def test_a_program_is_never_absent(browser: Browser, cast: Cast, payroll: Account) -> None:
    make_grant(payroll, Role.LEADERSHIP, cast.north)
    page = browser.sign_in(cast.adam).get(f"/people/accounts/{payroll.id}/access").text
    assert "Name a deputy" not in page
    assert f'href="{PAGE}/{payroll.id}"' in page
