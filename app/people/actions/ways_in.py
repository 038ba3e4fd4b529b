"""Making ways in, and going in by one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.database import rows_changed
from app.core.errors import Refused
from app.core.jobs import enqueue, enqueue_many
from app.extensions import db
from app.people.actions.sessions import end_sessions
from app.people.actions.telling import tell_owner
from app.people.credentials import passwords, slip_codes
from app.people.models import Account, WayIn, WayInKind
from app.people.models.way_in import LIFETIME, tie_of

DAY, BETWEEN, MOST_A_DAY = timedelta(days=1), timedelta(minutes=5), 5  # letters with a link for a new password
STALE = timedelta(hours=4)  # whoever asked has found another way by now, and such a letter would only frighten
OVER = _l("This way in has just been used or has run out. Nothing was changed; ask for a new one.")


class Slip(NamedTuple):
    """What is kept of one: the tie is that of the moment before typesetting, so what changes meanwhile voids it."""

    account_id: int
    tied_to: bytes
    minted: slip_codes.Minted


def invite(accounts: Sequence[Account], now: datetime, *, actor_id: int) -> int:
    """A row and a job each; what opens is minted by the job, so that neither holds it."""
    rows = [
        {"account_id": account.id, "kind": WayInKind.INVITATION, "asked_at": now, "asked_by_id": actor_id}
        for account in accounts
    ]
    if not rows:
        return 0
    insert = sa.insert(WayIn).returning(WayIn.id, sort_by_parameter_order=True)
    ids = db.session.scalars(insert, rows).all()
    enqueue_many("people.send_way_in", [{"way_in_id": each} for each in ids])
    audit.record_many(
        [audit.Deed("invitation.asked", "account", account.id) for account in accounts], actor_id=actor_id
    )
    return len(ids)


def invite_again(account: Account, now: datetime, *, actor_id: int) -> None:
    """By mail: to choose the first password, or a new one."""
    kind = WayInKind.INVITATION if account.password_hash is None else WayInKind.RESET
    row = WayIn(account_id=account.id, kind=kind, asked_at=now, asked_by_id=actor_id)
    db.session.add(row)
    db.session.flush()
    enqueue("people.send_way_in", way_in_id=row.id)
    audit.record(f"{kind.value}.asked", "account", account.id, actor_id=actor_id)


def ask_for_reset(account: Account | None, now: datetime) -> None:
    """As much work for a name that nobody has: the answer must take no longer, nor be another (A2)."""
    way_in_id = 0
    if account is not None:
        row = WayIn(account_id=account.id, kind=WayInKind.RESET, asked_at=now)
        db.session.add(row)
        db.session.flush()
        way_in_id = row.id
        audit.record("reset.asked", "account", account.id, actor_id=None)
    enqueue("people.send_way_in", way_in_id=way_in_id)


def mint(way_in: WayIn, now: datetime) -> slip_codes.Minted:
    """At the moment of delivery. Asked for again, what was minted before opens nothing."""
    minted = slip_codes.mint()
    way_in.minted_at, way_in.ends_at = now, now + LIFETIME[way_in.kind]
    way_in.token_hash, way_in.tied_to = minted.token_hash, tie_of(way_in.account)
    return minted


def unmint(way_in: WayIn) -> None:
    """It never left: nobody holds it."""
    way_in.minted_at = way_in.ends_at = way_in.token_hash = way_in.tied_to = None


def is_wanted(way_in: WayIn, now: datetime) -> bool:
    """Still, when its turn has come: a mailbox is not filled by somebody who asks again and again."""
    account = way_in.account
    if not account.is_active or not account.email or _is_asked_for_again(way_in):
        return False
    if way_in.kind is WayInKind.INVITATION:
        return account.password_hash is None
    if way_in.asked_at < now - STALE:
        return False
    earlier = sa.select(sa.func.count(WayIn.id), sa.func.max(WayIn.asked_at)).where(
        WayIn.account_id == account.id,
        WayIn.kind == WayInKind.RESET,
        WayIn.id < way_in.id,
        WayIn.failed_at.is_(None),
        WayIn.asked_at.between(now - DAY, way_in.asked_at),  # not what a clock that was ahead has written down
    )
    count, last = db.session.execute(earlier).one()
    return count < MOST_A_DAY and (last is None or last <= way_in.asked_at - BETWEEN)


def _is_asked_for_again(way_in: WayIn) -> bool:
    """Of several that wait for a server that is down, the last is sent."""
    younger = sa.select(WayIn.id).where(WayIn.account_id == way_in.account_id, WayIn.kind == way_in.kind)
    waiting = younger.where(WayIn.id > way_in.id, WayIn.minted_at.is_(None), WayIn.failed_at.is_(None))
    return db.session.scalar(waiting.limit(1)) is not None


def keep_slips(slips: Sequence[Slip], now: datetime, *, actor_id: int) -> None:
    """After they were typeset: earlier slips of these people open nothing any more."""
    ids = [slip.account_id for slip in slips]
    older = (WayIn.account_id.in_(ids), WayIn.kind == WayInKind.SLIP, WayIn.used_at.is_(None), WayIn.ends_at > now)
    db.session.execute(sa.update(WayIn).where(*older).values(ends_at=now))
    rows = [
        {
            "account_id": slip.account_id,
            "kind": WayInKind.SLIP,
            "asked_at": now,
            "asked_by_id": actor_id,
            "minted_at": now,
            "ends_at": now + LIFETIME[WayInKind.SLIP],
            "token_hash": slip.minted.token_hash,
            "code_hash": slip.minted.code_hash,
            "tied_to": slip.tied_to,
        }
        for slip in slips
    ]
    if rows:
        db.session.execute(sa.insert(WayIn), rows)
    audit.record_many([audit.Deed("slip.printed", "account", each) for each in ids], actor_id=actor_id)


def go_in(way_in: WayIn, hashed: passwords.PasswordHash, now: datetime) -> Account:
    """Once: of two at the same moment one is refused. All sessions end, and every other way in is void by its tie."""
    used = sa.update(WayIn).where(WayIn.id == way_in.id, WayIn.used_at.is_(None)).values(used_at=now)
    if rows_changed(used) != 1:
        raise Refused(OVER)
    account = way_in.account
    account.password_hash = hashed
    after = {"by": way_in.kind.value}
    entry = audit.record("password.chosen", "account", account.id, actor_id=account.id, after=after)
    end_sessions(account, actor_id=account.id)
    if way_in.kind is not WayInKind.INVITATION:
        tell_owner(account, entry)
    db.session.flush()
    return account


def tell_of_slips(slips: Iterable[WayIn], now: datetime) -> None:
    for slip in slips:
        slip.told_at = now


def forget_spent(before: datetime) -> None:
    """Rows that open nothing since then."""
    spent = sa.or_(WayIn.ends_at < before, sa.and_(WayIn.ends_at.is_(None), WayIn.asked_at < before))
    db.session.execute(sa.delete(WayIn).where(spent))
