"""The audit log."""

import re
from datetime import date, timedelta

import sqlalchemy as sa

from app.core import audit, clock, company_time
from app.core.permissions import Role
from app.extensions import db
from app.home.wording.names import ACTS
from app.people.models import AccountSession
from config import ROOT
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant


def test_it_says_who_did_what_and_what_was_there_before(cast: Cast, browser: Browser) -> None:
    before, after = {"name": "Old", "kind": "branch"}, {"name": "New", "kind": "branch"}
    audit.record("unit.renamed", "unit", cast.n1.id, actor_id=cast.adam.id, before=before, after=after)
    page = browser.sign_in(cast.adam).get("/admin/audit").text
    assert "unit.renamed" in page
    assert "Adam" in page
    assert "Name: Old → New" in page
    assert "Kind" not in page  # what did not change is not written down


def test_values_are_said_as_people_say_them(cast: Cast, browser: Browser) -> None:
    week = {"days": [0, 1], "starts_on": date(2026, 11, 22)}
    audit.record("work_week.set", "unit", cast.n1.id, actor_id=cast.adam.id, after=week)
    audit.record("reorganisation.decided", "reorganisation", 1, actor_id=cast.adam.id, after={"kind": "closure"})
    audit.record(
        "setting.changed", "setting", 1, actor_id=None, after={"legal_imprint": {"en": "The\nbank", "pl": "Bank"}}
    )
    audit.record("unit.changed", "unit", cast.n1.id, actor_id=None, after={"name": "{not a [text"})
    audit.record("import.accepted", "data_import", 1, actor_id=None, after={"kind": "units", "rows": 13860})
    audit.record("role.granted", "account", cast.ewa.id, actor_id=None, after={"role": "hr", "unit": cast.n2.code})
    audit.record("result_set.withdrawn", "result_set", 1, actor_id=None, before={"status": "published"})
    audit.record("draft_set.removed", "draft_set", 1, actor_id=None, before={"measure": "enps", "period": "2026-Q3"})
    audit.record("password.chosen", "account", cast.ewa.id, actor_id=None, after={"by": "slip"})
    audit.record("backup.restored", "backup", None, actor_id=None, after={"made_at": "2026-11-22T09:30:00+00:00"})
    audit.record("unit.opened", "unit", cast.n1.id, actor_id=None, after={"parent": "NORTH".lower(), "kind": "branch"})
    page = browser.sign_in(cast.adam).get("/admin/audit").text
    for words in (
        *("Kind: – → Units", "Rows: – → 13,860", "Role: – → HR", "Unit: – → Unit N2 (N2)", "State: published → –"),
        *("Measure: eNPS → –", "Period: Q3 2026 → –", "Way in: – → printed slip", "Backup of: – → 22 Nov 2026, "),
        *("Unit above: – → Unit NORTH (NORTH)", "Kind: – → Branch"),
    ):
        assert words in page, words
    assert "Role: – → HR" in browser.post("/admin/audit/csv").text
    for words in ("– → Mon, Tue", "– → 22 Nov 2026", "Kind: – → Closure", "– → en: The bank; pl: Bank", "{not a [text"):
        assert words in page


def test_what_was_empty_and_stayed_so_is_no_change(cast: Cast, browser: Browser) -> None:
    audit.record("unit.changed", "unit", cast.n1.id, actor_id=None, after={"name": "New", "reason": ""})
    page = browser.sign_in(cast.adam).get("/admin/audit").text
    assert "New" in page
    assert "Reason" not in page.split("<tbody")[1]


def test_it_is_searched(cast: Cast, browser: Browser) -> None:
    audit.record("unit.renamed", "unit", 1, actor_id=None, after={"name": "x"})
    audit.record("role.granted", "account", 1, actor_id=None, after={"role": "hr"})
    page = browser.sign_in(cast.adam).get("/admin/audit?q=role").text
    assert "role.granted" in page
    assert "unit.renamed" not in page
    assert "Nothing found" in browser.get("/admin/audit?q=100%25_of").text


def test_it_is_filtered_by_who_what_about_what_and_when(cast: Cast, browser: Browser) -> None:
    entry = audit.record("unit.changed", "unit", cast.n1.id, actor_id=cast.adam.id, after={"name": "Adams choice"})
    audit.record("role.granted", "account", cast.ewa.id, actor_id=cast.hanna.id, after={"role": "hr"})
    db.session.commit()
    browser.sign_in(cast.adam)
    today = company_time.day_of(entry.at)
    for query in ("who=adam&act=unit.changed", "act=unit.changed", f"about=unit&number={cast.n1.id}", "q=adams+cho"):
        page = browser.get(f"/admin/audit?{query}").text
        assert "Adams choice" in page, query
        assert "→ HR" not in page, query
    assert "→ HR" in browser.get(f"/admin/audit?since={today}&until={today}").text
    assert "Nothing found" in browser.get(f"/admin/audit?until={today - timedelta(days=1)}").text
    assert "Nothing found" in browser.get(f"/admin/audit?since={today + timedelta(days=1)}").text
    assert "Nothing found" in browser.get("/admin/audit?who=nobody+like+this").text


def test_names_stand_there_instead_of_numbers_and_lead_on(cast: Cast, browser: Browser) -> None:
    named = {"absent_id": cast.marek.id, "deputy_id": cast.ewa.id}
    audit.record("deputy.named", "deputyship", 1, actor_id=None, after=named)
    after = {"unit_id": cast.n2.id, "line_manager_id": cast.marek.employee_id}
    audit.record("assignment.changed", "employee", cast.ewa.employee_id, actor_id=None, after=after)
    audit.record("employee.added", "employee", 99999, actor_id=None, after={"name": "Gone"})
    audit.record("setting.changed", "setting", 1, actor_id=None, after={"time_zone": "Europe/Lisbon"})
    page = browser.sign_in(cast.adam).get("/admin/audit").text
    assert f'<a href="/people/employees/{cast.ewa.employee_id}">Person: Ewa</a>' in page
    assert "Unit: – → Unit N2" in page
    assert "Line manager: – → Marek" in page
    assert "Person: 99999" in page
    assert "Time zone: – → Europe/Lisbon" in page
    assert "Deputy: – → Ewa" in page


def test_people_are_called_as_they_are_called_now(cast: Cast, browser: Browser) -> None:
    assert cast.ewa.employee is not None
    cast.ewa.employee.name = "Ewa Married"
    audit.record("session.opened", "account", cast.ewa.id, actor_id=cast.ewa.id)
    assert "Account: Ewa Married" in browser.sign_in(cast.adam).get("/admin/audit").text


def test_what_was_erased_is_called_so(cast: Cast, browser: Browser) -> None:
    entry = audit.record("unit.renamed", "unit", 1, actor_id=None, after={"name": "x"})
    db.session.flush()
    entry.values[0].before = entry.values[0].after = entry.values[0].salt = None
    assert "Name: erased" in browser.sign_in(cast.adam).get("/admin/audit").text


def test_what_is_shown_can_be_taken_along_and_that_is_written_down(cast: Cast, browser: Browser) -> None:
    audit.record("unit.renamed", "unit", cast.n1.id, actor_id=cast.adam.id, after={"name": "=1+1"})
    audit.record("role.granted", "account", cast.ewa.id, actor_id=None, after={"role": "hr"})
    browser.sign_in(cast.adam)
    answer = browser.post("/admin/audit/csv?act=unit.renamed")
    assert answer.mimetype == "text/csv"
    assert "unit.renamed" in answer.text
    assert "role.granted" not in answer.text
    assert browser.post("/admin/audit/xlsx").data[:2] == b"PK"
    taken = sa.select(audit.AuditEntry).where(audit.AuditEntry.action == "audit.exported")
    assert [entry.actor_id for entry in db.session.scalars(taken)] == [cast.adam.id] * 2


def test_to_take_it_along_the_password_is_asked_again(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    db.session.execute(sa.update(AccountSession).values(signed_in_at=clock.now() - timedelta(hours=1)))
    for ending in ("csv", "xlsx"):
        assert browser.post(f"/admin/audit/{ending}").location.startswith("/sign-in/confirmation")
    assert browser.sign_in(cast.hanna).post("/admin/audit/csv").status_code == 403


def test_strange_words_do_no_harm(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for words in ("%", "_", "'; DROP TABLE unit; --", "\\", "a" * 5000, "%00", "“ł"):
        for name in ("q", "who", "act", "about", "number", "since"):
            assert browser.get("/admin/audit", query_string={name: words}).status_code == 200


def test_it_needs_the_role(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/audit").status_code == 302
    assert browser.sign_in(cast.hanna).get("/admin/audit").status_code == 403


def test_a_part_of_the_company_does_not_open_the_log_of_all(cast: Cast, browser: Browser) -> None:
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    audit.record("role.granted", "account", cast.stranger.id, actor_id=None, after={"role": "hr"})
    page = browser.sign_in(cast.marek).get("/admin/audit")
    assert page.status_code == 200
    assert "Nothing found" in page.text
    assert "Role: – → hr" not in browser.post("/admin/audit/csv").text


def test_a_log_is_long(cast: Cast, browser: Browser) -> None:
    for number in range(120):
        audit.record("unit.renamed", "unit", number, actor_id=cast.adam.id, after={"name": str(number)})
    db.session.flush()
    page = browser.sign_in(cast.adam).get("/admin/audit?page=2").text
    assert "unit.renamed" in page
    assert "page=3" in page


def test_every_act_has_its_words() -> None:
    calls = re.compile(r'audit\.(?:record|Deed)\(\s*"([a-z_]+\.[a-z_]+)"')
    acts = {act for file in (ROOT / "app").rglob("*.py") for act in calls.findall(file.read_text())}
    assert len(acts) > 8
    assert acts <= ACTS.keys()


def test_an_act_is_said_in_words(cast: Cast, browser: Browser) -> None:
    audit.record("role.granted", "account", 1, actor_id=None, after={"role": "hr"})
    assert "Role given" in browser.sign_in(cast.adam).get("/admin/audit").text
