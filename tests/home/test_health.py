"""For machines and operators: is this installation well?"""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core import clock, installation
from app.core.jobs import Job, JobState
from app.core.timer import TIMER, take_lease
from app.extensions import db
from app.home.queries import health as queries
from app.home.wording.names import CHECKS
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import days_ago


def test_a_living_process_says_so(browser: Browser) -> None:
    assert browser.get("/healthz").json == {"status": "alive"}
    assert not browser.queries


def test_a_ready_one_may_serve(browser: Browser) -> None:
    assert browser.get("/readyz").json == {"status": "ready"}


def test_a_schema_that_is_behind_is_not_ready(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "newest_revision", lambda: "9999")
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


def make_job(state: JobState, days: int, *, import_id: int = 1) -> None:
    when = days_ago(days)
    done = {"created_at": when, "leased_until": when, "finished_at": when}
    db.session.add(Job(name="imports.load", ids={"import_id": import_id}, state=state, **done))
    db.session.flush()


def check_of_jobs() -> queries.Check:
    return {check.name: check for check in queries.health()}["jobs"]


def test_a_job_that_failed_this_week_needs_hands(cast: Cast) -> None:
    make_job(JobState.FAILED, 6)
    make_job(JobState.FAILED, 1, import_id=2)
    assert not check_of_jobs().is_well
    assert "imports.load (2)" in check_of_jobs().sentence


def test_an_old_failure_does_not_keep_the_doctor_red_for_ever(cast: Cast) -> None:
    make_job(JobState.FAILED, 8)
    assert check_of_jobs().is_well


def test_a_failure_is_mended_when_the_same_job_is_done_later(cast: Cast) -> None:
    make_job(JobState.FAILED, 2)
    make_job(JobState.DONE, 3)
    make_job(JobState.DONE, 1, import_id=2)
    assert not check_of_jobs().is_well, "done before, and done for another import"
    make_job(JobState.DONE, 1)
    assert check_of_jobs().is_well


def test_keys_beside_the_data_are_a_fault(app: Flask, cast: Cast) -> None:
    assert not {check.name: check for check in queries.health()}["keys"].is_well  # the tests keep them together


def test_the_page_is_the_administrators(cast: Cast, browser: Browser) -> None:
    browser.most_queries = 16  # it looks at everything, the log among it
    assert browser.get("/admin/health").status_code == 302
    assert browser.sign_in(cast.hanna).get("/admin/health").status_code == 403
    assert "needs hands" in browser.sign_in(cast.adam).get("/admin/health").text


def test_every_check_has_a_name_in_the_persons_language(cast: Cast, browser: Browser) -> None:
    assert [check.name for check in queries.health() if check.name not in CHECKS] == []
    cast.adam.language = "pl"
    page = browser.sign_in(cast.adam).get("/admin/health").text
    assert "Kopie zapasowe</span>" in page
    assert "backups</span>" not in page


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_it_is_said_in_the_readers_language(app: Flask, cast: Cast, language: str) -> None:
    with app.test_request_context():
        with force_locale("en"):
            english = {check.name: check.sentence for check in queries.health()}
        with force_locale(language):
            told = {check.name: check.sentence for check in queries.health()}
    same = {name for name, sentence in told.items() if sentence == english[name]}
    assert same <= {"python"}, "a number may be the same"


def test_the_demo_does_not_say_that_it_is_backed_up(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(cast.adam)
    assert "made every night" in browser.get("/admin/health").text
    monkeypatch.setattr(installation, "is_demo", lambda: True)
    page = browser.get("/admin/health").text
    assert "The demo is not backed up" in page
    assert "made every night" not in page
