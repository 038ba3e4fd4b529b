"""The directory: what everybody who is signed in may look up about units and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.core.database import plainly
from app.core.paging import OFFSET, SIZE, Question, page_of
from app.extensions import db
from app.people.models import (
    Account,
    Assignment,
    Employee,
    Unit,
    UnitTree,
)
from app.people.queries.head_counts import headcounts_below
from app.people.queries.sieves import MOST_LETTERS, MOST_WORDS, UNIT, told_words, unit_with_word, words_of

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
    found = [[folded(each).contains(_cased(word), autoescape=True) for each in columns] for word in words]
    return sa.and_(sa.true(), *(sa.or_(*options) for options in found))


def folded(column: Text) -> sa.ColumnElement[str]:
    """Capitals and small letters alike, Polish and Russian ones too."""
    found: sa.ColumnElement[str] = getattr(sa.func, _folding())(column)
    return found


def reads_as(column: Text, text: str) -> sa.ColumnElement[bool]:
    """The same text, however its letters are cased."""
    return folded(column) == _cased(text)


def _cased(text: str) -> str:
    return text.casefold() if _is_sqlite() else text.lower()


def _folding() -> str:
    return "casefold" if _is_sqlite() else "lower"


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


class Choice(NamedTuple):
    """A unit to choose from."""

    id: int
    name: str
    parent_id: int | None


_root, _CHOICE = sa.orm.aliased(Unit), (Unit.id, Unit.name, Unit.parent_id)
# Three questions, because each has an index of its own: of all three at once PostgreSQL reads every unit.
_COMPANY = sa.select(*_CHOICE).where(Unit.parent_id.is_(None), Unit.is_open)
_BELOW_IT = sa.select(*_CHOICE).join(_root, _root.id == Unit.parent_id).where(_root.parent_id.is_(None), Unit.is_open)
_TO_CHOOSE = sa.union(_COMPANY, _BELOW_IT, sa.select(*_CHOICE).where(Unit.id == UNIT))


def top_units(also_id: int | None) -> list[Choice]:
    """The company and what hangs directly under it, to choose from; and the one that was asked for."""
    units = (Choice(*row) for row in plainly(_TO_CHOOSE, {"unit_id": also_id}))
    return sorted(units, key=lambda unit: (unit.parent_id is not None, _place_of(unit.name)))


_place_of = lru_cache(1024)(alphabetical)  # of units: every page that offers them puts the same names in order


_above = sa.orm.aliased(Unit)


class Matching(NamedTuple):
    """A unit that was found."""

    id: int
    name: str
    code: str
    above: str | None


def matching_units(q: str, size: int) -> Pagination:
    """Each word of the search begins a word of the name or the code. The directory is open to everybody."""
    words = words_of(q)
    found = page_of(_matching(len(words), _folding()), told_words(words), size)
    found.items = [Matching(*row[:4]) for row in found.items]
    return found


@lru_cache(MOST_WORDS + 1)
def _matching(words: int, folding: str) -> Question:
    """Only those on the page need the name of the unit above."""
    wanted = Unit.is_open, *(unit_with_word(place) for place in range(words))
    by_name = getattr(sa.func, folding)(Unit.name).label("by_name")
    units = sa.select(Unit.id, Unit.name, Unit.code, Unit.parent_id, by_name).where(*wanted)
    cut = units.order_by(by_name, Unit.id).limit(SIZE).offset(OFFSET).subquery()
    named = sa.select(cut.c.id, cut.c.name, cut.c.code, _above.name).outerjoin(_above, _above.id == cut.c.parent_id)
    return Question(
        named.order_by(cut.c.by_name, cut.c.id), sa.select(sa.func.count()).select_from(Unit).where(*wanted)
    )


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


def _units_below(unit_ids: sa.Select[int]) -> Mapping[int, int]:
    counted = (
        sa.select(UnitTree.ancestor_id, sa.func.count())
        .join(Unit, Unit.id == UnitTree.descendant_id)
        .where(UnitTree.ancestor_id.in_(unit_ids), UnitTree.depth > 0, Unit.is_open)
        .group_by(UnitTree.ancestor_id)
    )
    return {unit_id: count for unit_id, count in db.session.execute(counted)}


def assignments_of(employee: Employee) -> Sequence[Assignment]:
    rows = sa.select(Assignment).where(Assignment.employee_id == employee.id)
    named = rows.options(joinedload(Assignment.unit), joinedload(Assignment.line_manager))
    return db.session.scalars(named.order_by(Assignment.starts_on.desc())).all()


def account_behind(employee: Employee) -> Account | None:
    """With the second factor, which the page of a person offers to remove."""
    behind = sa.select(Account).where(Account.employee_id == employee.id)
    return db.session.scalar(behind.options(joinedload(Account.factor)))
