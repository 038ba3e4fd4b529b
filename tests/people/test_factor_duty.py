"""Roles that need a second factor, and what they may do until they have one."""

import pyotp
import pytest
import sqlalchemy as sa

from app.core import settings
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from tests.api.caller import token_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_factor, make_grant
from tests.people.test_own_factor import SET_UP, offered

SETTING = "/admin/second-factor"


def need(*roles: str) -> None:
    settings.set_company("factor_roles", list(roles), actor_id=None)


def test_nobody_needs_one_by_default(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.adam).get("/admin/settings").status_code == 200


@pytest.mark.parametrize("path", ["/settings/", "/people/employees", "/admin/audit", "/settings/second-factor", "/"])
def test_whoever_lacks_it_is_led_to_set_it_up(browser: Browser, cast: Cast, path: str) -> None:
    need("administrator")
    browser.sign_in(cast.adam)
    assert browser.get(path).location.startswith(f"{SET_UP}?next=/")
    assert browser.post("/settings/time-zone", data={"time_zone": "Europe/Riga"}).location.startswith(SET_UP)
    assert cast.adam.time_zone is None
    page = browser.get(SET_UP).text
    assert "everything else opens afterwards" in page


def test_language_look_and_leaving_stay_open(browser: Browser, cast: Cast) -> None:
    need("administrator")
    browser.sign_in(cast.adam)
    assert browser.post("/settings/language", data={"language": "pl", "next": SET_UP}).location == SET_UP
    assert browser.post("/settings/theme", data={"theme": "dark", "next": SET_UP}).location == SET_UP
    assert browser.get("/no-such-page").status_code == 404
    assert browser.post("/sign-out").location == "/sign-in"


def test_a_fragment_sends_the_whole_page(browser: Browser, cast: Cast) -> None:
    need("administrator")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/admin/audit"}
    answer = browser.sign_in(cast.adam).get("/admin/audit", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, f"{SET_UP}?next=/admin/audit")


def test_once_it_stands_everything_opens(browser: Browser, cast: Cast) -> None:
    need("administrator")
    seed = offered(browser.sign_in(cast.adam))
    answer = browser.post(f"{SET_UP}?next=/admin/audit", data={"code": pyotp.TOTP(seed).now()})
    assert 'href="/admin/audit"' in answer.text
    assert browser.get("/admin/audit").status_code == 200


def test_a_role_that_was_just_given_counts_from_the_next_page(browser: Browser, cast: Cast) -> None:
    need("hr")
    browser.sign_in(cast.ewa)
    assert browser.get("/settings/").status_code == 200
    grant = make_grant(cast.ewa, Role.HR, cast.n1)
    assert browser.get("/settings/").location.startswith(SET_UP)
    db.session.delete(grant)
    assert browser.get("/settings/").status_code == 200


def test_the_role_of_everybody_who_works_here(browser: Browser, cast: Cast) -> None:
    need("employee")
    assert browser.sign_in(cast.stranger).get("/settings/").location.startswith(SET_UP)


def test_other_roles_go_on_as_before(browser: Browser, cast: Cast) -> None:
    need("administrator", "hr")
    assert browser.sign_in(cast.marek).get("/settings/").status_code == 200


def test_a_token_does_no_more_than_its_owner(browser: Browser, cast: Cast) -> None:
    """Else a token made earlier would be the way around; a program has no phone and is not asked."""
    headers = {"Authorization": f"Bearer {token_for(cast.adam)[1]}"}
    assert browser.get("/api/v1/units", headers=headers).status_code == 200
    need("administrator")
    assert browser.get("/api/v1/units", headers=headers).status_code == 401
    make_factor(cast.adam)
    assert browser.get("/api/v1/units", headers=headers).status_code == 200


class TestSetting:
    def test_it_is_chosen_and_written_down(self, browser: Browser, cast: Cast) -> None:
        make_factor(cast.adam)
        browser.sign_in(cast.adam)
        page = browser.get(SETTING).text
        assert "Administrator: 1 person, 1 with a second factor" in page
        assert "HR: 1 person, 0 with a second factor" in page
        assert browser.post(SETTING, data={"roles": ["administrator", "hr"]}).location == SETTING
        assert settings.company("factor_roles") == ["administrator", "hr"]
        assert "setting.changed" in db.session.scalars(sa.select(AuditEntry.action)).all()

    def test_and_taken_back(self, browser: Browser, cast: Cast) -> None:
        make_factor(cast.adam)
        need("administrator")
        assert browser.sign_in(cast.adam).post(SETTING, data={"csrf_token": ""}).status_code == 302
        assert settings.company("factor_roles") == []

    def test_what_is_no_role_is_refused(self, browser: Browser, cast: Cast) -> None:
        assert browser.sign_in(cast.adam).post(SETTING, data={"roles": ["king"]}).status_code == 422
        assert settings.company("factor_roles") == []

    def test_it_is_the_companys(self, browser: Browser, cast: Cast) -> None:
        make_grant(cast.ewa, Role.ADMINISTRATOR, cast.n1)
        assert browser.sign_in(cast.ewa).post(SETTING, data={"roles": ["hr"]}).status_code == 409
        assert settings.company("factor_roles") == []

    def test_it_needs_the_role_and_sign_in(self, browser: Browser, cast: Cast) -> None:
        assert browser.get(SETTING).location.startswith("/sign-in")
        assert browser.sign_in(cast.hanna).post(SETTING, data={"roles": ["hr"]}).status_code == 403

    def test_whoever_chose_it_without_having_one_is_next(self, browser: Browser, cast: Cast) -> None:
        answer = browser.sign_in(cast.adam).post(SETTING, data={"roles": ["administrator"]})
        assert browser.get(answer.location).location == f"{SET_UP}?next={SETTING}"
