"""Counting working days: adding is the inverse of counting, in both directions, and never lands on a day off."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.people.days.public_holidays import country_year
from app.people.days.working_days import NoWorkingDay, WorkingDays

DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
COUNTRIES = st.sampled_from(["PL", "RU", "GB", "DE", "IL", "AE", "XX"])
WEEKS = st.sets(st.integers(0, 6), min_size=1)
OFF = st.sets(DAYS, max_size=30)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingDays:
    """Of a country, known or not; or a weekly pattern; with some days off of the company's own."""
    country, week, off = draw(COUNTRIES), draw(st.none() | WEEKS), draw(OFF)

    def works(day: date) -> bool:
        year = country_year(country, day.year)
        in_week = day.weekday() in week if week is not None else day.weekday() not in year.weekend
        return in_week and day not in year.names and day not in off

    return WorkingDays(works)


COUNTS = st.integers(-300, 300).filter(bool)


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, COUNTS)
def test_adding_is_the_inverse_of_counting(calendar: WorkingDays, day: date, count: int) -> None:
    assert calendar.between(day, calendar.add(day, count)) == count


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, st.integers(-60, 60))
def test_it_never_lands_on_a_day_off(calendar: WorkingDays, day: date, count: int) -> None:
    assert calendar.is_working_day(calendar.add(day, count))


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, COUNTS)
def test_there_and_back_is_where_one_was(calendar: WorkingDays, day: date, count: int) -> None:
    start = calendar.next(day)
    assert calendar.add(calendar.add(start, count), -count) == start


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS, DAYS, DAYS)
def test_counts_add_up(calendar: WorkingDays, first: date, second: date, third: date) -> None:
    whole = calendar.between(first, second) + calendar.between(second, third)
    first, second, third = sorted((first, second, third))
    assert calendar.between(first, second) + calendar.between(second, third) == calendar.between(first, third)
    assert isinstance(whole, int)


@settings(max_examples=60, deadline=None)
@given(calendars(), DAYS)
def test_the_next_is_the_first_on_or_after(calendar: WorkingDays, day: date) -> None:
    found = calendar.next(day)
    assert found >= day
    assert not any(calendar.is_working_day(day + number * DAY) for number in range((found - day).days))
    assert calendar.add(day, 0) == found


def test_leap_days_count_like_others() -> None:
    weekdays = WorkingDays(lambda day: day.weekday() < 5)
    assert weekdays.add(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert weekdays.add(date(2023, 2, 28), 1) == date(2023, 3, 1)
    assert weekdays.add(date(2024, 3, 1), -1) == date(2024, 2, 29)
    assert weekdays.between(date(2023, 12, 31), date(2024, 12, 31)) == 262


def test_a_calendar_without_a_working_day_says_so() -> None:
    never = WorkingDays(lambda day: False)
    for act in (lambda: never.next(date(2026, 1, 1)), lambda: never.add(date(2026, 1, 1), -1)):
        with pytest.raises(NoWorkingDay):
            act()
    assert never.between(date(2026, 1, 1), date(2027, 1, 1)) == 0


@pytest.mark.parametrize(("day", "step"), [(date.max, 1), (date.min, -1)])
def test_the_end_of_the_calendar_is_the_end(day: date, step: int) -> None:
    with pytest.raises(NoWorkingDay):
        WorkingDays(lambda _day: True).add(day, step)


def test_holidays_are_named_in_the_readers_language_where_there_is_one() -> None:
    epiphany = date(2026, 1, 6)
    assert country_year("PL", 2026, "pl").names[epiphany] == "Święto Trzech Króli"
    assert country_year("PL", 2026, "en").names[epiphany] == "Epiphany"
    assert country_year("PL", 2026, "ru").names[epiphany] == "Epiphany", "the package has no Russian for Poland"
    assert country_year("RU", 2026, "ru").names[date(2026, 2, 23)] == "День защитника Отечества"


def test_what_a_country_does() -> None:
    assert country_year("IL", 2026).weekend == {4, 5}
    assert len(country_year("PL", 2026).names) == 14
    assert not country_year("XX", 2026).is_known
    assert country_year("XX", 2026).weekend == {5, 6}
