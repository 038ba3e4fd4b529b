"""For machines and operators: is this installation well?"""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.timer import TIMER, take_lease
from app.extensions import db
from app.home import queries
from tests.browser_check import Browser
from tests.cast import Cast


def test_a_living_process_says_so(browser: Browser) -> None:
    assert browser.get("/healthz").json == {"status": "alive"}
    assert not browser.queries


def test_a_ready_one_may_serve(browser: Browser) -> None:
    assert browser.get("/readyz").json == {"status": "ready"}


def test_a_schema_that_is_behind_is_not_ready(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "newest_migration", lambda: "9999")
    response = browser.get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "not ready", "missing": ["migrations"]}


def test_the_doctor_names_what_needs_hands(app: Flask, cast: Cast) -> None:
    checks = {check.name: check for check in queries.health()}
    assert checks["database"].is_well
    assert checks["migrations"].is_well
    assert not checks["scheduler"].is_well
    assert "jobs serve" in checks["scheduler"].sentence


def test_a_scheduler_at_work_is_seen(cast: Cast) -> None:
    take_lease(TIMER, "somebody", clock.now(), timedelta(minutes=1))
    db.session.flush()
    assert {check.name: check for check in queries.health()}["scheduler"].is_well


def test_keys_beside_the_data_are_a_fault(app: Flask, cast: Cast) -> None:
    assert not {check.name: check for check in queries.health()}["keys"].is_well  # the tests keep them together


def test_the_page_is_the_administrators(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/health").status_code == 302
    assert browser.sign_in(cast.hanna).get("/admin/health").status_code == 403
    assert "needs hands" in browser.sign_in(cast.adam).get("/admin/health").text
