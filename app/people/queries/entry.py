"""Getting people in: who of a unit has a way in, and who has none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Assignment, Employee, Unit, UnitTree, WayIn, units_where

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class EntryCounts:
    """Of the people who work in a unit or below it, today or soon."""

    people: int = 0
    inside: int = 0
    waiting: int = 0  # with an invitation or a slip that is still good
    with_address: int = 0  # neither inside nor waiting
    without_address: int = 0
    failed: int = 0  # of those with an address: the last invitation could not be sent
    delayed: int = 0  # of those who wait: the letter has not left for a while

    @property
    def outside(self) -> int:
        return self.people - self.inside


class Newcomer(NamedTuple):
    account: Account
    unit_id: int
    unit: str
    above: str


def entry_counts(person: Account, unit_ids: Sequence[int], now: datetime, day: date) -> Mapping[int, EntryCounts]:
    """By unit, with all below it, as far as the person may give ways in."""
    inside, waiting, addressed = Account.password_hash.is_not(None), _is_waiting(now), Account.email.is_not(None)
    lost = sa.and_(sa.not_(inside), sa.not_(waiting))
    groups = (
        sa.true(),
        inside,
        sa.and_(sa.not_(inside), waiting),
        sa.and_(lost, addressed),
        sa.and_(lost, sa.not_(addressed)),
        sa.and_(lost, addressed, _letter_failed()),
        sa.and_(sa.not_(inside), _letter_is_late(now)),
    )
    counted = [sa.func.count(sa.distinct(sa.case((group, Account.id)))) for group in groups]
    rows = (
        sa.select(UnitTree.ancestor_id, *counted)
        .join(Assignment, Assignment.unit_id == UnitTree.descendant_id)
        .join(Account, Account.employee_id == Assignment.employee_id)
        .join(Employee, Employee.id == Assignment.employee_id)
        .where(UnitTree.ancestor_id.in_(unit_ids), _comes_in(person, day))
        .group_by(UnitTree.ancestor_id)
    )
    return {unit_id: EntryCounts(*numbers) for unit_id, *numbers in db.session.execute(rows)}


def newcomers(person: Account, unit_id: int, now: datetime, day: date, *, also_waiting: bool) -> Sequence[Newcomer]:
    """Who has no way in, each once, in the unit of today or the first to come; in the order of the sheets."""
    above = sa.orm.aliased(Unit)
    rows = (
        sa.select(Account, Unit.id, Unit.name, sa.func.coalesce(above.name, ""))
        .join(Employee, Employee.id == Account.employee_id)
        .join(Assignment, Assignment.employee_id == Employee.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .join(UnitTree, UnitTree.descendant_id == Unit.id)
        .where(UnitTree.ancestor_id == unit_id, _comes_in(person, day), Account.password_hash.is_(None))
        .options(joinedload(Account.employee))
        .order_by(Assignment.starts_on)
    )
    if not also_waiting:
        rows = rows.where(sa.not_(_is_waiting(now)))
    first: dict[int, Newcomer] = {}
    for account, in_unit, name, above_it in db.session.execute(rows):
        first.setdefault(account.id, Newcomer(account, in_unit, name, above_it))
    return sorted(first.values(), key=_by_unit_and_name)


def newcomer(person: Account, employee_id: int, day: date) -> Newcomer | None:
    """One person of a unit in which slips are the reader's to print, whether or not they have been in before."""
    above = sa.orm.aliased(Unit)
    held = units_where(person, Permission.SLIP_PRINT)
    row = db.session.execute(
        sa.select(Account, Unit.id, Unit.name, sa.func.coalesce(above.name, ""))
        .join(Employee, Employee.id == Account.employee_id)
        .join(Assignment, Assignment.employee_id == Employee.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Employee.id == employee_id, _works_on_from(day), Assignment.unit_id.in_(held))
        .options(joinedload(Account.employee))
        .order_by(Assignment.starts_on)
        .limit(1)
    ).first()
    return Newcomer(*row) if row else None


def _works_on_from(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day),
        sa.or_(Employee.ends_on.is_(None), Employee.ends_on > day),
    )


def _by_unit_and_name(one: Newcomer) -> tuple[object, ...]:
    return alphabetical(one.unit), one.unit_id, alphabetical(one.account.display_name), one.account.id


def _comes_in(person: Account, day: date) -> sa.ColumnElement[bool]:
    """Works here today or soon, with an account that is open, where the person may give ways in."""
    return sa.and_(
        _works_on_from(day),
        Account.disabled_at.is_(None),
        Assignment.unit_id.in_(units_where(person, Permission.ENTRY_OPEN)),
    )


def _is_waiting(now: datetime) -> sa.ColumnElement[bool]:
    """A way in is good, or on its way."""
    good = sa.and_(
        WayIn.used_at.is_(None), WayIn.failed_at.is_(None), sa.or_(WayIn.ends_at.is_(None), WayIn.ends_at > now)
    )
    return sa.exists().where(WayIn.account_id == Account.id, good)


def _letter_failed() -> sa.ColumnElement[bool]:
    return sa.exists().where(WayIn.account_id == Account.id, WayIn.failed_at.is_not(None))


def _letter_is_late(now: datetime) -> sa.ColumnElement[bool]:
    """It waits for the mail server, or for a worker."""
    unsent = sa.and_(WayIn.minted_at.is_(None), WayIn.failed_at.is_(None), WayIn.asked_at < now - LATE)
    return sa.exists().where(WayIn.account_id == Account.id, unsent)
