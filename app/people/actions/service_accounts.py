"""Accounts of programs: no person, no password; they hold roles like anybody, and come in by tokens."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.company_time import day_of
from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.extensions import db
from app.people.actions.outranking import outranks
from app.people.actions.tokens import Wish, make_token, revoke_tokens
from app.people.models import Account, ApiToken
from app.people.queries.tokens import service_account_called


def make_service_account(name: str, *, now: datetime, actor_id: int | None) -> Account:
    """Without a role at first: roles are given to it on the page on which all roles are given."""
    one_at_a_time()  # of two who make the same at the same moment, the second sees the first
    if service_account_called(name) is not None:
        raise Refused(_l("There is a service account of this name already. Nothing was changed; choose another name."))
    account = Account(name=name.strip(), is_service=True, created_at=now)
    db.session.add(account)
    db.session.flush()
    audit.record("account.created", "account", account.id, actor_id=actor_id, after={"service": account.name})
    return account


def make_service_token(account: Account, wish: Wish, *, actor: Account, now: datetime) -> tuple[ApiToken, str]:
    """Whoever is shown the token holds what it opens: so nobody makes one who does not hold all that themselves."""
    if not outranks(actor, account.id, day_of(now)):
        raise Refused(_l("This service account may do more than you, so you cannot make a token of it. None was made."))
    return make_token(account, wish, now=now, actor_id=actor.id)


def close_service_account(account: Account, *, now: datetime, actor_id: int | None) -> int:
    """It and all its tokens open nothing any more. Returns how many tokens were in force."""
    if account.disabled_at is None:
        account.disabled_at = now
        after = {"service": account.name}
        audit.record("service_account.closed", "account", account.id, actor_id=actor_id, after=after)
    return revoke_tokens(account, now=now, actor_id=actor_id)
