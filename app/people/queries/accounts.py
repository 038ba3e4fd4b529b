"""Accounts: whose session, whose address, which roles."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core import clock, prepared, settings
from app.core.database import plainly
from app.extensions import db
from app.people.models import Account, AccountSession, Employee, Grant
from app.people.models.account import is_open
from app.people.models.account_session import IDLE

SEEN_STEP = timedelta(hours=1)


# Put together once: every page asks it.
_BY_SECRET = (
    sa.select(AccountSession)
    .where(
        AccountSession.token_hash == sa.bindparam("token_hash"),
        AccountSession.holding(sa.bindparam("now"), sa.bindparam("idle_since"), sa.bindparam("begun_by")),
    )
    .options(joinedload(AccountSession.account).joinedload(Account.employee))
    .execution_options(**prepared.KEPT)
)


def session_hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def account_of(secret: str) -> Account | None:
    """The account whose session this is; None when it was ended, has idled out, or the account is closed."""
    now = clock.now()
    moments = {"now": now, "idle_since": now - IDLE, "begun_by": now + clock.SLACK}
    found = db.session.scalar(_BY_SECRET, {"token_hash": session_hash(secret), **moments})
    if found is None or not found.account.is_active:
        return None
    found.account.current, found.account.secret = found, secret
    return found.account


class Known(NamedTuple):
    """Of an account, what is asked before its password is looked at."""

    id: int
    password_hash: str | None
    disabled_at: datetime | None
    left_on: date | None

    @property
    def is_active(self) -> bool:
        return is_open(self.disabled_at, self.left_on)


_KNOWN = sa.select(Account.id, Account.password_hash, Account.disabled_at, Employee.ends_on).outerjoin(
    Employee, Employee.id == Account.employee_id
)
_HAS_EMAIL = Account.email == sa.bindparam("email")
_typed: sa.BindParameter[str] = sa.bindparam("typed", type_=Employee.number.type)
_spellings = (_typed, *(sa.bindparam(name, type_=Employee.number.type) for name in ("capitals", "small")))
_HAS_NUMBER = Employee.number.in_(_spellings)
_EXACTLY_FIRST = (sa.case((Employee.number == _typed, 0), else_=1), Account.id)
_KNOWN_BY_EMAIL = _KNOWN.where(_HAS_EMAIL)
_KNOWN_BY_NUMBER = _KNOWN.where(_HAS_NUMBER).order_by(*_EXACTLY_FIRST).limit(1)


def known_by(name: str) -> Known | None:
    """By what people type when they sign in: an e-mail address, or an employee's number."""
    told = _told_of(name)
    row = plainly(_KNOWN_BY_EMAIL if "@" in name else _KNOWN_BY_NUMBER, told).one_or_none() if told else None
    return None if row is None else Known(*row)


def _told_of(name: str) -> dict[str, str] | None:
    """Addresses are kept folded to lower case. A number is looked up as it was typed, in capitals and small letters."""
    typed = name.strip()
    if "\0" in typed or not typed:
        return None  # PostgreSQL takes no such text, not even to compare it
    if "@" in typed:
        return {"email": typed.casefold()}
    return {"typed": typed, "capitals": typed.upper(), "small": typed.lower()}


def account_called(name: str) -> Account | None:
    """As `known_by`, all of it."""
    return account_with_email(name) if "@" in name else account_with_number(name)


def account_with_number(number: str) -> Account | None:
    told = _told_of(number)
    return db.session.scalar(_BY_NUMBER, told) if told and "typed" in told else None


_WHOLE = sa.select(Account).options(joinedload(Account.employee))
_BY_EMAIL = _WHOLE.where(_HAS_EMAIL)
_BY_NUMBER = (
    (sa.select(Account).join(Account.employee).options(contains_eager(Account.employee)).where(_HAS_NUMBER))
    .order_by(*_EXACTLY_FIRST)
    .limit(1)
)


def account_with_email(email: str) -> Account | None:
    """However it was typed."""
    told = _told_of(email)
    return db.session.scalar(_BY_EMAIL, {"email": email.strip().casefold()}) if told else None


def demo_people() -> list[tuple[Account, dict[str, str]]]:
    """Who may be tried in the demo, in the order in which the demo lists them, each with a note."""
    listed = {person["email"]: person.get("note", {}) for person in settings.company("demo_people")}
    found = sa.select(Account).where(Account.email.in_(listed), Account.password_hash.is_(None))
    by_email = {
        str(account.email): account for account in db.session.scalars(found.options(joinedload(Account.employee)))
    }
    return [(by_email[email], note) for email, note in listed.items() if email in by_email]


def sessions_of(account: Account) -> sa.Select[AccountSession]:
    """Those that still open something, the newest first."""
    held = AccountSession.visible_to(account).where(AccountSession.holding_at(clock.now()))
    return held.order_by(AccountSession.signed_in_at.desc())


def grants_of(account: Account, day: date) -> Sequence[Grant]:
    """The roles a person holds that day, each with its unit."""
    held = sa.select(Grant).where(Grant.account_id == account.id, Grant.holding_on(day)).options(joinedload(Grant.unit))
    return db.session.scalars(held.order_by(Grant.role, Grant.unit_id)).all()
