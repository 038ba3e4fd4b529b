"""Accounts: whose session, whose address, which roles."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core import clock, settings
from app.extensions import db
from app.people.models import Account, AccountSession, Employee, Grant
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


def account_called(name: str) -> Account | None:
    """By what people type when they sign in: an e-mail address, or an employee's number."""
    return account_with_email(name) if "@" in name else account_with_number(name)


def account_with_number(number: str) -> Account | None:
    """As it was typed, else in capitals or small letters: all three are looked up in the index."""
    typed = number.strip()
    if "\0" in typed or not typed:
        return None
    wanted = sa.select(Account).join(Account.employee).where(Employee.number.in_({typed, typed.upper(), typed.lower()}))
    exactly_first = sa.case((Employee.number == typed, 0), else_=1)
    return db.session.scalar(
        wanted.options(contains_eager(Account.employee)).order_by(exactly_first, Account.id).limit(1)
    )


_BY_EMAIL = sa.select(Account).where(Account.email == sa.bindparam("email")).options(joinedload(Account.employee))


def account_with_email(email: str) -> Account | None:
    """However it was typed: addresses are kept folded to lower case."""
    if "\0" in email:
        return None  # PostgreSQL takes no such text, not even to compare it
    return db.session.scalar(_BY_EMAIL, {"email": email.strip().casefold()})


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
