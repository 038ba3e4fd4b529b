"""Making and revoking tokens of the API, and counting their calls."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.errors import Refused
from app.core.permissions import Permission
from app.extensions import db
from app.people.credentials.api_tokens import MARK, sum_of, token_hash
from app.people.models import Account, ApiToken
from app.people.models.api_token import LONGEST_DAYS

MINUTE = timedelta(minutes=1)
MOST_LIVING = 50  # tokens of one account that open something at the same time


class Wish(NamedTuple):
    """What a token is to be: its name, what it may reach, for how many days."""

    name: str
    scopes: Collection[Permission]
    days: int


class Counted(NamedTuple):
    token_id: int
    calls: int
    minute_began_at: datetime


def make_token(account: Account, wish: Wish, *, now: datetime, actor_id: int | None) -> tuple[ApiToken, str]:
    """The row, and the token itself, which is kept nowhere: shown now or never."""
    if not account.is_active:
        raise Refused(_l("This account is closed, so a token of it would open nothing. None was made."))
    if not wish.scopes or not 1 <= wish.days <= LONGEST_DAYS or not wish.name.strip():
        raise Refused(_l("A token needs a name, at least one scope and 1 to 365 days. None was made."))
    if _living(account, now) >= MOST_LIVING:
        raise Refused(_l("This account has 50 tokens that are in force. Revoke some first; none was made."))
    secret = MARK + secrets.token_urlsafe(32)
    secret += sum_of(secret)
    row = ApiToken(
        account=account,
        name=wish.name.strip()[:80],
        token_hash=token_hash(secret),
        scopes=" ".join(sorted(map(str, wish.scopes))),
        created_at=now,
        created_by_id=actor_id,
        ends_at=now + timedelta(days=wish.days),
    )
    db.session.add(row)
    db.session.flush()
    after = {"token": row.id, "scopes": row.scopes, "ends_on": row.ends_at.date()}
    audit.record("token.created", "account", account.id, actor_id=actor_id, after=after)
    return row, secret


def _living(account: Account, now: datetime) -> int:
    held = sa.select(sa.func.count()).where(ApiToken.account_id == account.id, ApiToken.holding_at(now))
    return db.session.scalar(held) or 0


def revoke_token(token: ApiToken, *, now: datetime, actor_id: int | None) -> bool:
    """From this moment it opens nothing. False when it was revoked before."""
    if token.revoked_at is not None:
        return False
    token.revoked_at, token.revoked_by_id = now, actor_id
    db.session.flush()
    audit.record("token.revoked", "account", token.account_id, actor_id=actor_id, after={"token": token.id})
    return True


def revoke_tokens(account: Account, *, now: datetime, actor_id: int | None) -> int:
    """All that are in force. Returns how many there were."""
    held = sa.select(ApiToken).where(ApiToken.account_id == account.id, ApiToken.holding_at(now))
    return sum(revoke_token(token, now=now, actor_id=actor_id) for token in db.session.scalars(held).all())


def count_call(token: str, now: datetime) -> Counted | None:
    """Is it in force? In the same statement the call is counted, so that a hundred at one moment are a hundred."""
    minute = now.replace(second=0, microsecond=0)
    # Another server may have begun the next minute already: whose clock lags goes on with that count.
    runs = ApiToken.counted_at.in_([minute, minute + MINUTE])
    calls = sa.case((runs, ApiToken.calls + 1), else_=1)
    begun = sa.case((runs, ApiToken.counted_at), else_=minute)
    counted = sa.update(ApiToken).where(ApiToken.token_hash == token_hash(token), ApiToken.holding_at(now))
    used_at = now.replace(minute=0, second=0, microsecond=0)  # to the hour: it serves tidying up, not curiosity
    values = counted.values(counted_at=begun, calls=calls, used_at=used_at)
    returned = values.returning(ApiToken.id, ApiToken.calls, ApiToken.counted_at)
    row = db.session.execute(returned.execution_options(synchronize_session=False)).one_or_none()
    return None if row is None else Counted(row.id, row.calls, row.counted_at)


def over_before(moment: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(ApiToken.ends_at < moment, ApiToken.revoked_at < moment)


def forget_tokens(before: datetime) -> None:
    """Rows that opened nothing any more by then; that they were made and revoked stands in the log."""
    db.session.execute(sa.delete(ApiToken).where(over_before(before)))
