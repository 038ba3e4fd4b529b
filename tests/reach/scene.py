"""The company of the table, with a row of every sort in every place, and somebody to ask for them."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.models import DataImport
from app.people.actions.calendar import DayWish, add_own_day, set_week
from app.people.actions.roster import Bringing
from app.people.actions.service_accounts import make_service_account
from app.people.actions.sessions import open_session
from app.people.actions.tokens import Wish, make_token
from app.people.models import (
    Account,
    AccountFactor,
    AccountSession,
    ApiToken,
    Assignment,
    Deputyship,
    Employee,
    Grant,
    Leave,
    LeaveKind,
    Unit,
    UnitKind,
)
from app.pulse.models import DraftSet
from app.results.models import ResultSet
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_deputy, make_employee, make_factor, make_grant, make_unit
from tests.impact.heard import hear_customers, publish_enps
from tests.pulse.files import HEADER, answers, bring
from tests.reach.persons import Person
from tests.reach.table import KINDS

COLUMN = {"units": "unit_code", "employees": "email", "feedback": "unit_code", "results": "unit_code"}
COOKIE = "rezonans"


@dataclass
class Scene:
    units: dict[str, Unit]
    colleagues: dict[str, int] = field(default_factory=dict)
    imports: dict[str, int] = field(default_factory=dict)
    draft_id: int = 0
    set_id: int = 0
    accounts: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, int] = field(default_factory=dict)
    own_days: dict[str, int] = field(default_factory=dict)
    weeks: dict[str, int] = field(default_factory=dict)
    own_weeks: dict[str, int] = field(default_factory=dict)
    grants: dict[str, int] = field(default_factory=dict)
    deputies: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    program_id: int = 0


def set_scene(cast: Cast, browser: Browser, folder: Path) -> Scene:
    below = make_unit("N1T", cast.n1, UnitKind.TEAM, name="Unit N1T")
    scene = Scene({
        "own": cast.n1, "above": cast.north, "below": below, "beside": cast.n2, "outside": cast.s1,
        "company": cast.company,
    })  # fmt: skip
    publish_enps("2026-Q2", dict.fromkeys(scene.units.values(), (5, 6, 9)))
    hear_customers("2026-Q2", dict.fromkeys(scene.units.values(), (5, 6, 9)))
    bring(folder, HEADER + answers("N1", "9 9 10 8 3 9 10 10"), actor_id=cast.adam.id)
    scene.draft_id = db.session.scalars(sa.select(DraftSet.id)).one()
    scene.set_id = db.session.scalars(sa.select(ResultSet.id)).one()
    scene.colleagues = {place: make_employee(unit).id for place, unit in scene.units.items()}
    scene.accounts = {place: with_factor(employee_id) for place, employee_id in scene.colleagues.items()}
    scene.entries = {place: _entry_of(employee_id) for place, employee_id in scene.colleagues.items()}
    scene.leaves = {place: _leave_of(employee_id) for place, employee_id in scene.colleagues.items()}
    for place, account_id in scene.accounts.items():
        scene.grants[place], scene.deputies[place] = with_deputy(account_id, scene.units[place])
    by = Bringing(None, clock.now(), company_time.today())
    scene.own_days = {place: _own_day_of(unit, by) for place, unit in scene.units.items()}
    scene.weeks = {place: set_week(unit, [0], by.today, by).id for place, unit in scene.units.items()}
    scene.own_weeks = {place: _own_week_of(employee_id, by) for place, employee_id in scene.colleagues.items()}
    browser.sign_in(cast.adam)
    scene.imports = {kind: upload(browser, kind) for kind in KINDS}
    scene.sessions["another's"] = _session_id(cast.hanna)
    program = make_service_account("Payroll", now=clock.now(), actor_id=None)
    scene.program_id = program.id
    scene.tokens = {"another's": _token_id(cast.hanna), "company": _token_id(program)}
    return scene


def with_factor(employee_id: int) -> int:
    account = make_account(f"colleague{employee_id}@example.org", db.session.get_one(Employee, employee_id))
    make_factor(account)
    return account.id


def _entry_of(employee_id: int) -> int:
    return db.session.scalars(sa.select(Assignment.id).where(Assignment.employee_id == employee_id)).one()


def _own_day_of(unit: Unit, by: Bringing) -> int:
    return add_own_day(unit, DayWish(by.today, "Founding day"), by).id


def _own_week_of(employee_id: int, by: Bringing) -> int:
    return set_week(db.session.get_one(Employee, employee_id), [0, 1, 2], by.today, by).id


def _leave_of(employee_id: int) -> int:
    day, now = company_time.today() + timedelta(days=1), clock.now()
    leave = Leave(employee_id=employee_id, kind=LeaveKind.OTHER, starts_on=day, recorded_at=now)
    db.session.add(leave)
    db.session.flush()
    return leave.id


def with_deputy(account_id: int, unit: Unit) -> tuple[int, int]:
    """A role of the colleague on the unit, and somebody who stands in for it."""
    colleague = db.session.get_one(Account, account_id)
    grant = make_grant(colleague, Role.TRAINER, unit)
    return grant.id, make_deputy(grant, make_account(f"deputy{account_id}@example.org")).id


def upload(browser: Browser, kind: str) -> int:
    file = (io.BytesIO(f"{COLUMN[kind]},name\nX,Y\n".encode()), "some.csv")
    answer = browser.post("/imports/new", data={"kind": kind, "file": file})
    assert answer.status_code == 303, answer.text
    return db.session.scalars(sa.select(sa.func.max(DataImport.id))).one()


def _session_id(account: Account) -> int:
    open_session(account, "test", clock.now())
    assert account.current is not None
    return account.current.id


def _token_id(account: Account) -> int:
    return make_token(account, Wish("a program", list(Permission), 30), now=clock.now(), actor_id=None)[0].id


def make_person(person: Person, scene: Scene) -> Account:
    employee = make_employee(scene.units[person.works], name="Some Body") if person.works else None
    account = make_account("somebody@example.org", employee)
    if person.held:
        holder = make_account("absent@example.org") if person.lent else account
        grant = make_grant(holder, Role(person.role), scene.units[person.held])
        if person.lent:
            make_deputy(grant, account)
    return account


def enter(person: Person, scene: Scene, browser: Browser) -> Browser:
    """Signed in with a session of a moment ago, also those who have been shut out since."""
    browser.client = browser.app.test_client()
    if person.name == "nobody":
        return browser
    account = make_person(person, scene)
    browser.sign_in(account)
    scene.sessions["mine"], scene.tokens["mine"] = _session_id(account), _token_id(account)
    if kind := _brought_by(person):
        scene.imports["mine"] = upload(browser, kind)
    _shut_out(person, account)
    return browser


def _brought_by(person: Person) -> str | None:
    return next((kind for kind, roles in KINDS.items() if person.comes_in and person.role in roles), None)


def _shut_out(person: Person, account: Account) -> None:
    if person.name == "leaver":
        _of(account).ends_on = company_time.today()
    if person.name == "ended account":
        account.disabled_at = clock.now() - timedelta(seconds=1)
    db.session.commit()


def token_of(person: Person, scene: Scene, browser: Browser) -> str:
    """A token of all scopes, made while they still came in; the browser goes on without a cookie."""
    browser.client = browser.app.test_client()
    if person.name == "nobody":
        return "rez_" + "x" * 51
    account = make_person(person, scene)
    if kind := _brought_by(person):
        scene.imports["mine"] = upload(browser.sign_in(account), kind)
        browser.client = browser.app.test_client()
    wish = Wish("a program", list(Permission), 30)
    _row, token = make_token(account, wish, now=clock.now() - timedelta(seconds=2), actor_id=account.id)
    _shut_out(person, account)
    return token


def _of(account: Account) -> Employee:
    assert account.employee is not None
    return account.employee


def address(rule: Rule, scene: Scene, place: str) -> str:
    rows = {
        "unit_id": scene.units, "code": {place: unit.code for place, unit in scene.units.items()},
        "employee_id": scene.colleagues, "account_id": scene.accounts,
        "grant_id": scene.grants, "deputyship_id": scene.deputies,
        "import_id": scene.imports, "session_id": scene.sessions, "secret": {"company": "nobodys"},
        "draft_id": {"company": scene.draft_id},
        "token_id": scene.tokens, "program_id": {"company": scene.program_id},
        "program_token_id": scene.tokens,
        "set_id": {"company": scene.set_id},
        "kind": {kind: kind for kind in KINDS},
        "assignment_id": scene.entries, "leave_id": scene.leaves, "own_day_id": scene.own_days,
        "week_id": scene.weeks, "own_week_id": scene.own_weeks,
        "deed": dict.fromkeys(scene.units, "move"),
        "act": dict.fromkeys(scene.units, "move"), "plan_id": {}, "name_id": {}, "alias_id": {},
        "text": {"company": "imprint"},
    }  # fmt: skip
    path = rule.rule
    for name in rule.arguments:
        if name not in rows:
            raise AssertionError(f"{rule.rule} names a sort of row unknown to tests/reach: put one into set_scene().")
        found = rows[name].get(place, "1")  # an address without a row of one's own is asked for with any number
        path = re.sub(rf"<[^>]+:{name}>", str(found.id if isinstance(found, Unit) else found), path)
    return path


def ask(browser: Browser, method: str, path: str) -> TestResponse:
    return browser.get(path) if method == "GET" else browser.post(path)


def methods_of(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """Every route with every method it takes."""
    all_rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [(rule, method) for rule in all_rules for method in sorted(methods_of(rule))]


@contextmanager
def undone(browser: Browser) -> Iterator[None]:
    """What is done inside is forgotten, by the browser too, so that the next question finds all as it was."""
    cookie = browser.client.get_cookie(COOKIE)
    db.session.commit()
    inner = db.engines[None].begin_nested()  # type: ignore[attr-defined]  # a connection, while a test runs
    try:
        yield
    finally:
        db.session.rollback()
        db.session.expire_all()
        inner.rollback()
        if cookie is not None:
            browser.client.set_cookie(COOKIE, cookie.value)


def traces() -> tuple[object, ...]:
    """What a change would leave behind."""
    counted = (Account, AccountFactor, AccountSession, ApiToken, DataImport, Deputyship, DraftSet, Grant, ResultSet)
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in counted]
    states = (
        db.session.execute(sa.select(ResultSet.status)).all(),
        db.session.execute(sa.select(DataImport.status)).all(),
        db.session.execute(sa.select(Grant.id, Grant.ends_on).order_by(Grant.id)).all(),
        db.session.execute(sa.select(Deputyship.id, Deputyship.ends_on).order_by(Deputyship.id)).all(),
        db.session.execute(sa.select(ApiToken.revoked_at)).all(),
    )
    return (*counts, *map(tuple, states))
