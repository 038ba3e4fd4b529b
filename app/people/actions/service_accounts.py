"""Accounts of programs: no person, no password; they hold roles like anybody, and come in by tokens."""

from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.company_time import day_of
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.granting import may_grant
from app.people.actions.tokens import revoke_tokens
from app.people.models import Account, Grant, Unit
from app.people.queries.tokens import service_account_called


class Held(NamedTuple):
    """The role that the program holds from today on, on which unit and all below."""

    role: Role
    unit: Unit


def make_service_account(name: str, held: Held | None, *, actor: Account | None, now: datetime) -> Account:
    """Nobody gives a program more than they hold themselves (security.md B2)."""
    if service_account_called(name) is not None:
        raise Refused(_l("There is a service account of this name already. Nothing was changed; choose another name."))
    if held and not may_grant(actor, held.role, held.unit.id, None, day_of(now)):
        raise Refused(_l("You do not hold this role's rights on that unit, so you cannot give them. Nothing was made."))
    account = Account(name=name.strip(), is_service=True, created_at=now)
    db.session.add(account)
    db.session.flush()
    actor_id = actor.id if actor else None
    audit.record("account.created", "account", account.id, actor_id=actor_id, after={"service": account.name})
    if held:
        _grant(account, held, now, actor_id)
    return account


def _grant(account: Account, held: Held, now: datetime, actor_id: int | None) -> None:
    grant = Grant(
        account=account,
        role=held.role,
        unit=held.unit,
        starts_on=day_of(now),
        granted_at=now,
        granted_by_id=actor_id,
    )
    db.session.add(grant)
    db.session.flush()
    after = {"role": held.role.value, "unit": held.unit.code}
    audit.record("role.granted", "account", account.id, actor_id=actor_id, after=after)


def close_service_account(account: Account, *, now: datetime, actor_id: int | None) -> int:
    """It and all its tokens open nothing any more. Returns how many tokens were in force."""
    account.disabled_at = account.disabled_at or now
    audit.record("service_account.closed", "account", account.id, actor_id=actor_id, after={"service": account.name})
    return revoke_tokens(account, now=now, actor_id=actor_id)
