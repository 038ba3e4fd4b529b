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
    free = _counted_as_free(limits, now)
    return Attempt(tuple(limits), 0 if len(free) == len(limits) else _weighed(limits, free, now))


def _weighed(limits: Mapping[bytes, Limit], free: Mapping[bytes, int], now: datetime) -> int:
    """The wait, where some have counted enough to be looked at. What was counted as free is not, if it is to wait."""
    stood = _rows_for(limits)
    rows = {key: _before(row, free.get(key), now) for key, row in stood.items()}
    wait = _wait(limits, rows, now)
    counted = rows if wait else {key: _one_more(row, now) for key, row in rows.items()}
    _write({key: row for key, row in counted.items() if row != stood[key]})
    return wait


def _before(row: Kept, counted: int | None, now: datetime) -> Kept:
    if counted is not None:
        return Kept(counted - 1, now)
    # Of a clock that was ahead: whoever waits, waits from now on.
    return Kept(row.count, now) if row.last_at > now + SLACK else row


def _one_more(row: Kept, now: datetime) -> Kept:
    return Kept(1 if row.last_at < now - FORGOTTEN else row.count + 1, now)


# Put together once, and of the table: signing in is to cost the hash and little more.
_table = db.metadata.tables["sign_in_failure"]
_keys: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True, type_=_table.c.key.type)
_of_key: sa.BindParameter[Any] = sa.bindparam("of_key", type_=_table.c.key.type)
_WRITTEN = sa.update(_table).where(_table.c.key == _of_key)
_ROWS = sa.select(_table.c.key, _table.c.count, _table.c.last_at).where(_table.c.key.in_(_keys))


def forgive(attempt: Attempt) -> None:
    """It was the right password: the narrowest count starts anew, the wider ones take this attempt back."""
    told = {"of_key": attempt.keys[0]} | _by_place(attempt.keys)
    db.session.connection().execute(_forgiving(len(attempt.keys)), told, execution_options=KEPT)


@cache
def _forgiving(number: int) -> Any:
    """All are held before one is changed, in the order of `admit`: so two never wait for each other."""
    these = _table.c.key.in_(_places(number))
    held = sa.select(_table.c.key).where(these).order_by(_table.c.key).with_for_update().cte("held")
    taken_back = {"count": sa.case((_table.c.key == _of_key, 0), else_=_table.c.count - 1)}
    return sa.update(_table).where(_table.c.key.in_(sa.select(held.c.key)), _table.c.count > 0).values(taken_back)


def _by_place(keys: Iterable[bytes]) -> dict[str, Any]:
    return {f"key{place}": key for place, key in enumerate(sorted(keys))}


def _places(number: int) -> list[sa.BindParameter[Any]]:
    """One for each key: a list of any length SQLAlchemy would put together anew each time."""
    return [sa.bindparam(f"key{place}", type_=_table.c.key.type) for place in range(number)]


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


def _counted_as_free(limits: Mapping[bytes, Limit], now: datetime) -> dict[bytes, int]:
    """In one statement: made, or counted where nothing says that it may have to wait, and held in either case.

    Held are also those that are not returned, until the commit: nobody changes or removes one in between.
    """
    least = min(limit.free for limit in limits.values())
    told: dict[str, Any] = {"now": now, "forgotten": now - FORGOTTEN, "ahead": now + SLACK, "least": least}
    told |= _by_place(limits)
    counted = _counting(db.engine.dialect.name, len(limits))
    rows = db.session.connection().execute(counted, told, execution_options=KEPT)
    return {key: count for key, count in rows}


@cache
def _counting(dialect: str, number: int) -> Any:
    now: sa.BindParameter[datetime] = sa.bindparam("now", type_=_table.c.last_at.type)
    forgotten: sa.BindParameter[datetime] = sa.bindparam("forgotten", type_=_table.c.last_at.type)
    ahead: sa.BindParameter[datetime] = sa.bindparam("ahead", type_=_table.c.last_at.type)
    is_over = _table.c.last_at < forgotten
    is_free = sa.or_(
        is_over, sa.and_(_table.c.count < sa.bindparam("least", type_=sa.Integer), _table.c.last_at <= ahead)
    )
    rows = [sa.select(sa.cast(key, _table.c.key.type), sa.literal(1), now).where(sa.true()) for key in _places(number)]
    # Selected, not listed: what is listed SQLAlchemy puts together anew each time.
    made = _made(dialect).from_select(["key", "count", "last_at"], sa.union_all(*rows))
    return made.on_conflict_do_update(
        index_elements=[_table.c.key],
        set_={"count": sa.case((is_over, 1), else_=_table.c.count + 1), "last_at": now},
        where=is_free,
    ).returning(_table.c.key, _table.c.count)


def _rows_for(keys: Iterable[bytes]) -> dict[bytes, Kept]:
    """As they stand. They are there and held: see `_counted_as_free`."""
    rows = db.session.connection().execute(_ROWS, {"keys": list(keys)}, execution_options=KEPT)
    return {key: Kept(count, last_at) for key, count, last_at in rows}


def _write(rows: Mapping[bytes, Kept]) -> None:
    for key, row in sorted(rows.items()):
        told = {"of_key": key, "count": row.count, "last_at": row.last_at}
        db.session.connection().execute(_WRITTEN, told, execution_options=KEPT)


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
