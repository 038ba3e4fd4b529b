"""What a search asks of somebody who works here today: that a word begins like this, that they work below that unit.

Each has two forms: `ids` gathers those who fit, `test` looks at one. With `ids` of the rarest and `test` of the others
a search touches few rows, whatever was typed. The values are filled in when it is asked: `unit_id`, `from0`, `to0` …
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.alphabet import LAST_LETTER, LONGEST_WORD, plain
from app.people.models import TODAY, Assignment, EmployeeWord, JobWord, Unit, UnitTree, UnitWord

MOST_LETTERS, MOST_WORDS = 200, 8
UNIT: sa.BindParameter[int] = sa.bindparam("unit_id", type_=sa.Integer())


class Sieve(NamedTuple):
    ids: sa.Select[Any]
    test: Callable[[Any], sa.ColumnElement[bool]]  # of the columns of somebody's work today


def words_of(q: str) -> list[str]:
    """As they are looked for; more of them than anybody types are left out."""
    words = plain(q.replace("\0", "")[:MOST_LETTERS]).split()[:MOST_WORDS]
    return [word[:LONGEST_WORD] for word in words]


def told_words(words: list[str]) -> dict[str, str]:
    ends = {f"to{place}": word + LAST_LETTER for place, word in enumerate(words)}
    return ends | {f"from{place}": word for place, word in enumerate(words)}


def _begins(column: Any, place: int) -> sa.ColumnElement[bool]:
    """A word from this one on and before the last that begins like it: both databases find them in the index."""
    first, last = sa.bindparam(f"from{place}", type_=column.type), sa.bindparam(f"to{place}", type_=column.type)
    return sa.and_(column >= first, column < last)


def _today() -> sa.ColumnElement[bool]:
    return Assignment.holding_on(TODAY)


@lru_cache(MOST_WORDS)
def with_word(place: int) -> Sieve:
    """In the name or number of the person, the job, or the name or code of the unit."""
    by_name = sa.select(EmployeeWord.employee_id).where(_begins(EmployeeWord.word, place))
    units = sa.join(UnitWord, Assignment, Assignment.unit_id == UnitWord.unit_id)
    jobs = sa.join(JobWord, Assignment, Assignment.job == JobWord.job)
    by_unit = sa.select(Assignment.employee_id).select_from(units).where(_begins(UnitWord.word, place), _today())
    by_job = sa.select(Assignment.employee_id).select_from(jobs).where(_begins(JobWord.word, place), _today())
    ids = sa.select(sa.union_all(by_name, by_unit, by_job).subquery().c.employee_id)
    return Sieve(ids, lambda work: _has_word(place, work))


def _has_word(place: int, work: Any) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.exists().where(EmployeeWord.employee_id == work.employee_id, _begins(EmployeeWord.word, place)),
        sa.exists().where(UnitWord.unit_id == work.unit_id, _begins(UnitWord.word, place)),
        sa.exists().where(JobWord.job == work.job, _begins(JobWord.word, place)),
    )


@lru_cache(2)
def below_unit(*, listed: bool) -> Sieve:
    """In the unit or below it, today. `listed`: its units are put into a list once, for many people to look into."""
    joined = sa.join(UnitTree, Assignment, Assignment.unit_id == UnitTree.descendant_id)
    ids = sa.select(Assignment.employee_id).select_from(joined).where(UnitTree.ancestor_id == UNIT, _today())
    if listed:
        units = sa.select(UnitTree.descendant_id).where(UnitTree.ancestor_id == UNIT)
        # As something that is true or not, and not as one more condition: that PostgreSQL would make a join of.
        return Sieve(ids, lambda work: work.unit_id.in_(units).is_(sa.true()))
    return Sieve(
        ids, lambda work: sa.exists().where(UnitTree.ancestor_id == UNIT, UnitTree.descendant_id == work.unit_id)
    )


def among(employee_id: Any, sieves: Sequence[Sieve], *, is_sqlite: bool) -> list[sa.ColumnElement[bool]]:
    """PostgreSQL gets one array: it takes that for short and looks each up, where of a question it expects thousands
    and reads everybody.
    """
    gathered = [_ids(sieve) for sieve in sieves]
    if is_sqlite:
        return [employee_id.in_(ids) for ids in gathered]
    all_of_them = sa.intersect(*gathered) if len(gathered) > 1 else gathered[0]
    array = sa.func.array(all_of_them.scalar_subquery(), type_=sa.ARRAY(sa.Integer))
    return [employee_id == sa.any_(array)]


def among_few(employee_id: Any, sieve: Sieve, most: int, *, is_sqlite: bool) -> list[sa.ColumnElement[bool]]:
    """Nobody, where they are more. PostgreSQL counts the array, which it has made already."""
    some = _ids(sieve).limit(written(most + 1))
    if is_sqlite:
        count = sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()
        return [employee_id.in_(_ids(sieve)), count <= most]
    wanted = sa.select(sa.func.array(some.scalar_subquery()).label("ids")).cte("wanted")
    them = sa.cast(sa.select(wanted.c.ids).scalar_subquery(), sa.ARRAY(sa.Integer))
    return [employee_id == sa.any_(them), sa.func.cardinality(them) <= most]


def written(number: int) -> sa.BindParameter[int]:
    """Into the question: told only how many at most, PostgreSQL plans for a tenth of all people."""
    return sa.literal(number, sa.Integer(), literal_execute=True)


def _ids(sieve: Sieve) -> sa.Select[int]:
    return sa.select(sieve.ids.subquery().c.employee_id)


def unit_with_word(place: int) -> sa.ColumnElement[bool]:
    """Of units: in the name or the code."""
    return Unit.id.in_(sa.select(UnitWord.unit_id).where(_begins(UnitWord.word, place)))
