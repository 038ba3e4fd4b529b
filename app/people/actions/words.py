"""Writing down by which words somebody or something is found, wherever a name is written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.core.alphabet import words_in
from app.core.database import some_of
from app.extensions import db
from app.people.models import Assignment, Employee, EmployeeWord, JobWord, Unit, UnitWord


def know_people(texts: Mapping[int, tuple[str, str | None]]) -> None:
    """By name and number, each person's; what they were found by before is forgotten."""
    _rewrite(EmployeeWord, "employee_id", texts)


def sort_work_of(employee_ids: Collection[int]) -> None:
    """Where they work and worked is listed by the name that they have now."""
    theirs = sa.select(Employee.sort_name).where(Employee.id == Assignment.employee_id).scalar_subquery()
    for some in some_of(employee_ids):
        these = Assignment.employee_id.in_(some), Assignment.sort_name != theirs
        sorted_anew = sa.update(Assignment).where(*these).values(sort_name=theirs)
        db.session.execute(sorted_anew.execution_options(synchronize_session=False))


def know_units() -> None:
    """All of them, by today's names; only what differs is written."""
    known: dict[int, set[str]] = {}
    for unit_id, word in db.session.execute(sa.select(UnitWord.unit_id, UnitWord.word)):
        known.setdefault(unit_id, set()).add(word)
    units = {row.id: (row.name, row.code) for row in db.session.execute(sa.select(Unit.id, Unit.name, Unit.code))}
    changed = {unit_id: texts for unit_id, texts in units.items() if words_in(*texts) != known.get(unit_id)}
    _rewrite(UnitWord, "unit_id", changed)


def know_jobs(jobs: Iterable[str]) -> None:
    """Jobs are only added: nobody is found by one that nobody has."""
    rows = [{"word": word, "job": job} for job in sorted(set(jobs)) for word in sorted(words_in(job))]
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(JobWord.__table__).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]


def _rewrite(model: Any, key: str, texts: Mapping[int, tuple[str | None, ...]]) -> None:
    table, ids = model.__table__, sorted(texts)
    for some in some_of(ids):
        db.session.execute(sa.delete(table).where(table.c[key].in_(some)))
    rows = [{key: row_id, "word": word} for row_id in ids for word in sorted(words_in(*texts[row_id]))]
    if rows:
        db.session.execute(sa.insert(table), rows)
