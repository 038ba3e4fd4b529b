"""Writing the people of the roster and where they worked when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.extensions import db
from app.people.actions.addresses import tell_of_new_addresses
from app.people.actions.head_counts import recount
from app.people.actions.roster.accounts import grant_roles, new_addresses, write_accounts
from app.people.actions.roster.changes import Bringing, Person, PersonChange, Work
from app.people.actions.roster.deeds import deeds_of
from app.people.actions.words import know_jobs, know_people, sort_work_of
from app.people.days.timeline import Span, Timeline
from app.people.models import Assignment, Employee, sort_name_of


def write_people(changes: Sequence[PersonChange], ids: Mapping[str, int], by: Bringing) -> dict[str, int]:
    """`ids` are those of the employees who are here already, by key; returned with those of the new ones.

    What follows from a last day that has come is `settle_last_days`'s, which the caller asks for afterwards.
    """
    ids = dict(ids) | _add(changes)
    _change(changes)
    _write_assignments(changes, ids)
    recount(_units_of(changes), by.today)
    accounts = write_accounts(changes, ids, by)
    tell_of_new_addresses(new_addresses(changes), by.now)
    grant_roles(changes, accounts, by)
    deeds = [deed for change in changes for deed in deeds_of(change, ids, accounts)]
    audit.record_many(deeds, actor_id=by.actor_id)
    return ids


def _add(changes: Iterable[PersonChange]) -> dict[str, int]:
    new = [change for change in changes if change.employee_id is None]
    if not new:
        return {}
    insert = sa.insert(Employee).returning(Employee.id, sort_by_parameter_order=True)
    ids = db.session.scalars(insert, [_columns(change.after) for change in new]).all()
    know_people({row: (change.after.name, change.after.number) for row, change in zip(ids, new, strict=True)})
    return {change.key: employee_id for change, employee_id in zip(new, ids, strict=True)}


def _columns(person: Person) -> dict[str, Any]:
    return {**asdict(person), "sort_name": sort_name_of(person.name)}


def _change(changes: Iterable[PersonChange]) -> None:
    after = {
        change.employee_id: change.after
        for change in changes
        if change.employee_id is not None and change.before != change.after
    }
    if after:
        db.session.execute(sa.update(Employee), [{"id": row, **_columns(person)} for row, person in after.items()])
        know_people({row: (person.name, person.number) for row, person in after.items()})
        sort_work_of(after)


def _units_of(changes: Iterable[PersonChange]) -> set[int]:
    """Where people worked and will: those of whom something changes."""
    works = (work for each in changes if each.work_before != each.work_after for work in _both(each))
    return {span.value.unit_id for work in works for span in work.values()}


def _both(change: PersonChange) -> tuple[Timeline[Work], Timeline[Work]]:
    return change.work_before, change.work_after


def _write_assignments(changes: Sequence[PersonChange], ids: Mapping[str, int]) -> None:
    fresh: list[dict[str, Any]] = []
    cut: list[dict[str, Any]] = []
    altered: list[dict[str, Any]] = []
    for change in changes:
        for start, span in change.work_after.items():
            known = change.work_before.get(start)
            if known != span:
                manager = ids[span.value.manager] if span.value.manager else None
                values = {"unit_id": span.value.unit_id, "job": span.value.job, "line_manager_id": manager}
                row = values | {"employee_id": ids[change.key], "starts_on": start, "ends_on": span.ends_on}
                row["sort_name"] = sort_name_of(change.after.name)
                (fresh if known is None else cut if _ends_sooner(span, known) else altered).append(row)
    # In this order nobody is in two units in between, which the database refuses.
    _remove_assignments(changes, ids)
    if cut or altered:
        _update_assignments([*cut, *altered])
    if fresh:
        db.session.execute(sa.insert(Assignment), fresh)
    know_jobs(row["job"] for row in (*fresh, *altered, *cut))


def _ends_sooner(span: Span[Work], known: Span[Work]) -> bool:
    return span.ends_on is not None and (known.ends_on is None or span.ends_on < known.ends_on)


def _remove_assignments(changes: Iterable[PersonChange], ids: Mapping[str, int]) -> None:
    """Only what was withdrawn or corrected: an import adds and cuts."""
    for change in changes:
        if gone := change.work_before.keys() - change.work_after.keys():
            theirs = sa.delete(Assignment).where(Assignment.employee_id == ids[change.key])
            db.session.execute(theirs.where(Assignment.starts_on.in_(gone)))


def _update_assignments(rows: Iterable[dict[str, Any]]) -> None:
    """By person and first day, which name an assignment for good."""
    table = Assignment.__table__
    where = sa.and_(table.c.employee_id == sa.bindparam("of_person"), table.c.starts_on == sa.bindparam("of_day"))
    keyed = [{"of_person": row.pop("employee_id"), "of_day": row.pop("starts_on"), **row} for row in map(dict, rows)]
    db.session.connection().execute(sa.update(Assignment).where(where), keyed)
