"""The calendar of units and people: whose word holds on which day."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.core import clock, company_time, settings
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.calendar import DayWish, Shifts, add_own_day, remove_week, set_shifts, set_week
from app.people.actions.roster import Bringing
from app.people.days.working_days import NoWorkingDay
from app.people.models import Leave, LeaveKind, OwnDay, Unit, UnitVersion, WorkWeek
from app.people.queries.calendar import (
    add_working_days,
    calendar_of,
    company_country,
    country_of_zone,
    is_working_day,
    next_working_day,
    working_days_between,
)
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant

INDEPENDENCE, MONDAY = date(2026, 11, 11), date(2026, 11, 2)
DAY = timedelta(days=1)


def by() -> Bringing:
    return Bringing(None, clock.now(), company_time.today())


def give_country(unit: Unit, country: str | None) -> None:
    db.session.execute(sa.update(UnitVersion).where(UnitVersion.unit_id == unit.id).values(country=country))


class TestWhoseWordHolds:
    def test_without_a_word_it_is_the_country_of_the_companys_zone(self, cast: Cast) -> None:
        assert company_country() == "PL"
        assert not is_working_day(cast.n1, INDEPENDENCE)
        assert is_working_day(cast.n1, INDEPENDENCE + DAY)

    @pytest.mark.parametrize(
        ("zone", "country"), [("Europe/Warsaw", "PL"), ("Europe/Moscow", "RU"), ("Etc/UTC", "PL"), ("nowhere", "PL")]
    )
    def test_a_zone_lies_in_a_country(self, cast: Cast, zone: str, country: str) -> None:
        assert country_of_zone(zone) == country

    def test_the_setting_comes_before_the_zone(self, cast: Cast) -> None:
        settings.set_company("country", "RU", actor_id=None)
        assert is_working_day(cast.n1, INDEPENDENCE)
        assert not is_working_day(cast.n1, date(2026, 11, 4))

    def test_the_nearest_unit_with_a_country_says_it(self, cast: Cast) -> None:
        give_country(cast.company, "DE")
        give_country(cast.north, "RU")
        assert not is_working_day(cast.n1, date(2026, 11, 4))
        assert is_working_day(cast.s1, date(2026, 11, 4))
        assert not is_working_day(cast.s1, date(2026, 10, 3) - DAY * 0)

    def test_a_unit_that_moved_to_another_country_keeps_its_past(self, cast: Cast) -> None:
        give_country(cast.n1, "PL")
        version = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == cast.n1.id)).one()
        version.ends_on = date(2026, 1, 1)
        later = UnitVersion(
            unit_id=cast.n1.id, name="N1", kind=version.kind, parent_id=version.parent_id, country="RU",
            starts_on=date(2026, 1, 1),
        )  # fmt: skip
        db.session.add(later)
        db.session.flush()
        assert not is_working_day(cast.n1, date(2025, 11, 11))
        assert is_working_day(cast.n1, INDEPENDENCE)

    def test_an_own_day_off_holds_for_all_below_and_no_further(self, cast: Cast) -> None:
        add_own_day(cast.north, DayWish(MONDAY, "Founding day"), by())
        assert not is_working_day(cast.n1, MONDAY)
        assert is_working_day(cast.s1, MONDAY)

    def test_the_nearest_own_day_wins_also_when_it_is_worked(self, cast: Cast) -> None:
        add_own_day(cast.company, DayWish(MONDAY, "Off"), by())
        add_own_day(cast.n1, DayWish(MONDAY, "Open all the same", is_worked=True), by())
        add_own_day(cast.n1, DayWish(INDEPENDENCE, "Open", is_worked=True), by())
        assert is_working_day(cast.n1, MONDAY)
        assert is_working_day(cast.n1, INDEPENDENCE)
        assert not is_working_day(cast.n2, MONDAY)

    def test_a_weekly_pattern_opens_sundays_but_no_holidays(self, cast: Cast) -> None:
        set_week(cast.north, [2, 6], date(2026, 1, 1), by())
        assert is_working_day(cast.n1, date(2026, 11, 8)), "a Sunday"
        assert not is_working_day(cast.n1, MONDAY)
        assert not is_working_day(cast.n1, INDEPENDENCE), "a Wednesday, and a holiday"
        assert is_working_day(cast.n1, date(2025, 11, 3)), "before the pattern began"

    def test_a_later_pattern_follows_the_first(self, cast: Cast) -> None:
        set_week(cast.n1, [0], date(2026, 1, 1), by())
        set_week(cast.n1, [1], date(2026, 6, 1), by())
        set_week(cast.n1, [2], date(2026, 3, 1), by())
        spans = db.session.execute(sa.select(WorkWeek.starts_on, WorkWeek.ends_on).order_by(WorkWeek.starts_on)).all()
        assert [tuple(each) for each in spans] == [
            (date(2026, 1, 1), date(2026, 3, 1)),
            (date(2026, 3, 1), date(2026, 6, 1)),
            (date(2026, 6, 1), None),
        ]
        june, march, january = db.session.scalars(sa.select(WorkWeek).order_by(WorkWeek.starts_on.desc())).all()
        remove_week(march, by())
        assert (january.ends_on, june.ends_on) == (date(2026, 6, 1), None), "the one before it goes on"
        remove_week(june, by())
        assert january.ends_on is None
        remove_week(january, by())
        assert is_working_day(cast.n1, MONDAY + 3 * DAY)


class TestShifts:
    def test_they_count_from_their_first_day_through_weekends(self, cast: Cast) -> None:
        set_shifts(cast.n1, Shifts("2-2"), MONDAY, by())
        worked = [is_working_day(cast.n1, MONDAY + number * DAY) for number in range(8)]
        assert worked == [True, True, False, False, True, True, False, False]

    @pytest.mark.parametrize("works_holidays", [True, False])
    def test_a_public_holiday_is_worked_where_it_is_said(self, cast: Cast, works_holidays: bool) -> None:
        set_shifts(cast.north, Shifts("4-4", works_holidays), INDEPENDENCE, by())
        assert is_working_day(cast.n1, INDEPENDENCE) is works_holidays
        assert is_working_day(cast.n1, INDEPENDENCE + DAY)

    def test_a_persons_shifts_hold_against_the_units_week(self, cast: Cast) -> None:
        employee = make_employee(cast.n1)
        set_week(cast.n1, [0], MONDAY, by())
        set_shifts(employee, Shifts("1-1"), MONDAY, by())
        assert not is_working_day(cast.n1, MONDAY + 2 * DAY)
        assert is_working_day(employee, MONDAY + 2 * DAY)
        assert not is_working_day(employee, MONDAY + 7 * DAY)

    def test_a_week_after_shifts_ends_them_and_the_other_way_round(self, cast: Cast) -> None:
        set_shifts(cast.n1, Shifts("1-1"), MONDAY, by())
        set_week(cast.n1, [0], MONDAY + 7 * DAY, by())
        set_shifts(cast.n1, Shifts("3-1"), MONDAY + 14 * DAY, by())
        spans = [MONDAY, MONDAY + 7 * DAY, MONDAY + 14 * DAY]
        rows = db.session.scalars(sa.select(WorkWeek).order_by(WorkWeek.starts_on)).all()
        assert [(row.starts_on, row.ends_on) for row in rows] == list(zip(spans, [*spans[1:], None], strict=True))
        assert add_working_days(cast.n1, MONDAY + 14 * DAY, 3) == MONDAY + 18 * DAY

    def test_shifts_of_the_same_day_take_the_place_of_the_week(self, cast: Cast) -> None:
        set_week(cast.n1, [0], MONDAY, by())
        set_shifts(cast.n1, Shifts("1-1"), MONDAY, by())
        row = db.session.scalars(sa.select(WorkWeek)).one()
        assert (row.days, row.turns) == (None, "1-1")


class TestPeople:
    def test_a_persons_pattern_and_leave_are_nearest(self, cast: Cast) -> None:
        person = make_employee(cast.n1)
        set_week(person, [5], date(2026, 1, 1), by())
        assert is_working_day(person, date(2026, 11, 7)), "a Saturday"
        assert not is_working_day(person, MONDAY)
        days = {"employee_id": person.id, "kind": LeaveKind.OTHER, "recorded_at": clock.now()}
        db.session.add(Leave(**days, starts_on=date(2026, 11, 7), ends_on=date(2026, 11, 14)))
        db.session.flush()
        assert not is_working_day(person, date(2026, 11, 7))
        assert next_working_day(person, date(2026, 11, 3)) == date(2026, 11, 14)

    def test_each_day_counts_in_the_unit_of_that_day(self, cast: Cast) -> None:
        give_country(cast.s1, "RU")
        person = make_employee(cast.n1)
        person.assignments[0].ends_on = date(2026, 11, 5)
        db.session.flush()
        person.assignments.append(type(person.assignments[0])(unit_id=cast.s1.id, starts_on=date(2026, 11, 5)))
        db.session.flush()
        assert is_working_day(person, date(2026, 11, 4)), "still in Poland"
        assert is_working_day(person, INDEPENDENCE), "in Russia by then"

    def test_somebody_without_a_unit_has_the_companys_days(self, cast: Cast) -> None:
        person = make_employee()
        assert not is_working_day(person, INDEPENDENCE)
        assert is_working_day(person, MONDAY)

    def test_a_leave_without_an_end_has_no_next_day(self, cast: Cast) -> None:
        person = make_employee(cast.n1)
        leave = Leave(employee_id=person.id, kind=LeaveKind.OTHER, starts_on=MONDAY, recorded_at=clock.now())
        db.session.add(leave)
        db.session.flush()
        with pytest.raises(NoWorkingDay):
            next_working_day(person, MONDAY)


def test_five_working_days_around_a_holiday(cast: Cast) -> None:
    assert add_working_days(cast.n1, date(2026, 11, 6), 5) == date(2026, 11, 16)
    assert add_working_days(cast.n1, date(2026, 11, 16), -5) == date(2026, 11, 6)
    assert working_days_between(cast.n1, date(2026, 11, 6), date(2026, 11, 16)) == 5


def test_a_real_calendar_counts_what_it_adds(cast: Cast) -> None:
    add_own_day(cast.north, DayWish(MONDAY, "Off"), by())
    set_week(cast.n1, [0, 2, 5], date(2026, 5, 1), by())
    calendar_of(cast.n1)

    @hypothesis_settings(max_examples=25, deadline=None)
    @given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(-80, 80).filter(bool))
    def holds(day: date, count: int) -> None:
        found = add_working_days(cast.n1, day, count)
        assert is_working_day(cast.n1, found)
        assert working_days_between(cast.n1, day, found) == count

    holds()


class TestPage:
    def url(self, unit: Unit) -> str:
        return f"/people/units/{unit.id}/calendar"

    def test_everybody_sees_the_year(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get(self.url(cast.n1) + "?year=2026").text
        assert "2026 has 253 working days here." in page
        assert "National Independence Day" in page
        assert "the company's is assumed: Poland" in page
        assert '<form method="post" action="/people/units' not in page

    def test_in_the_readers_language(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.ewa).get(self.url(cast.n1) + "?year=2026&lang=pl").text
        assert "Święto Trzech Króli" in page

    def test_an_unknown_country_is_said(self, browser: Browser, cast: Cast) -> None:
        give_country(cast.n1, "XX")
        assert "are not known here" in browser.sign_in(cast.ewa).get(self.url(cast.n1)).text

    @pytest.mark.parametrize("year", ["0", "x", "99999", "-1", ""])
    def test_a_year_that_cannot_be_is_this_year(self, browser: Browser, cast: Cast, year: str) -> None:
        page = browser.sign_in(cast.ewa).get(self.url(cast.n1), query_string={"year": year})
        assert page.status_code == 200
        assert f"{company_time.today().year} has" in page.text

    def test_an_administrator_sets_and_removes_an_own_day(self, browser: Browser, cast: Cast) -> None:
        data = {"day": "2026-12-24", "name": "Wigilia <b>"}
        answer = browser.sign_in(cast.adam).post(f"/people/units/{cast.north.id}/own-days", data=data)
        assert answer.location == self.url(cast.north) + "?year=2026"
        assert "Wigilia &lt;b&gt;" in browser.get(self.url(cast.n1) + "?year=2026").text
        assert browser.post(f"/people/units/{cast.north.id}/own-days", data=data).status_code == 409
        own_id = db.session.scalars(sa.select(OwnDay.id)).one()
        assert browser.post(f"/people/own-days/{own_id}/removal").status_code == 302
        assert browser.post(f"/people/own-days/{own_id}/removal").status_code == 404
        acts = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.adam.id)).all()
        assert {"own_day.set", "own_day.removed"} <= set(acts)

    def test_and_a_weekly_pattern(self, browser: Browser, cast: Cast) -> None:
        data = {"starts_on": "2026-01-01", "weekdays": ["0", "6"]}
        assert browser.sign_in(cast.adam).post(f"/people/units/{cast.n1.id}/weeks", data=data).status_code == 302
        assert "Monday, Sunday" in browser.get(self.url(cast.n1)).text
        week_id = db.session.scalars(sa.select(WorkWeek.id)).one()
        assert browser.post(f"/people/weeks/{week_id}/removal").status_code == 302

    def test_and_shifts(self, browser: Browser, cast: Cast) -> None:
        data = {"first_on": "2026-01-01", "turns": "4 / 4", "works_holidays": "y"}
        assert browser.sign_in(cast.adam).post(f"/people/units/{cast.n1.id}/shifts", data=data).status_code == 302
        page = browser.get(self.url(cast.n1)).text
        assert "Shifts: 4\u20134, days worked and days off in turn. Public holidays are worked too." in page
        week_id = db.session.scalars(sa.select(WorkWeek.id)).one()
        assert browser.post(f"/people/weeks/{week_id}/removal").status_code == 302

    def test_what_was_typed_about_shifts_comes_back(self, browser: Browser, cast: Cast) -> None:
        data = {"first_on": "2026-01-01", "turns": "four"}
        answer = browser.sign_in(cast.adam).post(f"/people/units/{cast.n1.id}/shifts", data=data)
        assert answer.status_code == 422
        assert 'value="four"' in answer.text
        assert "with dashes between" in answer.text

    @pytest.mark.parametrize(
        ("path", "data"),
        [
            ("own-days", {"day": "", "name": "X"}),
            ("own-days", {"day": "2026-02-30", "name": "X"}),
            ("own-days", {"day": "2026-01-01", "name": ""}),
            ("weeks", {"starts_on": "2026-01-01"}),
            ("weeks", {"starts_on": "2026-01-01", "weekdays": ["9"]}),
            ("weeks", {"starts_on": "", "weekdays": ["1"]}),
            ("shifts", {"first_on": "2026-01-01", "turns": ""}),
            ("shifts", {"first_on": "", "turns": "4-4"}),
            ("shifts", {"first_on": "2026-01-01", "turns": "4-4-4"}),
        ],
    )
    def test_bad_input_is_refused(self, browser: Browser, cast: Cast, path: str, data: dict[str, str]) -> None:
        assert browser.sign_in(cast.adam).post(f"/people/units/{cast.n1.id}/{path}", data=data).status_code == 422
        assert db.session.scalars(sa.select(OwnDay)).all() == db.session.scalars(sa.select(WorkWeek)).all() == []

    def test_it_needs_the_role_on_that_unit(self, browser: Browser, cast: Cast) -> None:
        southern = make_account("southern@example.org")
        make_grant(southern, Role.ADMINISTRATOR, cast.south)
        data = {"day": "2026-12-24", "name": "Off"}
        assert browser.sign_in(southern).post(f"/people/units/{cast.n1.id}/own-days", data=data).status_code == 404
        assert "An own day" not in browser.get(self.url(cast.n1)).text
        assert browser.sign_in(cast.hanna).post(f"/people/units/{cast.n1.id}/own-days", data=data).status_code == 403
        assert browser.client.get("/sign-out").status_code == 405

    def test_it_needs_sign_in(self, browser: Browser, cast: Cast) -> None:
        assert browser.get(self.url(cast.n1)).location.startswith("/sign-in")
