"""Days on and days off in turn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.days.shifts import LONGEST, NoShifts, is_worked, turns_of

FIRST = date(2026, 3, 3)
turns = st.integers(1, 6).flatmap(lambda half: st.lists(st.integers(1, 30), min_size=2 * half, max_size=2 * half))


@pytest.mark.parametrize("text", ["4-4", " 4 - 4 ", "4–4", "4/4", "4, 4", "4 4"])
def test_a_rota_is_read_as_people_write_it(text: str) -> None:
    assert turns_of(text) == (4, 4)


@pytest.mark.parametrize(
    "text", ["", "4", "4-", "-4", "4-4-4", "0-4", "4-0", "a-b", "4.5-2", "367-1", "9" * 400, "٤-٤-", "1-2\n-3-4-5"]
)
def test_what_is_no_rota_is_refused(text: str) -> None:
    with pytest.raises(NoShifts):
        turns_of(text)


def test_two_weeks_in_turn() -> None:
    worked = [is_worked((2, 2, 3, 2, 2, 3), FIRST, FIRST + timedelta(day)) for day in range(14)]
    assert worked == [True, True, False, False, True, True, True, False, False, True, True, False, False, False]


@given(turns, st.integers(0, 2000))
def test_it_comes_round_and_a_round_holds_what_it_says(turns: list[int], since: int) -> None:
    length, day = sum(turns), FIRST + timedelta(since)
    assert is_worked(tuple(turns), FIRST, day) == is_worked(tuple(turns), FIRST, day + timedelta(length))
    round_ = [is_worked(tuple(turns), FIRST, day + timedelta(number)) for number in range(length)]
    assert sum(round_) == sum(turns[::2])


def test_the_longest_comes_round_after_a_year() -> None:
    assert sum(turns_of("183-183")) == LONGEST
