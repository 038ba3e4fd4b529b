"""Lists of people who work here today: by name, a page at a time, however many there are.

A page begins after a person, not after a number of people: the last one costs what the first does. Who is looked for is
first counted, to a bound. Few are gathered and put in order; of many the order of names is walked until a page is full.
Of one word both is asked at once, in a unit or anywhere: it mostly is a name that few bear. The questions are put
together once: that costs more than to ask them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.database import plainly
from app.extensions import db
from app.people.models import TODAY, Assignment, Employee, HeadCount, Unit
from app.people.queries.sieves import (
    UNIT,
    Sieve,
    among,
    among_few,
    below_unit,
    told_words,
    with_word,
    words_of,
    written,
)

MOST_COUNTED, MOST_GATHERED = 1000, 5000
# Written into the question: told only how many at most, PostgreSQL plans for a tenth of all people.
_SIZE: sa.BindParameter[int] = sa.bindparam("size", type_=sa.Integer(), literal_execute=True)


class Listed(NamedTuple):
    """Somebody who works here today."""

    id: int
    name: str
    job: str
    unit_id: int
    unit: str
    manager_id: int | None
    manager: str | None


class Asked(NamedTuple):
    """What a page of the list is about, and behind or before whom it begins."""

    day: date
    size: int
    q: str = ""
    unit_id: int | None = None
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """A page of those who were found."""

    people: Sequence[Listed]
    count: int | None  # None: too many to count
    after: int | None = None  # the last here, where more come behind
    before: int | None = None  # the first here, where some stand before


def found_people(asked: Asked) -> Found:
    words = words_of(asked.q)
    told = {"today": asked.day, "unit_id": asked.unit_id, "size": asked.size + 1, **told_words(words)}
    shape = _Shape(len(words), asked.unit_id is not None)
    where, place = _place(asked)
    word = int(shape.unit)  # its place among the sieves
    gathered: tuple[int, ...] = (word,) if shape.has_one_word else ()
    rows = _rows(shape._replace(listed=shape.unit), gathered, where, told | place) if gathered else []
    if not rows:  # nobody, or too many to gather
        gathered, shape = _gathered_by(shape, told)
        if not (shape.has_one_word and word in gathered):
            rows = _rows(shape, gathered, where, told | place)
    count = _count_all(told) if not shape.sieves else None
    if gathered:
        count = rows[0].total if rows else 0
    return _found(asked, where, [Listed(*row[:7]) for row in rows], count)


def _rows(shape: "_Shape", gathered: tuple[int, ...], where: str, told: dict[str, Any]) -> Sequence[Any]:
    return plainly(_page(shape, gathered, where, is_sqlite=_is_sqlite()), told).all()


class _Shape(NamedTuple):
    """How many words, whether a unit and how it is asked for: all that a question is put together from."""

    words: int
    unit: bool
    listed: bool = False

    @property
    def has_one_word(self) -> bool:
        return self.words == 1

    @property
    def most_gathered(self) -> int:
        """Of two that let many through each, both together may let few: that is found out by gathering."""
        return MOST_GATHERED if len(self.sieves) > 1 else MOST_COUNTED

    @property
    def sieves(self) -> list[Sieve]:
        return [
            *([below_unit(listed=self.listed)] if self.unit else []),
            *(with_word(place) for place in range(self.words)),
        ]


def _gathered_by(shape: _Shape, told: dict[str, Any]) -> tuple[tuple[int, ...], _Shape]:
    """The sieve that lets the fewest through, and words that let through little more; none where they are too many."""
    if not shape.sieves:
        return (), shape
    counts = list(plainly(_counts(shape), told).one())
    bound, fewest = shape.most_gathered, min(counts)
    # Ten people share a unit: a list of the units is made sooner than each of the people is asked for theirs.
    shape = shape._replace(listed=shape.unit and counts[0] <= min(MOST_GATHERED, 10 * fewest))
    if fewest > bound:
        return (), shape
    rarest, words = counts.index(fewest), range(shape.unit, len(counts))
    # To gather twenty costs what it does to look at one.
    return (rarest, *(place for place in words if place != rarest and counts[place] <= min(bound, 20 * fewest))), shape


@lru_cache(32)
def _counts(shape: _Shape) -> sa.Select[Any]:
    enough = written(1 + shape.most_gathered)
    counts: list[Any] = [_count(sieve, enough) for sieve in shape.sieves]
    if shape.unit:  # dear to count, and mostly kept; else, once they are more than have the word, it ends
        kept = sa.select(HeadCount.altogether).where(HeadCount.unit_id == UNIT, HeadCount.counted_on == TODAY)
        most = counts[1] + 1 if shape.words else enough
        counts[0] = sa.func.coalesce(kept.scalar_subquery(), _count(shape.sieves[0], most))
    return sa.select(*counts)


def _count(sieve: Sieve, bound: Any) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(sieve.ids.limit(bound).subquery()).scalar_subquery()


# Where more are kept of one unit than are counted, they need not be counted.
_of_one = sa.select(sa.func.max(HeadCount.altogether)).join(Unit, Unit.id == HeadCount.unit_id)
_KEPT = _of_one.where(Unit.parent_id.is_(None), HeadCount.counted_on == TODAY).scalar_subquery()
_counted = sa.select(Assignment.id).where(Assignment.holding_on(TODAY)).limit(written(MOST_COUNTED + 1)).subquery()
_COUNTED = sa.select(sa.func.count()).select_from(_counted).scalar_subquery()
_ALL = sa.select(sa.case((_KEPT > MOST_COUNTED, MOST_COUNTED + 1), else_=_COUNTED))


def _count_all(told: dict[str, Any]) -> int | None:
    count: int = plainly(_ALL, told).scalar_one()
    return count if count <= MOST_COUNTED else None


def _place(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Behind or before whom; the beginning where nobody is named, or nobody of that number is there."""
    named = asked.after or asked.before
    sort_name = db.session.scalar(_SORT_NAME, {"named": named}) if named else None
    if sort_name is None:
        return "", {}
    return "after" if asked.after else "before", {"named": named, "sort_name": sort_name}


_SORT_NAME = sa.select(Employee.sort_name).where(Employee.id == sa.bindparam("named"))


# Where they work today says by itself in which order they stand.
_LISTED = (Assignment.employee_id.label("id"), Assignment.sort_name, Assignment.starts_on.label("since"))
_UNCOUNTED = sa.literal(0).label("total")


@lru_cache(256)
def _page(shape: _Shape, gathered: tuple[int, ...], where: str, *, is_sqlite: bool) -> sa.Select[Any]:
    """`gathered`: by these sieves; none: walk along the names."""
    sieves = shape.sieves
    through: Any = sa.select(*_LISTED, *(() if gathered else (_UNCOUNTED,))).where(Assignment.holding_on(TODAY))
    through = through.where(*(sieve.test(Assignment) for place, sieve in enumerate(sieves) if place not in gathered))
    if gathered:
        those = [sieves[place] for place in gathered]
        if shape.has_one_word and gathered == (shape.unit,):
            through = through.where(
                *among_few(Assignment.employee_id, those[0], shape.most_gathered, is_sqlite=is_sqlite)
            )
        else:
            through = through.where(*among(Assignment.employee_id, those, is_sqlite=is_sqlite))
        through = _with_total(through)
    return _named(_cut(through, where), descending=where == "before")


def _with_total(rows: sa.Select[Any]) -> sa.Select[Any]:
    """All are counted before the page is cut out."""
    found = rows.cte("found")
    total = sa.select(sa.func.count()).select_from(found).scalar_subquery()
    return sa.select(found, total.label("total"))


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _cut(rows: sa.Select[Any], where: str) -> sa.Select[Any]:
    columns = rows.selected_columns
    name, row_id = columns.sort_name, columns.id
    if where:
        named = sa.tuple_(sa.bindparam("sort_name", type_=name.type), sa.bindparam("named", type_=sa.Integer()))
        here = sa.tuple_(name, row_id)
        rows = rows.where(here > named if where == "after" else here < named)
    order = (name.desc(), row_id.desc()) if where == "before" else (name, row_id)
    return rows.order_by(*order).limit(_SIZE)


def _named(page: sa.Select[Any], *, descending: bool = False) -> sa.Select[Any]:
    """With name, job, unit and manager, which only those on the page need."""
    cut, manager = page.subquery(), aliased(Employee)
    columns = (cut.c.id, Employee.name, Assignment.job, Unit.id, Unit.name, manager.id, manager.name, cut.c.total)
    order = (cut.c.sort_name.desc(), cut.c.id.desc()) if descending else (cut.c.sort_name, cut.c.id)
    theirs = sa.and_(Assignment.employee_id == cut.c.id, Assignment.starts_on == cut.c.since)
    joined = sa.join(cut, Assignment, theirs).join(Unit, Unit.id == Assignment.unit_id)
    joined = joined.join(Employee, Employee.id == cut.c.id).outerjoin(manager, manager.id == Assignment.line_manager_id)
    return sa.select(*columns).select_from(joined).order_by(*order)


def _found(asked: Asked, where: str, people: list[Listed], count: int | None) -> Found:
    """One more than fits was asked for, to know whether there is any."""
    shown, is_more = people[: asked.size], len(people) > asked.size
    if where == "before":
        shown = shown[::-1]
    behind, before = (is_more or where == "before"), (is_more if where == "before" else where == "after")
    ends = (shown[-1].id if behind else None, shown[0].id if before else None) if shown else (None, None)
    return Found(shown, count, *ends)


@lru_cache(2)
def _directly(column: str) -> sa.Select[Any]:
    theirs = getattr(Assignment, column) == sa.bindparam("whose", type_=sa.Integer())
    rows: Any = sa.select(*_LISTED, _UNCOUNTED).where(theirs, Assignment.holding_on(TODAY))
    return _named(_cut(rows, ""))


def people_directly_in(unit_id: int, day: date, most: int) -> list[Listed]:
    return _few("unit_id", unit_id, day, most)


def reports_of(manager_id: int, day: date, most: int) -> list[Listed]:
    return _few("line_manager_id", manager_id, day, most)


def _few(column: str, whose: int, day: date, most: int) -> list[Listed]:
    rows = plainly(_directly(column), {"whose": whose, "today": day, "size": most})
    return [Listed(*row[:7]) for row in rows]
