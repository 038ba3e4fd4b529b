"""What is recorded about me: all of it, to read and to take along."""

import json
from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from app.core import audit, clock
from app.core.column_words import COLUMNS
from app.core.permissions import Role
from app.core.personal import mark_of, owners_of
from app.extensions import Base, db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account, AccountSession, ImportWrite
from app.privacy.wording.names import DID, TABLES
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant

DOWNLOADS = ("/settings/record/page", "/settings/record/json")


def taken(browser: Browser) -> dict[str, list[dict[str, object]]]:
    answer = browser.post("/settings/record/json")
    assert answer.status_code == 200
    held: dict[str, list[dict[str, object]]] = json.loads(answer.text)["held"]
    return held


def test_the_page_says_everything_in_words(cast: Cast, browser: Browser) -> None:
    audit.record("role.granted", "account", cast.marek.id, actor_id=cast.adam.id, after={"role": "manager"})
    make_grant(cast.marek, Role.HR, cast.n2).granted_by_id = cast.adam.id
    page = browser.sign_in(cast.marek).get("/settings/record").text
    for words in ("marek@example.org", "Unit N1", "Unit N2", "Manager", "Given by", "Adam", "Role given", "Browser"):
        assert words in page, words
    assert "token_hash" not in page
    assert "What is recorded about me" in browser.get("/settings/").text


def test_what_an_import_changed_stands_in_lines_to_read(cast: Cast, browser: Browser) -> None:
    person = ["7", "marek@example.org", "Marek", "pl", None, "2021-03-01", None]
    work = ["2021-03-01", None, cast.n1.id, "Cashier", cast.hanna.employee_id]
    state = {"person": person, "work": [work], "account": cast.marek.id}
    own, strange = make_grant(cast.marek, Role.HR, cast.n2), make_grant(cast.ewa, Role.LEADERSHIP, cast.n1)
    brought = DataImport(kind="people", status=ImportStatus.DONE, file_name="a.csv", digest="d", created_at=clock.now())
    db.session.add(brought)
    db.session.flush()
    write = ImportWrite(
        import_id=brought.id, line=2, employee_id=cast.marek.employee_id, last_entry=1,
        before=None, after=state, made={"account": cast.marek.id, "grants": [own.id]},
    )  # fmt: skip
    same = {"import_id": write.import_id, "employee_id": write.employee_id, "last_entry": 1}
    db.session.add_all([write, ImportWrite(**same, line=3, before=state, after=state, made={"grants": []})])
    db.session.add(ImportWrite(**same, line=4, before=state, after=state, made={"grants": [own.id, strange.id]}))
    db.session.flush()
    for page in (browser.sign_in(cast.marek).get("/settings/record"), browser.post("/settings/record/page")):
        assert "<li>Employee number: 7</li>" in page.text
        assert "<li>From: 1 Mar 2021 · Unit: Unit N1 · Job: Cashier · Line manager: Hanna</li>" in page.text
        assert "<li>Account: Marek</li><li>Roles: HR (Unit N2)</li>" in page.text
        assert "<li>Roles: 2</li>" in page.text  # one of the two is somebody else's by now
        assert [page.text.count(f"<dt>{label}</dt>") for label in ("Before the import", "After the import")] == [2, 3]
        assert page.text.count("<dt>Made along with it</dt>") == 2
        assert "[&#39;" not in page.text
        assert "{&#39;" not in page.text


def test_the_log_is_said_as_people_say_it(cast: Cast, browser: Browser) -> None:
    given = {"unit_id": cast.n2.id, "role": "manager", "starts_on": date(2026, 11, 22), "reason": "left"}
    audit.record("role.granted", "account", cast.marek.id, actor_id=cast.marek.id, after=given)
    boss = {"line_manager_id": cast.hanna.employee_id}
    changed = boss | {"unit": cast.n1.code, "is_open": True, "rows": 13860, "name": "M"}
    audit.record("employee.changed", "employee", cast.marek.employee_id, actor_id=None, after=changed)
    said = {
        "en": "Unit: – → Unit N2 (N2)|Role: – → Manager|From: – → 22 Nov 2026|Reason: – → no longer works here|"
        "Full name: – → M|Line manager: – → Hanna|Rows: – → 13,860|Unit: – → Unit N1 (N1)|Unit is open: – → yes",
        "pl": "Jednostka: – → Unit N2 (N2)|Rola: – → Kierownik|Od: – → 22 lis 2026|Jednostka działa: – → tak",
        "ru": "Подразделение: – → Unit N2 (N2)|Роль: – → Руководитель|С: – → 22 нояб. 2026",
    }
    browser.sign_in(cast.marek)
    for language, words in said.items():
        pages = browser.get(f"/settings/record?lang={language}"), browser.post(f"/settings/record/page?lang={language}")
        for page, each in product(pages, words.split("|")):
            assert each in page.text, each


def test_a_long_log_asks_for_its_names_once(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.marek).get("/settings/record")
    few = len(browser.queries)
    for _ in range(45):
        after = {"unit_id": cast.n2.id, "line_manager_id": cast.hanna.employee_id}
        audit.record("assignment.changed", "employee", cast.marek.employee_id, actor_id=cast.marek.id, after=after)
    assert browser.get("/settings/record").text.count("Line manager: – → Hanna") == 90
    assert len(browser.queries) <= few + 6


def test_a_copy_for_programs_holds_each_personal_column(cast: Cast, browser: Browser) -> None:
    held = taken(browser.sign_in(cast.marek))
    for table in ("account", "employee", "assignment", "role_grant", "account_session"):
        columns = Base.metadata.tables[table].columns
        assert held[table][0].keys() == {each.name for each in columns if (mark := mark_of(each)) and mark.personal}


def test_what_is_secret_is_said_and_not_shown(cast: Cast, browser: Browser) -> None:
    cast.ewa.password_hash = "$argon2id$secret"
    browser.sign_in(cast.ewa)
    text = browser.post("/settings/record/json").text
    assert "argon2id" not in text
    assert json.loads(text)["held"]["account"][0]["password_hash"] == "(held, not shown)"
    token = db.session.scalars(
        sa.select(AccountSession.token_hash).where(AccountSession.account_id == cast.ewa.id)
    ).one()
    assert token.hex() not in text


def test_nothing_of_others_is_in_it(cast: Cast, browser: Browser) -> None:
    audit.record(
        "employee.changed", "employee", cast.marek.employee_id, actor_id=None, after={"job": "Secret of Marek"}
    )
    browser.sign_in(cast.ewa)
    for path in DOWNLOADS:
        text = browser.post(path).text
        assert "Secret of Marek" not in text
        assert "marek@" not in text


def test_a_copy_to_read_stands_alone(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.ewa).post("/settings/record/page")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "ewa@example.org" in answer.text
    assert "<script" not in answer.text


def test_a_copy_is_written_down(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.ewa)
    for path in DOWNLOADS:
        browser.post(path)
    found = sa.select(audit.AuditEntry).where(audit.AuditEntry.action == "record.exported")
    assert {(each.subject_id, each.actor_id) for each in db.session.scalars(found)} == {
        (cast.ewa.employee_id, cast.ewa.id)
    }
    assert "Copy of what is held about a person taken" in browser.get("/settings/record").text


def test_who_exported_everybody_is_said(cast: Cast, browser: Browser) -> None:
    audit.record("audit.exported", "audit_entry", None, actor_id=cast.adam.id, after={"rows": 3})
    assert "Audit log exported" in browser.sign_in(cast.ewa).get("/settings/record").text


@pytest.mark.parametrize("path", ["/settings/record", *DOWNLOADS])
def test_the_password_is_asked_again(cast: Cast, browser: Browser, path: str) -> None:
    browser.sign_in(cast.ewa)
    row = db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == cast.ewa.id)).one()
    row.signed_in_at = clock.now() - timedelta(hours=1)
    answer = browser.get(path) if path == "/settings/record" else browser.post(path)
    assert answer.location.startswith("/sign-in/confirmation")


def test_strangers_sign_in_first(cast: Cast, browser: Browser) -> None:
    assert browser.get("/settings/record").location.startswith("/sign-in")


def test_every_table_and_column_of_a_person_has_its_words(cast: Cast) -> None:
    tables = [table for table in Base.metadata.sorted_tables if owners_of(table)]
    assert {table.name for table in tables} <= TABLES.keys()
    personal = {each.name for table in tables for each in table.columns if (mark := mark_of(each)) and mark.personal}
    assert personal <= COLUMNS.keys(), personal - COLUMNS.keys()
    acting = {
        (table.name, each.name)
        for table in Base.metadata.sorted_tables
        for each in table.columns
        if (mark := mark_of(each)) and mark.whose == "actor" and table.name != "audit_entry"
    }
    assert acting <= DID.keys(), acting - DID.keys()


class TestOfSomebody:
    """An administrator takes the copy for whoever asks."""

    def path(self, account: Account) -> str:
        return f"/admin/privacy/employees/{account.employee_id}"

    def test_it_is_found_taken_and_written_down(self, cast: Cast, browser: Browser) -> None:
        page = browser.sign_in(cast.adam).get("/admin/privacy?q=ewa").text
        assert self.path(cast.ewa) in page
        assert "To read" in browser.get(self.path(cast.ewa)).text
        assert "ewa@example.org" in browser.post(f"{self.path(cast.ewa)}/page").text
        assert json.loads(browser.post(f"{self.path(cast.ewa)}/json").text)["held"]["account"][0]["name"] == "Ewa"
        found = db.session.scalars(
            sa.select(audit.AuditEntry).where(audit.AuditEntry.action == "record.exported")
        ).all()
        assert [(each.subject_id, each.actor_id) for each in found] == [(cast.ewa.employee_id, cast.adam.id)] * 2
        assert "Adam" not in browser.sign_in(cast.ewa).get("/settings/").text

    def test_an_account_without_a_person_has_one_too(self, cast: Cast, browser: Browser) -> None:
        cast.hanna.employee_id = None
        browser.sign_in(cast.adam)
        assert "hanna@example.org" in browser.post(f"/admin/privacy/accounts/{cast.hanna.id}/page").text

    def test_it_needs_the_role_on_the_whole_company(self, cast: Cast, browser: Browser) -> None:
        assert browser.sign_in(cast.hanna).get(self.path(cast.ewa)).status_code == 403
        assert browser.get("/admin/privacy").status_code == 403
        make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
        browser.sign_in(cast.marek)
        assert browser.get(self.path(cast.ewa)).status_code == 404
        assert browser.post(f"{self.path(cast.ewa)}/json").status_code == 404
        assert "Ewa" not in browser.get("/admin/privacy?q=ewa").text

    def test_nobody_is_there(self, cast: Cast, browser: Browser) -> None:
        assert browser.sign_in(cast.adam).get("/admin/privacy/employees/99999").status_code == 404
        assert "Nobody is found" in browser.get("/admin/privacy?q=nobody-like-this").text
