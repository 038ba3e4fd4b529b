"""Rights that have not begun, have ended or are held elsewhere, and cookies of sessions that are over.

Whatever is taken away is gone from the very next request on, without a new sign-in; an old cookie opens nothing again.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, company_time
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.people.credentials import passwords
from app.people.models import Account, Assignment, Grant
from app.results.models import ResultSet, SetStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant
from tests.impact.heard import publish_enps
from tests.reach.scene import upload

OLD, NEW = "seven green bicycles", "eleven purple umbrellas"
PAGES = ("/", "/settings/", "/impact/", "/people/units", "/pulse/drafts", "/imports/", "/admin/settings")
FORMS = ("/settings/sessions/closure", "/settings/time-zone", "/pulse/sets/1/withdrawal", "/admin/settings")


def today() -> date:
    return company_time.today()


def status(browser: Browser, path: str = "/pulse/drafts") -> int:
    return browser.get(path).status_code


def guest(role: Role, browser: Browser, cast: Cast, **span: date) -> Grant:
    """Somebody who is nothing but this role on the company."""
    grant = make_grant(make_account("guest@example.org"), role, cast.company)
    for name, day in span.items():
        setattr(grant, name, day)
    browser.sign_in(grant.account)
    return grant


# Roles have their days


def test_a_role_counts_from_its_first_day(browser: Browser, cast: Cast) -> None:
    grant = guest(Role.HR, browser, cast, starts_on=today() + timedelta(days=1))
    assert status(browser) == 403
    grant.starts_on = today()
    assert status(browser) == 200


def test_a_role_counts_up_to_its_last_day(browser: Browser, cast: Cast) -> None:
    grant = guest(Role.HR, browser, cast, ends_on=today() + timedelta(days=1))
    assert status(browser) == 200
    grant.ends_on = today()
    assert status(browser) == 403


def test_a_role_that_is_taken_back_is_gone(browser: Browser, cast: Cast) -> None:
    grant = guest(Role.ADMINISTRATOR, browser, cast)
    assert status(browser, "/admin/settings") == 200
    db.session.delete(grant)
    assert status(browser, "/admin/settings") == 403


@pytest.mark.parametrize("days", [{"starts_on": 1}, {"ends_on": 0}], ids=["not yet begun", "ended"])
def test_a_role_out_of_its_days_acts_on_nothing(browser: Browser, cast: Cast, days: dict[str, int]) -> None:
    """She holds HR on one unit today, so she may enter; on the company she held it, or will."""
    publish_enps("2026-Q2", {cast.n1: (5, 6, 9)})
    set_id = db.session.scalars(sa.select(ResultSet.id)).one()
    span = {name: today() + timedelta(days=number) for name, number in days.items()}
    grant = guest(Role.HR, browser, cast, **span)
    make_grant(grant.account, Role.HR, cast.n2)
    assert status(browser) == 200
    assert browser.post(f"/pulse/sets/{set_id}/withdrawal").status_code == 404
    assert status(browser, f"/impact/units/{cast.n1.id}") == 404
    assert db.session.scalars(sa.select(ResultSet.status)).one() is SetStatus.PUBLISHED


# Work has its days


def work_of(account: Account) -> Assignment:
    return db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == account.employee_id)).one()


def test_who_works_nowhere_any_more_sees_no_numbers(browser: Browser, cast: Cast) -> None:
    page = f"/impact/units/{cast.n1.id}"
    browser.sign_in(cast.ewa)
    work = work_of(cast.ewa)
    work.ends_on = today() + timedelta(days=1)
    assert status(browser, page) == 200
    work.ends_on = today()
    assert [status(browser, each) for each in (page, f"{page}/export.csv", "/impact/", "/")] == [403, 403, 403, 200]


def test_who_moves_takes_no_numbers_along(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    assert status(browser, f"/impact/units/{cast.n1.id}") == 200
    work_of(cast.ewa).unit_id = cast.s1.id
    assert status(browser, f"/impact/units/{cast.n1.id}/export.xlsx") == 404
    assert status(browser, f"/impact/units/{cast.n1.id}") == 404
    assert status(browser, f"/impact/units/{cast.s1.id}") == 200


def leave(account: Account) -> None:
    assert account.employee is not None
    account.employee.ends_on = today()


def close(account: Account) -> None:
    account.disabled_at = clock.now()


@pytest.mark.parametrize("end", [leave, close])
def test_who_has_left_or_was_shut_out_is_out(browser: Browser, cast: Cast, end: Callable[[Account], None]) -> None:
    browser.sign_in(cast.adam)
    assert status(browser, "/admin/settings") == 200
    end(cast.adam)
    assert_shut_out(browser)


def test_the_last_day_of_work_is_one_of_work(browser: Browser, cast: Cast) -> None:
    assert cast.ewa.employee is not None
    cast.ewa.employee.ends_on = today() + timedelta(days=1)
    assert status(browser.sign_in(cast.ewa), "/settings/") == 200


# Cookies of sessions that are over


@pytest.fixture
def adam(cast: Cast) -> Account:
    """Who may do everything, so that a cookie that still opens something shows."""
    cast.adam.password_hash = passwords.hash_password(OLD)
    return cast.adam


def signed_in(app: Flask, account: Account) -> Browser:
    """A browser of his own, through the form."""
    browser = Browser(app)
    answer = browser.post("/sign-in", data={"email": account.email, "password": OLD})
    assert answer.status_code == 302
    assert status(browser, "/settings/") == 200
    return browser


def copied(browser: Browser) -> Browser:
    """Somebody who copied the cookie while it was good."""
    thief = Browser(browser.app)
    cookie = browser.client.get_cookie("rezonans")
    assert cookie is not None
    thief.client.set_cookie("rezonans", cookie.value)
    assert status(thief, "/admin/settings") == 200
    return thief


def assert_shut_out(browser: Browser) -> None:
    for path in PAGES:
        answer = browser.get(path)
        assert (answer.status_code, (answer.location or "").split("?")[0]) == (302, "/sign-in"), path
    for path in FORMS:
        answer = browser.post(path)
        assert (answer.status_code, (answer.location or "").split("?")[0]) == (302, "/sign-in"), path


def test_the_cookie_of_before_signing_out_opens_nothing(app: Flask, adam: Account) -> None:
    browser = signed_in(app, adam)
    thief = copied(browser)
    browser.post("/sign-out")
    assert_shut_out(thief)
    assert_shut_out(browser)


def test_a_new_password_shuts_out_all_other_sessions_and_the_old_cookie(app: Flask, adam: Account) -> None:
    browser, other = signed_in(app, adam), signed_in(app, adam)
    thief = copied(browser)
    words = {"old_password": OLD, "new_password": NEW, "repeated": NEW}
    answer = browser.post("/settings/password", data=words)
    assert answer.status_code == 302
    assert_shut_out(other)
    assert_shut_out(thief)
    assert status(browser, "/admin/settings") == 200


def test_a_session_that_its_owner_ends_is_over(app: Flask, adam: Account) -> None:
    browser, other = signed_in(app, adam), signed_in(app, adam)
    page = browser.get("/settings/sessions").text
    (address,) = re.findall(r'action="(/settings/sessions/\d+/closure)"', page)
    assert browser.post(address).status_code == 302
    assert_shut_out(other)
    assert status(browser, "/admin/settings") == 200


def test_all_other_sessions_that_their_owner_ends_are_over(app: Flask, adam: Account) -> None:
    browser, *others = (signed_in(app, adam) for _ in range(3))
    browser.post("/settings/sessions/closure")
    for other in others:
        assert_shut_out(other)
    assert status(browser, "/admin/settings") == 200


def test_the_cookie_of_before_the_password_was_asked_again_opens_nothing(app: Flask, adam: Account) -> None:
    browser = signed_in(app, adam)
    thief = copied(browser)
    assert browser.post("/sign-in/confirmation", data={"password": OLD}).status_code == 302
    assert_shut_out(thief)
    assert status(browser, "/admin/settings") == 200


def test_who_comes_back_signs_in_anew(app: Flask, cast: Cast, adam: Account, tmp_path: Path) -> None:
    """Leaving, as an import says it, ends the sessions themselves: the cookie is dead also after a return."""
    browser = signed_in(app, adam)
    assert adam.employee is not None
    make_grant(make_account("other@example.org"), Role.ADMINISTRATOR, cast.company)  # the last one cannot leave
    db.session.commit()
    file = tmp_path / "people.csv"
    file.write_text(
        "employee_number,email,name,unit_code,ends_on\n"
        f"{adam.employee.number},{adam.email},Adam,COMPANY,{today().isoformat()}\n"
    )
    brought = import_file("employees", file)
    assert (brought.refused_count, brought.changed_count) == (0, 1)
    assert_shut_out(browser)
    db.session.refresh(adam.employee)
    adam.employee.ends_on = None
    assert_shut_out(browser)


# Sees it, and holds the role elsewhere


def test_who_publishes_for_a_part_sees_the_sets_and_withdraws_none(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q2", {cast.n1: (5, 6, 9)})
    set_id = db.session.scalars(sa.select(ResultSet.id)).one()
    nora = make_account("nora@example.org", make_employee(cast.n1))
    make_grant(nora, Role.HR, cast.n1)
    browser.sign_in(nora)
    assert status(browser, f"/impact/units/{cast.n1.id}") == 200
    assert browser.post(f"/pulse/sets/{set_id}/withdrawal").status_code == 404
    assert db.session.scalars(sa.select(ResultSet.status)).one() is SetStatus.PUBLISHED


@pytest.mark.parametrize("act", ["acceptance", "removal", "mapping", "mapping-file"])
def test_who_may_not_bring_the_kind_any_more_sees_her_import_and_changes_nothing(
    browser: Browser, cast: Cast, act: str
) -> None:
    """She brought customers' feedback; now she is HR, which brings other things."""
    grant = guest(Role.CX_LEAD, browser, cast)
    import_id = upload(browser, "feedback")
    grant.role = Role.HR
    before = db.session.get_one(DataImport, import_id).status
    assert browser.get(f"/imports/{import_id}").status_code == 302
    assert browser.post(f"/imports/{import_id}/{act}").status_code == 404
    assert db.session.get_one(DataImport, import_id).status is before


def test_another_persons_session_is_not_hers_to_end(app: Flask, cast: Cast, adam: Account) -> None:
    his = signed_in(app, adam)
    hanna = Browser(app).sign_in(cast.hanna)
    mine = adam.sessions[0].id
    assert hanna.post(f"/settings/sessions/{mine}/closure").status_code == 404
    assert status(his, "/admin/settings") == 200


def test_who_administers_a_part_changes_no_setting_of_the_company(browser: Browser, cast: Cast) -> None:
    nina = make_account("nina@example.org")
    make_grant(nina, Role.ADMINISTRATOR, cast.north)
    browser.sign_in(nina)
    words = {"company_name": "Mine", "languages": "en", "time_zone": "UTC", "reporting_threshold": "5"}
    answer = browser.post("/admin/settings", data=words)
    assert answer.status_code == 409
    assert "Mine" not in browser.get("/admin/settings").text
    assert browser.post("/admin/demo-removal").status_code == 409


def test_rows_of_other_units_are_refused_to_who_brings_for_a_part(browser: Browser, cast: Cast, tmp_path: Path) -> None:
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    db.session.commit()
    file = tmp_path / "results.csv"
    file.write_text("unit_code,period,score\nN1,2026-Q2,9\nS1,2026-Q2,9\n")
    brought = import_file("results", file, actor_id=nora.id)
    assert (brought.new_count, brought.refused_count) == (1, 1)
