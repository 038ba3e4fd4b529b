"""The days that one person works, where they are not the unit's: part-time and shifts of one's own."""

from datetime import date

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.extensions import db
from app.people.models import Account, Employee, WorkWeek
from app.people.queries.calendar import forget_calendars, is_working_day
from tests.browser_check import Browser
from tests.cast import Cast

MONDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 5)
PART_TIME = {"starts_on": "2026-01-01", "weekdays": ["0", "1", "2"]}


def path(account: Account, rest: str = "working-days") -> str:
    return f"/people/employees/{account.employee_id}/{rest}"


def works(account: Account, day: date) -> bool:
    forget_calendars()
    return is_working_day(db.session.get_one(Employee, account.employee_id), day)


def own_weeks() -> list[int]:
    return list(db.session.scalars(sa.select(WorkWeek.id).order_by(WorkWeek.id)))


def test_part_time_counts_for_this_person_alone(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hanna)
    assert path(cast.ewa) in browser.get(f"/people/employees/{cast.ewa.employee_id}").text
    assert "nothing of one's own is set" in browser.get(path(cast.ewa)).text.replace("&#39;", "'")
    assert browser.post(path(cast.ewa, "weeks"), data=PART_TIME).location == path(cast.ewa)
    assert works(cast.ewa, MONDAY)
    assert not works(cast.ewa, THURSDAY)
    assert works(cast.marek, THURSDAY)
    page = browser.get(path(cast.ewa)).text
    assert "Monday, Tuesday, Wednesday" in page
    assert "from 1 Jan 2026 on" in page
    assert "Monday, Tuesday, Wednesday" in browser.sign_in(cast.ewa).get("/settings/").text
    acts = set(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.hanna.id)))
    assert "work_week.set" in acts


def test_shifts_of_ones_own_and_back_to_the_units_days(browser: Browser, cast: Cast) -> None:
    shifts = {"first_on": "2026-11-05", "turns": "1-1"}
    browser.sign_in(cast.hanna).post(path(cast.ewa, "shifts"), data=shifts)
    assert works(cast.ewa, THURSDAY)
    assert not works(cast.ewa, date(2026, 11, 6))
    (week,) = own_weeks()
    assert browser.post(f"/people/own-weeks/{week}/removal").location == path(cast.ewa)
    assert works(cast.ewa, date(2026, 11, 6))
    assert browser.post(f"/people/own-weeks/{week}/removal").status_code == 404


def test_bad_input_writes_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hanna)
    assert browser.post(path(cast.ewa, "weeks"), data={"starts_on": "2026-01-01"}).status_code == 422
    answer = browser.post(path(cast.ewa, "shifts"), data={"first_on": "2026-01-01", "turns": "sometimes"})
    assert answer.status_code == 422
    assert "sometimes" in answer.text
    assert not own_weeks()


def test_it_is_not_for_everybody(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hanna).post(path(cast.ewa, "weeks"), data=PART_TIME)
    (week,) = own_weeks()
    for someone in (cast.ewa, cast.marek):
        browser.sign_in(someone)
        assert browser.get(path(cast.ewa)).status_code == 403
        assert browser.post(f"/people/own-weeks/{week}/removal").status_code == 403


def test_a_units_pattern_is_not_removed_as_a_persons_nor_the_other_way(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam).post(f"/people/units/{cast.n1.id}/weeks", data=PART_TIME)
    browser.post(path(cast.ewa, "weeks"), data=PART_TIME)
    units, persons = own_weeks()
    assert browser.post(f"/people/own-weeks/{units}/removal").status_code == 404
    assert browser.post(f"/people/weeks/{persons}/removal").status_code == 404
