"""A manager prints a slip for somebody of her units who cannot get in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.company_time import today
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.outranking import may_open_for
from app.people.credentials import passwords
from app.people.models import AccountFactor, Assignment, Deputyship, WayIn
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant


def test_it_is_printed_after_a_page_that_says_what_it_does(browser: Browser, cast: Cast) -> None:
    path = f"/people/employees/{cast.ewa.employee_id}/slip"
    browser.sign_in(cast.marek)
    assert "Print a slip to get in" in browser.get(f"/people/employees/{cast.ewa.employee_id}").text
    page = browser.get(path)
    assert "is told at the next sign-in" in page.text
    assert not db.session.scalars(sa.select(WayIn)).all()
    assert browser.post(path).mimetype == "application/pdf"
    row = db.session.scalars(sa.select(WayIn)).one()
    assert (row.account_id, row.asked_by_id) == (cast.ewa.id, cast.marek.id)


def test_not_for_others_units(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.marek)
    assert browser.post(f"/people/employees/{cast.stranger.employee_id}/slip").status_code == 404
    assert "Print a slip" not in browser.get(f"/people/employees/{cast.stranger.employee_id}").text


def test_not_for_who_worked_there_once(browser: Browser, cast: Cast) -> None:
    work = db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == cast.ewa.employee_id)).one()
    work.ends_on = clock.now().date()
    assert browser.sign_in(cast.marek).post(f"/people/employees/{cast.ewa.employee_id}/slip").status_code == 404


@pytest.mark.parametrize("role", [Role.HR, Role.ADMINISTRATOR])
def test_not_for_more_rights(browser: Browser, cast: Cast, role: Role) -> None:
    make_grant(cast.ewa, role, cast.n1)
    answer = browser.sign_in(cast.marek).post(f"/people/employees/{cast.ewa.employee_id}/slip")
    assert answer.status_code == 409
    assert "holds rights that you do not hold" in answer.text
    assert not db.session.scalars(sa.select(WayIn)).all()


def test_not_for_oneself(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.marek).post(f"/people/employees/{cast.marek.employee_id}/slip").status_code == 409


def test_not_for_a_closed_account(browser: Browser, cast: Cast) -> None:
    cast.ewa.disabled_at = clock.now()
    assert browser.sign_in(cast.marek).post(f"/people/employees/{cast.ewa.employee_id}/slip").status_code == 409


def test_it_needs_the_role(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.stranger).post(f"/people/employees/{cast.ewa.employee_id}/slip").status_code == 403


def test_the_password_is_asked_again(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.marek.password_hash = passwords.hash_password("seven green bicycles")
    browser.sign_in(cast.marek)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = browser.get(f"/people/employees/{cast.ewa.employee_id}/slip")
    assert answer.location.startswith("/sign-in/confirmation")


def test_not_for_somebody_with_a_second_factor(browser: Browser, cast: Cast) -> None:
    db.session.add(AccountFactor(account_id=cast.ewa.id, seed=b"x", confirmed_at=clock.now(), last_step=0))
    db.session.flush()
    answer = browser.sign_in(cast.marek).post(f"/people/employees/{cast.ewa.employee_id}/slip")
    assert answer.status_code == 409
    assert "has a second factor" in answer.text
    browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.n1.id}/slips", data={"whom": "all"})
    printed = db.session.scalars(sa.select(WayIn.account_id)).all()
    assert cast.ewa.id not in printed
    assert cast.marek.id in printed


def test_not_for_whoever_stands_in_for_more_rights(cast: Cast) -> None:
    today = clock.now().date()
    assert may_open_for(cast.marek, [cast.ewa], today) == [cast.ewa]
    lent = Deputyship(
        absent_id=cast.adam.id,
        deputy_id=cast.ewa.id,
        role=Role.ADMINISTRATOR,
        unit_id=cast.company.id,
        starts_on=today + timedelta(days=3),
        ends_on=today + timedelta(days=9),
        named_at=clock.now(),
    )
    db.session.add(lent)
    db.session.flush()
    assert may_open_for(cast.marek, [cast.ewa], today) == []


def test_whoever_may_remove_the_factor_is_led_there(browser: Browser, cast: Cast) -> None:
    db.session.add(AccountFactor(account_id=cast.ewa.id, seed=b"x", confirmed_at=clock.now(), last_step=0))
    db.session.flush()
    page = browser.sign_in(cast.adam).get(f"/people/employees/{cast.ewa.employee_id}/slip").text
    assert "Remove the factor first" in page
    assert f'href="/people/accounts/{cast.ewa.id}/second-factor/removal"' in page
    assert "ask an administrator" not in page
    assert (
        "second-factor/removal"
        not in browser.sign_in(cast.marek).get(f"/people/employees/{cast.ewa.employee_id}/slip").text
    )


def test_whoever_comes_from_another_unit_is_that_units_until_then(browser: Browser, cast: Cast) -> None:
    boss = make_account("boss@example.org")
    make_grant(boss, Role.MANAGER, cast.s1)
    work = db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == cast.ewa.employee_id)).one()
    work.ends_on = today() + timedelta(days=7)
    coming = Assignment(employee_id=work.employee_id, unit_id=cast.s1.id, starts_on=work.ends_on)
    db.session.add(coming)
    db.session.flush()
    page = f"/people/employees/{cast.ewa.employee_id}"
    assert browser.sign_in(boss).post(f"{page}/slip").status_code == 404
    assert "Print a slip" not in browser.get(page).text
    assert browser.sign_in(cast.marek).get(f"{page}/slip").status_code == 200
    db.session.delete(work)  # nobody's until then: whoever awaits her lets her in
    db.session.flush()
    assert browser.sign_in(boss).get(f"{page}/slip").status_code == 200
    assert "Print a slip" in browser.get(page).text
