"""Counting working days. Pure: what is a working day is asked of whoever knows; here it is only counted.

`add` is the inverse of `between`: between(day, add(day, n)) is n for every n but 0, and neither ever lands on a day
off. Nothing is added by looking for the next working day on or after.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
# Nobody is away for longer without a first day back being written down; a week without a working day is refused.
LONGEST_GAP = 3 * 366


class NoWorkingDay(Exception):
    """There is none as far as can be foreseen: on a leave without an end, or at the end of the calendar."""


@dataclass(frozen=True)
class WorkingDays:
    is_working_day: Callable[[date], bool]

    def next(self, day: date) -> date:
        """The day itself when it is worked, else the first after it that is."""
        return day if self.is_working_day(day) else self._step(day, DAY)

    def add(self, day: date, count: int) -> date:
        """The count-th working day after the day; before it, when the count is negative; `next` when it is 0."""
        if count == 0:
            return self.next(day)
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day = self._step(day, step)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after the first, up to and with the last; negative when the last comes before."""
        if last < first:
            return -sum(self.is_working_day(last + number * DAY) for number in range((first - last).days))
        return sum(self.is_working_day(first + number * DAY) for number in range(1, (last - first).days + 1))

    def _step(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_GAP):
            try:
                day += step
            except OverflowError as error:
                raise NoWorkingDay from error
            if self.is_working_day(day):
                return day
        raise NoWorkingDay
