"""The directory: what everybody who is signed in may look up about units and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.permissions import Role
from app.extensions import db
from app.people.models import (
    TODAY,
    Account,
    Assignment,
    Employee,
    Grant,
    HeadCount,
    Unit,
    UnitKind,
    UnitTree,
    UnitVersion,
)
from app.people.queries.head_counts import counted_below, headcounts_below
from app.people.queries.sieves import UNIT, told_words, unit_with_word, words_of

MOST_LETTERS, MOST_WORDS = 200, 8
Text = sa.ColumnElement[str] | sa.orm.InstrumentedAttribute[str]


@dataclass
class Branch:
    """A unit in the tree that a page shows, with the people in it and below."""

    unit: Unit
    people: int = 0
    deeper: int = 0  # units below that the page does not show
    children: list["Branch"] = field(default_factory=list)


def containing(q: str, *columns: Text) -> sa.ColumnElement[bool]:
    """Each word of the search stands in one of the columns, however its letters are cased."""
    words = q.replace("\0", "")[:MOST_LETTERS].split()[:MOST_WORDS]
    cased = str.casefold if _is_sqlite() else str.lower
    found = [[folded(each).contains(cased(word), autoescape=True) for each in columns] for word in words]
    return sa.and_(sa.true(), *(sa.or_(*options) for options in found))


def folded(column: Text) -> sa.ColumnElement[str]:
    """Capitals and small letters alike, Polish and Russian ones too."""
    return sa.func.casefold(column) if _is_sqlite() else sa.func.lower(column)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


class Choice(NamedTuple):
    """A unit to choose from."""

    id: int
    name: str
    parent_id: int | None


_root = sa.orm.aliased(Unit)
_at_top = sa.or_(Unit.parent_id.is_(None), Unit.parent_id.in_(sa.select(_root.id).where(_root.parent_id.is_(None))))
_TOP = sa.select(Unit.id, Unit.name, Unit.parent_id).where(_at_top, Unit.is_open)
_ASKED_FOR = sa.select(Unit.id, Unit.name, Unit.parent_id).where(Unit.id == UNIT)
_TO_CHOOSE = sa.union(_TOP, _ASKED_FOR)


def top_units(also_id: int | None) -> list[Choice]:
    """The company and what hangs directly under it, to choose from; and the one that was asked for."""
    units = (Choice(*row) for row in db.session.execute(_TO_CHOOSE, {"unit_id": also_id}))
    return sorted(units, key=lambda unit: (unit.parent_id is not None, alphabetical(unit.name)))


def matching_units(person: Account, q: str) -> sa.Select[Unit]:
    """Each word of the search begins a word of the name or the code."""
    words = words_of(q)
    begin = [unit_with_word(place) for place in range(len(words))]
    units = Unit.visible_to(person).where(Unit.is_open, *begin).params(told_words(words))
    return units.options(joinedload(Unit.parent)).order_by(folded(Unit.name), Unit.id)


def tree_of(person: Account, root_id: int, day: date, *, depth: int) -> Branch | None:
    """The open units from this one down, so many levels deep, with head counts."""
    shown = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == root_id, UnitTree.depth <= depth)
    found = Unit.visible_to(person).where(Unit.id.in_(shown), sa.or_(Unit.is_open, Unit.id == root_id))
    units = db.session.scalars(found.order_by(folded(Unit.name), Unit.id)).all()
    people, all_below = headcounts_below(shown, day), _units_below(shown)
    branches = {unit.id: Branch(unit, people.get(unit.id, 0), all_below.get(unit.id, 0)) for unit in units}
    for branch in branches.values():
        if branch.unit.parent_id in branches and branch.unit.id != root_id:
            branches[branch.unit.parent_id].children.append(branch)
    for branch in branches.values():
        branch.children.sort(key=lambda child: alphabetical(child.unit.name))
        branch.deeper = 0 if branch.children else branch.deeper
    return branches.get(root_id)


class Below(NamedTuple):
    """A unit directly below another, with how many people work in it and below it."""

    id: int
    name: str
    kind: UnitKind
    people: int


_BELOW = (
    sa.select(Unit.id, Unit.name, Unit.kind, HeadCount.altogether)
    .outerjoin(HeadCount, sa.and_(HeadCount.unit_id == Unit.id, HeadCount.counted_on == TODAY))
    .where(Unit.parent_id == UNIT, Unit.is_open)
)


def units_below(unit_id: int, day: date) -> list[Below]:
    """The open units directly below, by name."""
    found = [Below(*row) for row in db.session.execute(_BELOW, {"unit_id": unit_id, "today": day})]
    if any(each.people is None for each in found):
        counted = counted_below([each.id for each in found], day)
        found = [each._replace(people=counted.get(each.id, 0)) for each in found]
    return sorted(found, key=lambda unit: alphabetical(unit.name))


def _units_below(unit_ids: sa.Select[int]) -> Mapping[int, int]:
    counted = (
        sa.select(UnitTree.ancestor_id, sa.func.count())
        .join(Unit, Unit.id == UnitTree.descendant_id)
        .where(UnitTree.ancestor_id.in_(unit_ids), UnitTree.depth > 0, Unit.is_open)
        .group_by(UnitTree.ancestor_id)
    )
    return {unit_id: count for unit_id, count in db.session.execute(counted)}


_above = sa.orm.aliased(Unit)
_VERSIONS = (
    sa.select(UnitVersion, _above.name)
    .outerjoin(_above, _above.id == UnitVersion.parent_id)
    .where(UnitVersion.unit_id == UNIT)
    .order_by(UnitVersion.starts_on.desc())
)


def versions_of(unit: Unit) -> Sequence[tuple[UnitVersion, str | None]]:
    """The unit's history, the newest first, each with the name that the unit above has today."""
    return [(version, name) for version, name in db.session.execute(_VERSIONS, {"unit_id": unit.id})]


class Holder(NamedTuple):
    """Somebody who holds a role on a unit."""

    name: str
    employee_id: int | None
    role: Role
    unit_id: int
    unit: str


_REACHING = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == UNIT)
_HOLDERS = (
    sa.select(sa.func.coalesce(Employee.name, Account.name), Employee.id, Grant.role, Unit.id, Unit.name)
    .select_from(Grant)
    .join(Account, Account.id == Grant.account_id)
    .join(Unit, Unit.id == Grant.unit_id)
    .outerjoin(Employee, Employee.id == Account.employee_id)
    .where(Grant.unit_id.in_(_REACHING), Grant.holding_on(TODAY))
    .order_by(Grant.role, Grant.unit_id.desc(), Grant.id)
)


def holders_on(unit: Unit, day: date) -> list[Holder]:
    """Who holds which role on the unit: given on it, or on one above it."""
    return [Holder(*row) for row in db.session.execute(_HOLDERS, {"unit_id": unit.id, "today": day})]


def assignments_of(employee: Employee) -> Sequence[Assignment]:
    rows = sa.select(Assignment).where(Assignment.employee_id == employee.id)
    named = rows.options(joinedload(Assignment.unit), joinedload(Assignment.line_manager))
    return db.session.scalars(named.order_by(Assignment.starts_on.desc())).all()


def account_behind(employee: Employee) -> Account | None:
    """With the second factor, which the page of a person offers to remove."""
    behind = sa.select(Account).where(Account.employee_id == employee.id)
    return db.session.scalar(behind.options(joinedload(Account.factor)))
