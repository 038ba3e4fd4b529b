"""The two steps of an act on somebody's work: a look at what it does, and the yes, with what the page carries."""

import re
from datetime import date, timedelta

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core import clock, company_time
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Assignment, Employee, Leave, LeaveKind, Unit, units_where
from tests.browser_check import Browser

DAY = timedelta(days=1)


def today() -> date:
    return company_time.today()


def person_of(account: Account) -> Employee:
    employee = db.session.get_one(Employee, account.employee_id)
    db.session.refresh(employee)
    return employee


def spans(account: Account) -> list[tuple[int, date, date | None]]:
    rows = sa.select(Assignment).where(Assignment.employee_id == account.employee_id).order_by(Assignment.starts_on)
    return [(each.unit_id, each.starts_on, each.ends_on) for each in db.session.scalars(rows)]


def reads(account: Account) -> set[int]:
    return set(db.session.scalars(units_where(account, Permission.IMPACT_READ)))


def url(account: Account, deed: str) -> str:
    return f"/people/employees/{account.employee_id}/changes/{deed}"


def move(unit: Unit, day: date, **more: str) -> dict[str, str]:
    return {"unit": unit.code, "day": day.isoformat(), "job": "Adviser", "manager": "", **more}


def on_leave(account: Account, since: date) -> Leave:
    assert account.employee_id
    leave = Leave(employee_id=account.employee_id, kind=LeaveKind.OTHER, starts_on=since, recorded_at=clock.now())
    db.session.add(leave)
    db.session.flush()
    return leave


def look(browser: Browser, path: str, data: dict[str, str]) -> TestResponse:
    answer = browser.post(path, data=data)
    assert answer.status_code == 200, answer.text
    return answer


def confirm(
    browser: Browser, path: str, data: dict[str, str], seen: TestResponse | None = None, *, to: str = ""
) -> TestResponse:
    page = (seen or look(browser, path, data)).text
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found, "what was looked at is named on the page"
    return browser.post(to or f"{path}/confirmation", data=data | {"seen": found[1]})
