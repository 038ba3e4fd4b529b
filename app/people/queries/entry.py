"""Getting people in: who of a unit has a way in, and who has none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Assignment, Employee, Unit, UnitTree, WayIn, units_where
from app.people.queries.directory import folded
from app.people.queries.sieves import told_words, unit_with_word, words_of

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


GROUPS = [field.name for field in fields(EntryCounts)]


class Newcomer(NamedTuple):
    account: Account
    unit_id: int
    unit: str
    above: str


def units_of_entry(person: Account, unit: Unit, q: str) -> sa.Select[Unit]:
    """Open units directly below; with a search, all below of which each word begins a word of the name or the code."""
    units = Unit.visible_to(person, Permission.ENTRY_OPEN).where(Unit.is_open)
    words = words_of(q)
    if not words:
        return units.where(Unit.parent_id == unit.id).order_by(folded(Unit.name), Unit.id)
    below = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == unit.id, UnitTree.depth > 0)
    found = units.where(Unit.id.in_(below), *(unit_with_word(place) for place in range(len(words))))
    return found.order_by(folded(Unit.name), Unit.id).params(**told_words(words))


def entry_counts(person: Account, unit_ids: Sequence[int], now: datetime, day: date) -> Mapping[int, EntryCounts]:
    """By unit, with all below it, as far as the person may give ways in.

    Nearly everybody works in one unit: these are counted there, and the counts are added up the tree. Who is to work in
    two, one after the other, counts once in what lies above both.
    """
    people = _people_within(person, unit_ids, day)
    in_one = sa.select(people.c.first.label("unit_id"), *_sums(people.c, now)).where(people.c.first == people.c.last)
    by_unit = in_one.group_by(people.c.first).subquery()
    sums = [sa.func.sum(by_unit.c[name]) for name in GROUPS]
    added = sa.select(UnitTree.ancestor_id, *sums).join(by_unit, by_unit.c.unit_id == UnitTree.descendant_id)
    several = _in_several(people, day)
    found: sa.CompoundSelect[*tuple[Any, ...]] = sa.union_all(
        added.where(UnitTree.ancestor_id.in_(unit_ids)).group_by(UnitTree.ancestor_id),
        sa.select(several.c.ancestor_id, *_sums(several.c, now))
        .where(several.c.ancestor_id.in_(unit_ids))
        .group_by(several.c.ancestor_id),
    )
    counts: dict[int, EntryCounts] = {}
    for unit_id, *numbers in db.session.execute(found):
        known = astuple(counts.get(unit_id, EntryCounts()))
        added_up = (sum(pair) for pair in zip(known, numbers, strict=True))
        counts[unit_id] = EntryCounts(*map(int, added_up))  # PostgreSQL adds whole numbers up to decimal ones
    return counts


def _people_within(person: Account, unit_ids: Sequence[int], day: date) -> sa.CTE:
    within = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id.in_(unit_ids))
    return (
        sa.select(
            Account.id,
            Account.employee_id,
            Account.password_hash.is_not(None).label("inside"),
            Account.email.is_not(None).label("addressed"),
            sa.func.min(Assignment.unit_id).label("first"),
            sa.func.max(Assignment.unit_id).label("last"),
        )
        .join(Employee, Employee.id == Account.employee_id)
        .join(Assignment, Assignment.employee_id == Employee.id)
        .where(Assignment.unit_id.in_(within), _comes_in(person, day))
        .group_by(Account.id)
        .cte("people")
    )


def _in_several(people: sa.CTE, day: date) -> sa.Subquery:
    still = sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day)
    return (
        sa.select(UnitTree.ancestor_id, people.c.id, people.c.inside, people.c.addressed)
        .select_from(people)
        .join(Assignment, Assignment.employee_id == people.c.employee_id)
        .join(UnitTree, UnitTree.descendant_id == Assignment.unit_id)
        .where(people.c.first != people.c.last, still)
        .distinct()
        .subquery()
    )


def _sums(one: Any, now: datetime) -> list[sa.ColumnElement[int]]:
    groups = zip(GROUPS, _groups(one, now), strict=True)
    return [sa.func.sum(sa.case((group, 1), else_=0)).label(name) for name, group in groups]


def _groups(one: Any, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """As `EntryCounts` has them. Whoever is inside is asked nothing more: nearly everybody is."""
    outside, waiting = sa.not_(one.inside), _is_waiting(now, one.id)
    lost = sa.and_(outside, sa.not_(waiting))
    return (
        sa.true(),
        one.inside,
        sa.and_(outside, waiting),
        sa.and_(lost, one.addressed),
        sa.and_(lost, sa.not_(one.addressed)),
        sa.and_(lost, one.addressed, _letter_failed(one.id)),
        sa.and_(outside, _letter_is_late(now, one.id)),
    )


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
    """One person of a unit in which slips are the reader's to print, whether or not they have been in before.

    Whoever is to come from another unit is that unit's until then: a slip opens the account of today.
    """
    above = sa.orm.aliased(Unit)
    held = units_where(person, Permission.SLIP_PRINT)
    row = db.session.execute(
        sa.select(Account, Unit.id, Unit.name, sa.func.coalesce(above.name, ""))
        .join(Employee, Employee.id == Account.employee_id)
        .join(Assignment, Assignment.employee_id == Employee.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Employee.id == employee_id, _works_on_from(day), _is_nowhere_before(day))
        .where(Assignment.unit_id.in_(held))
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


def _is_nowhere_before(day: date) -> sa.ColumnElement[bool]:
    now = sa.orm.aliased(Assignment)
    elsewhere = sa.exists().where(now.employee_id == Assignment.employee_id, now.holding_on(day))
    return sa.or_(Assignment.starts_on <= day, ~elsewhere)


def _by_unit_and_name(one: Newcomer) -> tuple[object, ...]:
    return alphabetical(one.unit), one.unit_id, alphabetical(one.account.display_name), one.account.id


def _comes_in(person: Account, day: date) -> sa.ColumnElement[bool]:
    """Works here today, or soon and nowhere before, with an account that is open, where the person may give ways in."""
    return sa.and_(
        _works_on_from(day),
        _is_nowhere_before(day),
        Account.disabled_at.is_(None),
        Assignment.unit_id.in_(units_where(person, Permission.ENTRY_OPEN)),
    )


def _is_waiting(now: datetime, account_id: Any = Account.id) -> sa.ColumnElement[bool]:
    """A way in is good, or on its way."""
    good = sa.and_(
        WayIn.used_at.is_(None), WayIn.failed_at.is_(None), sa.or_(WayIn.ends_at.is_(None), WayIn.ends_at > now)
    )
    return sa.exists().where(WayIn.account_id == account_id, good)


def _letter_failed(account_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(WayIn.account_id == account_id, WayIn.failed_at.is_not(None))


def _letter_is_late(now: datetime, account_id: Any) -> sa.ColumnElement[bool]:
    """It waits for the mail server, or for a worker."""
    unsent = sa.and_(WayIn.minted_at.is_(None), WayIn.failed_at.is_(None), WayIn.asked_at < now - LATE)
    return sa.exists().where(WayIn.account_id == account_id, unsent)
