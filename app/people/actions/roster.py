"""Writing many people at once, with where they worked when, their accounts and their roles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.addresses import tell_of_new_addresses
from app.people.days.timeline import Span, Timeline
from app.people.models import Account, AccountSession, Assignment, Employee, Grant


@dataclass(frozen=True)
class Person:
    number: str | None
    email: str | None
    name: str
    language: str | None
    time_zone: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Work:
    unit_id: int
    job: str
    manager: str | None  # key of the line manager


@dataclass(frozen=True)
class PersonChange:
    """One person as they are and as they shall be; `employee_id` and `account_id` are None where there is none yet."""

    key: str
    employee_id: int | None
    account_id: int | None
    before: Person | None
    after: Person
    work_before: Timeline[Work]
    work_after: Timeline[Work]
    roles: tuple[tuple[Role, int], ...] = ()  # to be granted, with the unit
    links: bool = False  # the account was nobody's before
    corrects: bool = False  # what was written down was wrong; else the world has changed


@dataclass(frozen=True)
class Bringing:
    """Who brings people in, and when."""

    actor_id: int | None
    now: datetime
    today: date


def write_people(changes: Sequence[PersonChange], ids: Mapping[str, int], by: Bringing) -> None:
    """`ids` are those of the employees who are here already, by key."""
    ids = dict(ids) | _add(changes)
    _change(changes)
    _write_assignments(changes, ids)
    accounts = _write_accounts(changes, ids, by)
    tell_of_new_addresses(_new_addresses(changes), by.now)
    _grant(changes, accounts, by)
    _end_sessions_of_leavers(changes, by.today)
    deeds = [deed for change in changes for deed in _deeds(change, ids, accounts)]
    audit.record_many(deeds, actor_id=by.actor_id)


def _add(changes: Iterable[PersonChange]) -> dict[str, int]:
    new = [change for change in changes if change.employee_id is None]
    if not new:
        return {}
    insert = sa.insert(Employee).returning(Employee.id, sort_by_parameter_order=True)
    ids = db.session.scalars(insert, [asdict(change.after) for change in new]).all()
    return {change.key: employee_id for change, employee_id in zip(new, ids, strict=True)}


def _change(changes: Iterable[PersonChange]) -> None:
    rows = [
        {"id": change.employee_id, **asdict(change.after)}
        for change in changes
        if change.employee_id is not None and change.before != change.after
    ]
    if rows:
        db.session.execute(sa.update(Employee), rows)


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
                (fresh if known is None else cut if _ends_sooner(span, known) else altered).append(row)
    # In this order nobody is in two units in between, which the database refuses.
    _remove_assignments(changes, ids)
    if cut or altered:
        _update_assignments([*cut, *altered])
    if fresh:
        db.session.execute(sa.insert(Assignment), fresh)


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


def _write_accounts(changes: Sequence[PersonChange], ids: Mapping[str, int], by: Bringing) -> dict[str, int]:
    """Everybody who has not left can be given a way in; nobody is given a password."""
    known = {change.key: change.account_id for change in changes if change.account_id is not None}
    kept = [
        {"id": change.account_id, "employee_id": ids[change.key], "email": change.after.email}
        for change in changes
        if change.account_id is not None and _is_new_tie(change)
    ]
    if kept:
        db.session.execute(sa.update(Account), kept)
    new = [change for change in changes if change.account_id is None and not _left(change, by.today)]
    if not new:
        return known
    insert = sa.insert(Account).returning(Account.id, sort_by_parameter_order=True)
    rows = [
        {
            "email": change.after.email,
            "name": change.after.name,
            "employee_id": ids[change.key],
            "language": change.after.language,
            "time_zone": change.after.time_zone,
            "created_at": by.now,
        }
        for change in new
    ]
    made = db.session.scalars(insert, rows).all()
    return known | {change.key: account_id for change, account_id in zip(new, made, strict=True)}


def _new_addresses(changes: Iterable[PersonChange]) -> list[tuple[int, str | None, str | None]]:
    return [
        (change.account_id, change.before.email, change.after.email)
        for change in changes
        if change.account_id is not None and change.before and change.before.email != change.after.email
    ]


def _is_new_tie(change: PersonChange) -> bool:
    """The account gets its person, or the address by which one signs in is another."""
    return change.links or change.before is None or change.before.email != change.after.email


def _left(change: PersonChange, today: date) -> bool:
    return change.after.ends_on is not None and change.after.ends_on <= today


def _grant(changes: Iterable[PersonChange], accounts: Mapping[str, int], by: Bringing) -> None:
    """Who left before there was an account has none now, and is given no role."""
    rows = [
        {
            "account_id": accounts[change.key],
            "role": role,
            "unit_id": unit_id,
            "starts_on": by.today,
            "granted_at": by.now,
            "granted_by_id": by.actor_id,
            "reason": "",
        }
        for change in changes
        if change.key in accounts
        for role, unit_id in change.roles
    ]
    if rows:
        db.session.execute(sa.insert(Grant), rows)


def _end_sessions_of_leavers(changes: Iterable[PersonChange], today: date) -> None:
    left = [change.account_id for change in changes if change.account_id is not None and _left(change, today)]
    if left:
        db.session.execute(sa.delete(AccountSession).where(AccountSession.account_id.in_(left)))


def _deeds(change: PersonChange, ids: Mapping[str, int], accounts: Mapping[str, int]) -> Iterable[audit.Deed]:
    employee_id = ids[change.key]
    if change.before != change.after:
        action = (
            ("employee.corrected" if change.corrects else "employee.changed") if change.before else "employee.added"
        )
        before = asdict(change.before) if change.before else {}
        yield audit.Deed(action, "employee", employee_id, before, asdict(change.after))
    for start, span in change.work_after.items():
        if (was := change.work_before.get(start)) != span and change.before:
            old = _facts(was.value, was.ends_on, ids) if was else {}
            new = _facts(span.value, span.ends_on, ids) | {"starts_on": start}
            action = "assignment.corrected" if change.corrects else "assignment.changed"
            yield audit.Deed(action, "employee", employee_id, old, new)
    for start in change.work_before.keys() - change.work_after.keys():
        gone = change.work_before[start]
        old = _facts(gone.value, gone.ends_on, ids) | {"starts_on": start}
        yield audit.Deed("assignment.removed", "employee", employee_id, old)
    for role, unit_id in change.roles if change.key in accounts else ():
        yield audit.Deed("role.granted", "account", accounts[change.key], {}, {"role": role.value, "unit_id": unit_id})


def _facts(work: Work, ends_on: date | None, ids: Mapping[str, int]) -> dict[str, Any]:
    manager = ids[work.manager] if work.manager else None
    return {"unit_id": work.unit_id, "job": work.job, "line_manager_id": manager, "ends_on": ends_on}
