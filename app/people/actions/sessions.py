"""Opening and ending sessions. A session is a row that one can delete; the browser only holds its secret."""

import secrets
from datetime import datetime

import sqlalchemy as sa

from app.core import audit
from app.core.database import plainly, rows_changed
from app.extensions import db
from app.people.credentials.browsers import words_for
from app.people.models import Account, AccountSession
from app.people.models.account_session import IDLE, LONGEST
from app.people.queries import SEEN_STEP, session_hash


def browser_words(user_agent: str) -> str:
    """What a session is called in the list of its owner; the rest of what a browser says of itself is not kept."""
    return words_for(user_agent)


def open_session(account: Account, device: str, now: datetime) -> str:
    """A new row; returns the secret for the browser, which is kept nowhere else."""
    secret = secrets.token_urlsafe(32)
    row = {
        "account_id": account.id,
        "token_hash": session_hash(secret),
        "device": device[:80],
        "signed_in_at": now,
        "seen_at": now,
        "ends_at": now + LONGEST,
    }
    account.current, account.secret = AccountSession(id=plainly(_OPENED, row).scalar_one(), **row), secret
    audit.record_many([audit.Deed("session.opened", "account", account.id)], actor_id=account.id)
    return secret


_table = db.metadata.tables["account_session"]
_OPENED = sa.insert(_table).returning(_table.c.id)


def renew_session(account: Account, now: datetime) -> str:
    """The password was given again: a new secret, and the old one opens nothing any more."""
    old = account.current
    secret = open_session(account, old.device if old else "", now)
    if old is not None:
        db.session.execute(sa.delete(AccountSession).where(AccountSession.id == old.id))
    return secret


def renew_if_open(account: Account, session_id: int, device: str, now: datetime) -> bool:
    """Likewise after the database was let go. False where somebody ended it meanwhile: it is not opened anew."""
    if rows_changed(sa.delete(AccountSession).where(AccountSession.id == session_id)) != 1:
        return False
    open_session(account, device, now)
    return True


def is_open(session_id: int) -> bool:
    return db.session.scalar(sa.select(AccountSession.id).where(AccountSession.id == session_id)) is not None


def end_session(session: AccountSession, *, actor_id: int) -> None:
    """Once: of two who end it at the same moment, one finds it gone."""
    account_id = session.account_id
    ended = sa.delete(AccountSession).where(AccountSession.id == session.id)
    if rows_changed(ended):
        audit.record("session.ended", "account", account_id, actor_id=actor_id, after={"sessions": 1})


def end_sessions(account: Account, *, actor_id: int | None, keep: AccountSession | None = None) -> int:
    """All of them, or all but the one that asks. Returns how many were ended."""
    ended = sa.delete(AccountSession).where(AccountSession.account_id == account.id)
    if keep is not None:
        ended = ended.where(AccountSession.id != keep.id)
    count = rows_changed(ended)
    if count:
        audit.record("session.ended", "account", account.id, actor_id=actor_id, after={"sessions": count})
    return count


def mark_seen(session_id: int, now: datetime) -> None:
    """To the hour only: it serves the idle limit, not curiosity."""
    stale = sa.update(AccountSession).where(AccountSession.id == session_id, AccountSession.seen_at < now - SEEN_STEP)
    db.session.execute(stale.values(seen_at=now).execution_options(synchronize_session=False))


def forget_ended(now: datetime) -> None:
    """Rows that open nothing any more are not kept."""
    over = sa.or_(AccountSession.ends_at <= now, AccountSession.seen_at <= now - IDLE)
    db.session.execute(sa.delete(AccountSession).where(over))
