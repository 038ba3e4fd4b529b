"""One calendar for every deadline: which days are worked in a unit, or by a person.

The nearest word wins. The country of a day is that of the unit's own version, else of the nearest unit above, else the
company's; public holidays and the weekend follow from it. Over them stand a unit's own days and weekly patterns, and
for a person their own pattern and leave. Today's tree says what lies above.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from babel.core import get_global
from flask import g, has_request_context

from app.core import settings
from app.extensions import db
from app.people.days.public_holidays import CountryYear, country_year
from app.people.days.shifts import is_worked, turns_of
from app.people.days.working_days import WorkingDays
from app.people.models import Assignment, Employee, Leave, OwnDay, Unit, UnitTree, UnitVersion, WorkWeek

Who = Unit | Employee
LAST_RESORT, NOWHERE = "PL", "ZZ"  # UTC lies in no country


def company_country() -> str:
    """What the settings say, else the country of the company's time zone."""
    return str(settings.company("country")) or country_of_zone(str(settings.company("time_zone")))


def country_of_zone(zone: str) -> str:
    country = str(get_global("zone_territories").get(zone, NOWHERE))
    return LAST_RESORT if country in (NOWHERE, "001") else country


@dataclass
class UnitCalendar:
    """What is known about the days of a unit: own things first, then those of the units above, upwards."""

    versions: Sequence[Sequence[UnitVersion]]
    own_days: Mapping[date, OwnDay]
    weeks: Sequence[Sequence[WorkWeek]]
    company_country: str

    def country_on(self, day: date) -> str:
        return next((found for each in self.versions if (found := _country(each, day))), self.company_country)

    def is_country_said(self, day: date) -> bool:
        return any(_country(each, day) for each in self.versions)

    def year_of(self, day: date, language: str = "en") -> CountryYear:
        return country_year(self.country_on(day), day.year, language)

    def week_on(self, day: date) -> WorkWeek | None:
        return next((week for each in self.weeks for week in each if week.holds_on(day)), None)

    def is_working_day(self, day: date, week: WorkWeek | None = None) -> bool:
        """`week`: a pattern nearer than the unit's."""
        own = self.own_days.get(day)
        if own is not None:
            return own.is_worked
        year = self.year_of(day)
        week = week or self.week_on(day)
        if week is None:
            return day in year.worked or (day.weekday() not in year.weekend and day not in year.names)
        return _works(week, day) and (week.works_holidays or day not in year.names)


def _works(week: WorkWeek, day: date) -> bool:
    if week.turns is not None:
        return is_worked(turns_of(week.turns), week.starts_on, day)
    return day.weekday() in week.weekdays


def _country(versions: Sequence[UnitVersion], day: date) -> str | None:
    """The unit's own word on that day; before its first and after its last day, the nearest one's."""
    held = [each for each in versions if each.starts_on <= day] or versions[:1]
    return held[-1].country if held else None


@dataclass
class PersonCalendar:
    """Where somebody works on which day, their own pattern, and when they are away."""

    places: Sequence[tuple[date, UnitCalendar]]  # from when, by day
    fallback: UnitCalendar
    weeks: Sequence[WorkWeek] = field(default=())
    leaves: Sequence[Leave] = field(default=())

    def is_working_day(self, day: date) -> bool:
        if any(leave.holds_on(day) for leave in self.leaves):
            return False
        week = next((each for each in self.weeks if each.holds_on(day)), None)
        return self._unit_on(day).is_working_day(day, week)

    def _unit_on(self, day: date) -> UnitCalendar:
        begun = [unit for since, unit in self.places if since <= day]
        return begun[-1] if begun else (self.places[0][1] if self.places else self.fallback)


def is_working_day(who: Who, day: date) -> bool:
    return calendar_of(who).is_working_day(day)


def add_working_days(who: Who, day: date, count: int) -> date:
    """The count-th working day after (or before) the day; with 0 the next one on or after it."""
    return WorkingDays(calendar_of(who).is_working_day).add(day, count)


def next_working_day(who: Who, day: date) -> date:
    """The day itself when it is worked, else the first after it that is."""
    return WorkingDays(calendar_of(who).is_working_day).next(day)


def working_days_between(who: Who, first: date, last: date) -> int:
    """After the first, up to and with the last."""
    return WorkingDays(calendar_of(who).is_working_day).between(first, last)


def calendar_of(who: Who) -> UnitCalendar | PersonCalendar:
    """Worked out once a request."""
    kept: dict[tuple[str, int], UnitCalendar | PersonCalendar] = {}
    if has_request_context():
        kept = g.setdefault("calendars", kept)
    key = (who.__tablename__, who.id)
    if key not in kept:
        kept[key] = unit_calendar(who.id) if isinstance(who, Unit) else _person_calendar(who)
    return kept[key]


def forget_calendars() -> None:
    """After a change within the request."""
    if has_request_context():
        g.pop("calendars", None)


def unit_calendar(unit_id: int) -> UnitCalendar:
    """Four questions, however deep the unit lies."""
    above = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == unit_id).order_by(UnitTree.depth)
    chain = list(db.session.scalars(above)) or [unit_id]
    versions = db.session.scalars(
        sa.select(UnitVersion).where(UnitVersion.unit_id.in_(chain)).order_by(UnitVersion.starts_on)
    ).all()
    days = db.session.scalars(sa.select(OwnDay).where(OwnDay.unit_id.in_(chain))).all()
    weeks = db.session.scalars(sa.select(WorkWeek).where(WorkWeek.unit_id.in_(chain))).all()
    nearest_last = sorted(days, key=lambda each: -chain.index(each.unit_id))
    return UnitCalendar(
        [[each for each in versions if each.unit_id == unit] for unit in chain],
        {each.day: each for each in nearest_last},
        [[each for each in weeks if each.unit_id == unit] for unit in chain],
        company_country(),
    )


def own_weeks_of(employee: Employee) -> Sequence[WorkWeek]:
    """What is set for this person alone, the earliest first."""
    own = sa.select(WorkWeek).where(WorkWeek.employee_id == employee.id)
    return db.session.scalars(own.order_by(WorkWeek.starts_on)).all()


def _person_calendar(employee: Employee) -> PersonCalendar:
    rows = db.session.execute(
        sa.select(Assignment.starts_on, Assignment.unit_id)
        .where(Assignment.employee_id == employee.id)
        .order_by(Assignment.starts_on)
    ).all()
    units = {unit_id: unit_calendar(unit_id) for unit_id in {unit_id for _, unit_id in rows}}
    weeks = own_weeks_of(employee)
    leaves = db.session.scalars(sa.select(Leave).where(Leave.employee_id == employee.id)).all()
    nowhere = UnitCalendar([], {}, [], company_country())
    return PersonCalendar([(since, units[unit_id]) for since, unit_id in rows], nowhere, weeks, leaves)
