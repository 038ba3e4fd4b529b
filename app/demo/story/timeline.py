"""Which two years the story tells: eight whole quarters before today, then the quarter that is running."""

from dataclasses import dataclass
from datetime import date

QUARTERS_TOLD = 8
REORGANISED_IN = 4  # the quarter of the story, counted from 0, on whose first day the company is rearranged
RUNNING = QUARTERS_TOLD
MONTHS_TOLD = 3 * QUARTERS_TOLD
FOUNDED = date(2001, 3, 1)


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter, half-open: `ends_on` is the first day of the next."""

    starts_on: date
    ends_on: date

    @property
    def code(self) -> str:
        return f"{self.starts_on.year}-Q{(self.starts_on.month + 2) // 3}"

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days


def months_after(first_of_month: date, months: int) -> date:
    """The first day of the month so many months later (or earlier, when negative)."""
    count = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Timeline:
    """Dates of the story for one today; everything is told in quarters and months from `begins_on`."""

    today: date

    @property
    def begins_on(self) -> date:
        running_from = date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1)
        return months_after(running_from, -MONTHS_TOLD)

    @property
    def reorganised_on(self) -> date:
        return self.month(3 * REORGANISED_IN)

    def month(self, index: int) -> date:
        return months_after(self.begins_on, index)

    def quarter(self, index: int) -> Quarter:
        return Quarter(self.month(3 * index), self.month(3 * index + 3))
