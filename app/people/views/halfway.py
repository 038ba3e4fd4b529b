"""Between password and code: who it is, for five minutes, in this browser. No session is open, and nothing opens.

It lies in the signed cookie and names the account, the moment and a mark over both, the password as it stands and the
browser: a new password, another browser or a clock that went back end it.
"""

from datetime import UTC, datetime, timedelta

from flask import request, session

from app.core.keys import is_signed, sign
from app.extensions import db
from app.people.models import Account

LASTS = timedelta(minutes=5)
KEY, PURPOSE = "halfway", "between password and code"


def begin(account: Account, now: datetime) -> None:
    session.clear()
    at = int(now.timestamp())
    mark = sign(PURPOSE, _marked(account, at))
    session[KEY] = [account.id, at, mark.hex()]


def whose(now: datetime) -> Account | None:
    account_id, at, mark = session.get(KEY) or (None, 0, "")
    age = now - datetime.fromtimestamp(at, UTC)
    if account_id is None or not -timedelta(seconds=1) < age <= LASTS:
        return None
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    is_ours = is_signed(PURPOSE, _marked(account, at), bytes.fromhex(mark))
    return account if is_ours else None


def _marked(account: Account, at: int) -> bytes:
    parts = (str(account.id), str(at), account.password_hash or "", request.user_agent.string)
    return "\0".join(parts).encode()
