"""Tokens of the API, and the accounts of programs."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, ApiToken


def token_with_owner(token_id: int) -> ApiToken:
    known = sa.select(ApiToken).where(ApiToken.id == token_id)
    return db.session.scalars(known.options(joinedload(ApiToken.account).joinedload(Account.employee))).one()


def tokens_of(account: Account) -> sa.Select[ApiToken]:
    """All of them, also those that are over: what a lost one did can be asked for later."""
    return sa.select(ApiToken).where(ApiToken.account_id == account.id).order_by(ApiToken.id.desc())


def service_accounts(person: Account, permission: Permission) -> sa.Select[Account]:
    """For who holds this on the whole company: an account of a program belongs to no unit."""
    reached = person.holds_on_company(permission)
    return sa.select(Account).where(Account.is_service, sa.true() if reached else sa.false())


def service_account_called(name: str) -> Account | None:
    wanted = sa.select(Account).where(Account.is_service, Account.name == name.strip(), Account.disabled_at.is_(None))
    return db.session.scalar(wanted.limit(1))


def living_tokens(accounts: Sequence[Account], now: datetime) -> dict[int, tuple[int, datetime | None]]:
    """Of each account: how many tokens still open something, and when one was used last."""
    held = sa.select(ApiToken.account_id, sa.func.count(), sa.func.max(ApiToken.used_at)).group_by(ApiToken.account_id)
    ids = [account.id for account in accounts]
    rows = db.session.execute(held.where(ApiToken.account_id.in_(ids), ApiToken.holding_at(now)))
    return {account_id: (count, used_at) for account_id, count, used_at in rows}
