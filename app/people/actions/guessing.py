"""Guessing is slow, and nobody can lock another out (security.md A2).

An attempt is counted before the password is looked at, so that a hundred at the same moment are a hundred; a right
password takes its count back. A browser that has signed in to the account before has a count of its own: whatever
strangers do to the account, its owner still enters there. For all others three counts are kept: account and network
together, the account (a first attempt from a network is heard all the same), and, generously, the network, which a
whole branch may share.
"""

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import SLACK
from app.core.keys import newest
from app.core.prepared import KEPT
from app.extensions import db
from app.people.models import SignInFailure

FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True)
class Kept:
    """What one count stood at before this attempt."""

    count: int
    last_at: datetime


@dataclass(frozen=True)
class Limit:
    """So many attempts are free; each one after them doubles the delay, up to the longest (seconds)."""

    free: int
    longest: int

    def wait(self, failure: Kept, now: datetime) -> int:
        if failure.count < self.free or failure.last_at < now - FORGOTTEN:
            return 0
        delay: int = min(self.longest, 1 << min(failure.count - self.free, 16))
        # A clock that was set back a little makes nobody wait longer than the longest.
        return max(0, min(delay, math.ceil(delay - (now - failure.last_at).total_seconds())))


PAIR, DEVICE = Limit(5, 60), Limit(5, 60)
ACCOUNT = Limit(30, 15)
NETWORK = Limit(100, 5)
# Of an account's codes, in place of ACCOUNT and without its exception: who guesses them knows the password already,
# and a code has only six digits. Who owns the account still enters in a browser that knows it, or by a recovery code.
CODES = Limit(20, 900)


@dataclass(frozen=True)
class Attempt:
    keys: tuple[bytes, ...]
    wait: int  # seconds; 0: the attempt is counted, and the password may be looked at


def admit(email: str, address: str, device: str | None, now: datetime, *, of_account: Limit = ACCOUNT) -> Attempt:
    """Count the attempt, unless it comes too soon after failures. `device`: this browser's mark for the account."""
    limits = _limits(email, address, device, of_account)
    stood = _rows_for(limits, now)
    # Of a clock that was ahead: whoever waits, waits from now on.
    rows = {key: Kept(row.count, now) if row.last_at > now + SLACK else row for key, row in stood.items()}
    wait = _wait(limits, rows, now)
    counted = rows if wait else {key: _one_more(row, now) for key, row in rows.items()}
    _write({key: row for key, row in counted.items() if row != stood[key]})
    return Attempt(tuple(limits), wait)


def _one_more(row: Kept, now: datetime) -> Kept:
    return Kept(1 if row.last_at < now - FORGOTTEN else row.count + 1, now)


def _write(rows: Mapping[bytes, Kept]) -> None:
    """In one statement, whatever their number. They are there and held: see `_rows_for`."""
    if rows:
        told = [{"key": key, "count": row.count, "last_at": row.last_at} for key, row in rows.items()]
        db.session.connection().execute(_counted(db.engine.dialect.name), told, execution_options=KEPT)


# Put together once, and of the table: signing in is to cost the hash and little more.
_table = db.metadata.tables["sign_in_failure"]
_keys: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True, type_=_table.c.key.type)
_of_key: sa.BindParameter[Any] = sa.bindparam("of_key", type_=_table.c.key.type)
_FORGIVEN = sa.delete(_table).where(_table.c.key == _of_key)
_TAKEN_BACK = sa.update(_table).where(_table.c.key.in_(_keys), _table.c.count > 0).values(count=_table.c.count - 1)
# All are held before one is changed, in the order of `admit`: so two never wait for each other.
_held = sa.select(_table.c.key).where(_table.c.key.in_(_keys)).order_by(_table.c.key).with_for_update().cte("held")
_are_held = _table.c.key.in_(sa.select(_held.c.key))
_gone = sa.delete(_table).where(_table.c.key == _of_key, _are_held).returning(_table.c.key).cte("gone")
_FORGIVEN_AND_TAKEN_BACK = (
    sa.update(_table)
    .where(_table.c.key != _of_key, _are_held, _table.c.count > 0)
    .values(count=_table.c.count - 1)
    .add_cte(_gone)
)


def forgive(attempt: Attempt) -> None:
    """It was the right password: the narrowest count starts anew, the wider ones take this attempt back."""
    narrowest, *wider = attempt.keys
    work = db.session.connection()
    if work.dialect.name != "sqlite":
        told = {"of_key": narrowest, "keys": list(attempt.keys)}
        work.execute(_FORGIVEN_AND_TAKEN_BACK, told, execution_options=KEPT)
        return
    work.execute(_FORGIVEN, {"of_key": narrowest})  # its writers take turns
    if wider:
        work.execute(_TAKEN_BACK, {"keys": wider})


def forget_old(now: datetime) -> None:
    """What somebody counts with at this moment is not old, or goes another night."""
    old = sa.select(SignInFailure.key).where(SignInFailure.last_at < now - FORGOTTEN)
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.key.in_(old.with_for_update(skip_locked=True))))


def _limits(email: str, address: str, device: str | None, of_account: Limit) -> dict[bytes, Limit]:
    if device is not None:
        return {_key("device", email, device): DEVICE}
    network = _network(address)
    return {
        _key("pair", email, network): PAIR,
        _key("account", email): of_account,
        _key("network", network): NETWORK,
    }


def _wait(limits: Mapping[bytes, Limit], rows: Mapping[bytes, Kept], now: datetime) -> int:
    waits = {limit: limit.wait(rows[key], now) for key, limit in limits.items()}
    pair = rows[next(iter(limits))]
    if pair.count == 0 or pair.last_at < now - FORGOTTEN:
        waits.pop(ACCOUNT, None)
    return max(waits.values())


def _rows_for(keys: Iterable[bytes], now: datetime) -> dict[bytes, Kept]:
    """Made where they are missing and held where they are there, in one statement: nobody removes one in between."""
    fresh = [{"key": key, "count": 0, "last_at": now} for key in sorted(keys)]
    rows = db.session.connection().execute(_found_or_made(db.engine.dialect.name), fresh, execution_options=KEPT)
    return {key: Kept(count, last_at) for key, count, last_at in rows}


@cache
def _found_or_made(dialect: str) -> Any:
    made = _made(dialect)
    kept = made.on_conflict_do_update(index_elements=[_table.c.key], set_={"count": _table.c.count})
    return kept.returning(_table.c.key, _table.c.count, _table.c.last_at)


@cache
def _counted(dialect: str) -> Any:
    made = _made(dialect)
    new = {"count": made.excluded.count, "last_at": made.excluded.last_at}
    # What is returned is not looked at: rows that return something go in one statement.
    return made.on_conflict_do_update(index_elements=[_table.c.key], set_=new).returning(_table.c.key)


def _made(dialect: str) -> Any:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_table)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def _key(*parts: str) -> bytes:
    """A keyed hash: the table tells nobody who was guessed at, or from where. A new key only begins to count anew."""
    return hmac.digest(newest("sign-in failures"), "\0".join(parts).encode(), hashlib.sha256)
