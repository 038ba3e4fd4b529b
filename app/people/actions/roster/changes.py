"""One person as they are and as they shall be, and who brings it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.permissions import Role
from app.people.days.timeline import Timeline


@dataclass(frozen=True)
class Person:
    number: str | None
    email: str | None
    name: str
    language: str | None
    time_zone: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Work:
    unit_id: int
    job: str
    manager: str | None  # key of the line manager


@dataclass(frozen=True)
class PersonChange:
    """One person as they are and as they shall be; `employee_id` and `account_id` are None where there is none yet."""

    key: str
    employee_id: int | None
    account_id: int | None
    before: Person | None
    after: Person
    work_before: Timeline[Work]
    work_after: Timeline[Work]
    roles: tuple[tuple[Role, int], ...] = ()  # to be granted, with the unit
    links: bool = False  # the account was nobody's before
    corrects: bool = False  # what was written down was wrong; else the world has changed

    def has_left_by(self, day: date) -> bool:
        return self.after.ends_on is not None and self.after.ends_on <= day


@dataclass(frozen=True)
class Bringing:
    """Who brings people in, and when."""

    actor_id: int | None
    now: datetime
    today: date
