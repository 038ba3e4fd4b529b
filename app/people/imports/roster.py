"""The people as they stand, for an import to be compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from app.core.permissions import Role
from app.extensions import db
from app.people.actions.outranking import coming_roles
from app.people.actions.roster import Person, Work
from app.people.days.timeline import Span, Timeline
from app.people.models import Account, Assignment, Employee, Grant
from app.people.queries.chart import Tree, tree_now

GrantKey = tuple[Role, int]


@dataclass
class Roster:
    """By key: `#7` is employee 7; people who are new have keys of their own."""

    tree: Tree
    ids: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    work: dict[str, Timeline[Work]] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)
    by_email: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    loose_accounts: dict[str, int] = field(default_factory=dict)  # by e-mail: those of nobody who works here
    grants: dict[int, set[GrantKey]] = field(default_factory=dict)  # by account, held today
    rights: dict[int, set[GrantKey]] = field(default_factory=dict)  # by account, with what is lent and what is to come

    @property
    def administrators(self) -> set[int]:
        """Accounts that hold the role today, wherever."""
        return {account for account, held in self.grants.items() if any(role is Role.ADMINISTRATOR for role, _ in held)}

    def start_of_work(self, key: str, today: date) -> date | None:
        """The assignment that a row without a date speaks of: today's, else the last before, else the first to come."""
        known = self.work.get(key)
        if not known:
            return None
        past = [start for start in known if start <= today]
        return max(past) if past else min(known)


def key_of_id(employee_id: int) -> str:
    return f"#{employee_id}"


def roster_now(today: date) -> Roster:
    roster = Roster(tree_now())
    for key, employee_id, person in _people():
        roster.ids[key], roster.people[key] = employee_id, person
        if person.number:
            roster.by_number[person.number.casefold()] = key
        if person.email:
            roster.by_email[person.email] = key
    roster.work = _work()
    for account_id, address, works_as in db.session.execute(sa.select(Account.id, Account.email, Account.employee_id)):
        if works_as is None and address is not None:
            roster.loose_accounts[address] = account_id
        elif works_as is not None:
            roster.accounts[key_of_id(works_as)] = account_id
    held = sa.select(Grant.account_id, Grant.role, Grant.unit_id).where(Grant.holding_on(today))
    for account_id, role, unit_id in db.session.execute(held):
        roster.grants.setdefault(account_id, set()).add((role, unit_id))
    roster.rights = coming_roles(today)
    return roster


def _people() -> Iterator[tuple[str, int, Person]]:
    columns = sa.select(
        Employee.id,
        Employee.number,
        Employee.email,
        Employee.name,
        Employee.language,
        Employee.time_zone,
        Employee.starts_on,
        Employee.ends_on,
    )
    for employee_id, number, email, name, language, time_zone, starts_on, ends_on in db.session.execute(columns):
        yield key_of_id(employee_id), employee_id, Person(number, email, name, language, time_zone, starts_on, ends_on)


def _work() -> dict[str, Timeline[Work]]:
    columns = sa.select(
        Assignment.employee_id,
        Assignment.starts_on,
        Assignment.ends_on,
        Assignment.unit_id,
        Assignment.job,
        Assignment.line_manager_id,
    )
    collected: dict[str, dict[date, Span[Work]]] = {}
    for employee_id, start, end, unit_id, job, manager_id in db.session.execute(columns):
        work = Work(unit_id, job, key_of_id(manager_id) if manager_id else None)
        collected.setdefault(key_of_id(employee_id), {})[start] = Span(end, work)
    return dict(collected)
