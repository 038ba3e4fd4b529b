"""The company's settings."""

import pytest

from app.core import settings
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant

WORDS = {"company_name": "Firma", "languages": ["en", "pl"], "time_zone": "Europe/Vilnius", "reporting_threshold": "8"}


def test_a_change_is_saved_and_written_down(cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.adam).post("/admin/settings", data=WORDS).status_code == 302
    assert settings.company("reporting_threshold") == 8
    assert settings.company("time_zone") == "Europe/Vilnius"
    entries = db.session.query(AuditEntry).filter_by(action="setting.changed").all()
    values = {value.field: (value.before, value.after) for entry in entries for value in entry.values}
    assert values["reporting_threshold"] == ("7", "8")
    assert {entry.actor_id for entry in entries} == {cast.adam.id}


def test_saving_the_same_twice_writes_nothing_new(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    browser.post("/admin/settings", data=WORDS)
    before = db.session.query(AuditEntry).count()
    browser.post("/admin/settings", data=WORDS)
    assert db.session.query(AuditEntry).count() == before


def test_whether_changed_teams_stay_hidden_is_decided_here(cast: Cast, browser: Browser) -> None:
    assert settings.company("hides_changed_teams") is True
    browser.sign_in(cast.adam).post("/admin/settings", data={**WORDS, "hides_changed_teams": "y"})
    assert settings.company("hides_changed_teams") is True
    browser.post("/admin/settings", data=WORDS)
    assert settings.company("hides_changed_teams") is False


@pytest.mark.parametrize("threshold", ["4", "0", "-1", "51", "seven", ""])
def test_the_floor_of_the_threshold_holds(cast: Cast, browser: Browser, threshold: str) -> None:
    response = browser.sign_in(cast.adam).post("/admin/settings", data={**WORDS, "reporting_threshold": threshold})
    assert response.status_code == 422
    assert settings.company("reporting_threshold") == 7


def test_an_administrator_of_a_region_is_refused(cast: Cast, browser: Browser) -> None:
    regional = make_account("regional@example.org")
    make_grant(regional, Role.ADMINISTRATOR, cast.north)
    response = browser.sign_in(regional).post("/admin/settings", data=WORDS)
    assert response.status_code == 409
    assert settings.company("reporting_threshold") == 7


@pytest.mark.parametrize("name", ["ewa", "marek", "hanna", "leon", "celina", "stranger"])
def test_it_needs_the_role(cast: Cast, browser: Browser, name: str) -> None:
    browser.sign_in(cast.everybody()[name])
    assert browser.get("/admin/settings").status_code == 403
    assert browser.post("/admin/settings", data=WORDS).status_code == 403


def test_it_needs_sign_in(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/settings").status_code == 302


def test_the_floor_is_explained(cast: Cast, browser: Browser) -> None:
    assert "Below 5 a number is soon a person" in browser.sign_in(cast.adam).get("/admin/settings").text
