"""The directory: what everybody who is signed in may look up about units and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core.alphabet import alphabetical
from app.extensions import db
from app.people.models import Account, Assignment, Employee, Grant, Unit, UnitTree, UnitVersion
from app.people.queries.places import below

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


def top_units(person: Account, also_id: int | None) -> Sequence[Unit]:
    """The company and what hangs directly under it, to choose from; and the one that was asked for."""
    top = Unit.visible_to(person).outerjoin(UnitTree, sa.and_(UnitTree.descendant_id == Unit.id, UnitTree.depth == 2))
    shown = sa.or_(sa.and_(UnitTree.ancestor_id.is_(None), Unit.is_open), Unit.id == also_id)
    units = db.session.scalars(top.where(shown)).all()
    return sorted(units, key=lambda unit: (unit.parent_id is not None, alphabetical(unit.name)))


def matching_units(person: Account, q: str) -> sa.Select[Unit]:
    units = Unit.visible_to(person).where(Unit.is_open, containing(q, Unit.name, Unit.code))
    return units.options(joinedload(Unit.parent)).order_by(folded(Unit.name), Unit.id)


def tree_of(person: Account, root_id: int, day: date, *, depth: int) -> Branch | None:
    """The open units from this one down, so many levels deep, with head counts."""
    shown = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == root_id, UnitTree.depth <= depth)
    found = Unit.visible_to(person).where(Unit.id.in_(shown), sa.or_(Unit.is_open, Unit.id == root_id))
    units = db.session.scalars(found.order_by(folded(Unit.name), Unit.id)).all()
    people, all_below = headcounts_below(shown, day), _units_below(shown) if depth > 1 else {}
    branches = {unit.id: Branch(unit, people.get(unit.id, 0), all_below.get(unit.id, 0)) for unit in units}
    for branch in branches.values():
        if branch.unit.parent_id in branches and branch.unit.id != root_id:
            branches[branch.unit.parent_id].children.append(branch)
    for branch in branches.values():
        branch.children.sort(key=lambda child: alphabetical(child.unit.name))
        branch.deeper = 0 if branch.children else branch.deeper
    return branches.get(root_id)


def headcounts_below(unit_ids: sa.Select[int], day: date) -> Mapping[int, int]:
    """How many people work that day in each of these units and all below it."""
    counted = (
        sa.select(UnitTree.ancestor_id, sa.func.count(Assignment.employee_id.distinct()))
        .join(Assignment, Assignment.unit_id == UnitTree.descendant_id)
        .where(UnitTree.ancestor_id.in_(unit_ids), Assignment.holding_on(day))
        .group_by(UnitTree.ancestor_id)
    )
    return {unit_id: count for unit_id, count in db.session.execute(counted)}


def _units_below(unit_ids: sa.Select[int]) -> Mapping[int, int]:
    counted = (
        sa.select(UnitTree.ancestor_id, sa.func.count())
        .join(Unit, Unit.id == UnitTree.descendant_id)
        .where(UnitTree.ancestor_id.in_(unit_ids), UnitTree.depth > 0, Unit.is_open)
        .group_by(UnitTree.ancestor_id)
    )
    return {unit_id: count for unit_id, count in db.session.execute(counted)}


def versions_of(unit: Unit) -> Sequence[tuple[UnitVersion, str | None]]:
    """The unit's history, the newest first, each with the name that the unit above has today."""
    above = sa.orm.aliased(Unit)
    rows = (
        sa.select(UnitVersion, above.name)
        .outerjoin(above, above.id == UnitVersion.parent_id)
        .where(UnitVersion.unit_id == unit.id)
    )
    return [(version, name) for version, name in db.session.execute(rows.order_by(UnitVersion.starts_on.desc()))]


def holders_on(unit: Unit, day: date) -> Sequence[Grant]:
    """Who holds which role on the unit: given on it, or on one above it."""
    reaching = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == unit.id)
    held = sa.select(Grant).where(Grant.unit_id.in_(reaching), Grant.holding_on(day))
    named = held.options(joinedload(Grant.account).joinedload(Account.employee), joinedload(Grant.unit))
    return db.session.scalars(named.order_by(Grant.role, Grant.unit_id.desc(), Grant.id)).all()


def working_people(person: Account, day: date, *, q: str = "", unit_id: int | None = None) -> sa.Select[Employee]:
    """Those who work here that day, by name; `assignments` of each holds that day's only, with its unit and manager."""
    people = (
        Employee.visible_to(person)
        .join(Assignment, sa.and_(Assignment.employee_id == Employee.id, Assignment.holding_on(day)))
        .join(Unit, Unit.id == Assignment.unit_id)
        .options(
            contains_eager(Employee.assignments).contains_eager(Assignment.unit),
            contains_eager(Employee.assignments).joinedload(Assignment.line_manager),
        )
        .execution_options(populate_existing=True)
    )
    if q:
        people = people.where(
            containing(q, Employee.name, sa.func.coalesce(Employee.number, ""), Assignment.job, Unit.name)
        )
    if unit_id is not None:
        people = people.where(Assignment.unit_id.in_(below(unit_id)))
    return people.order_by(folded(Employee.name), Employee.id)


def people_directly_in(person: Account, unit: Unit, day: date) -> sa.Select[Employee]:
    return working_people(person, day).where(Assignment.unit_id == unit.id)


def reports_of(person: Account, manager: Employee, day: date) -> sa.Select[Employee]:
    return working_people(person, day).where(Assignment.line_manager_id == manager.id)


def assignments_of(employee: Employee) -> Sequence[Assignment]:
    rows = sa.select(Assignment).where(Assignment.employee_id == employee.id)
    named = rows.options(joinedload(Assignment.unit), joinedload(Assignment.line_manager))
    return db.session.scalars(named.order_by(Assignment.starts_on.desc())).all()


def account_behind(employee: Employee) -> Account | None:
    """With the second factor, which the page of a person offers to remove."""
    behind = sa.select(Account).where(Account.employee_id == employee.id)
    return db.session.scalar(behind.options(joinedload(Account.factor)))
