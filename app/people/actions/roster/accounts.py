"""Accounts of the people who are written, and their roles."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from app.extensions import db
from app.people.actions.roster.changes import Bringing, PersonChange
from app.people.models import Account, Grant


def write_accounts(changes: Sequence[PersonChange], ids: Mapping[str, int], by: Bringing) -> dict[str, int]:
    """Everybody who has not left can be given a way in; nobody is given a password."""
    known = {change.key: change.account_id for change in changes if change.account_id is not None}
    kept = [
        {"id": change.account_id, "employee_id": ids[change.key], "email": change.after.email}
        for change in changes
        if change.account_id is not None and _is_new_tie(change)
    ]
    if kept:
        db.session.execute(sa.update(Account), kept)
    new = [change for change in changes if change.account_id is None and not change.has_left_by(by.today)]
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


def new_addresses(changes: Iterable[PersonChange]) -> list[tuple[int, str | None, str | None]]:
    return [
        (change.account_id, change.before.email, change.after.email)
        for change in changes
        if change.account_id is not None and change.before and change.before.email != change.after.email
    ]


def _is_new_tie(change: PersonChange) -> bool:
    """The account gets its person, or the address by which one signs in is another."""
    return change.links or change.before is None or change.before.email != change.after.email


def grant_roles(changes: Iterable[PersonChange], accounts: Mapping[str, int], by: Bringing) -> None:
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
