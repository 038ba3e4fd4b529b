"""Opening and ending sessions. A session is a row that one can delete; the browser only holds its secret."""

import secrets
from datetime import datetime

import sqlalchemy as sa

from app.core import audit
from app.extensions import db
from app.people.models import Account, AccountSession
from app.people.models.account import LONGEST
from app.people.queries import session_hash


def open_session(account: Account, device: str, now: datetime) -> str:
    """A new row; returns the secret for the browser, which is kept nowhere else."""
    secret = secrets.token_urlsafe(32)
    row = AccountSession(
        account_id=account.id,
        token_hash=session_hash(secret),
        device=device[:80],
        signed_in_at=now,
        seen_at=now,
        ends_at=now + LONGEST,
    )
    db.session.add(row)
    db.session.flush()
    account.current, account.secret = row, secret
    audit.record("session.opened", "account", account.id, actor_id=account.id)
    return secret


def end_sessions(account: Account, *, actor_id: int | None, keep: AccountSession | None = None) -> int:
    """All of them, or all but the one that asks. Returns how many were ended."""
    ended = sa.delete(AccountSession).where(AccountSession.account_id == account.id)
    if keep is not None:
        ended = ended.where(AccountSession.id != keep.id)
    count: int = db.session.execute(ended).rowcount  # type: ignore[attr-defined]
    audit.record("session.ended", "account", account.id, actor_id=actor_id, after={"sessions": count})
    return count
