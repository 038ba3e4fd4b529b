"""Accounts: the first administrator, passwords, and what people choose for themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from app.core import audit, clock, company_time
from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.core.permissions import Role
from app.core.prepared import KEPT
from app.extensions import db
from app.people.actions.administrators import never_without_administrator
from app.people.actions.sessions import end_sessions, renew_session
from app.people.actions.telling import tell_owner
from app.people.actions.tokens import revoke_tokens
from app.people.credentials import passwords
from app.people.models import PERSON, Account, Grant, Unit, WayIn
from app.people.queries import AT_THE_DOOR, Door, account_with_email, company


def password_fault(password: str, own_words: Iterable[str]) -> LazyString | None:
    """What is wrong with a new password; None when it may be taken. For forms, before anything is made."""
    return passwords.fault_of(password, own_words)


def create_administrator(email: str, name: str, password: str) -> Account:
    """Somebody who may do everything, on the root of the tree, which must stand already.

    The hash is made first: call this before other statements where anybody else may want the write lock.
    """
    fault = passwords.fault_of(password, (email, name))
    if fault:
        raise Refused(fault)
    hashed, now = passwords.hash_password(password), clock.now()
    one_at_a_time()  # of two who make the same account at once the second reads the sentence below
    root = company()
    if root is None:
        raise Refused(_l("There is no company yet. Nothing was changed; set it up first."))
    if account_with_email(email) is not None:
        raise Refused(_l("There is an account with this e-mail address already. Nothing was changed."))
    account = Account(email=email.strip().casefold(), name=name.strip(), password_hash=hashed, created_at=now)
    db.session.add(account)
    db.session.flush()
    audit.record("account.created", "account", account.id, actor_id=None, after={"email": account.email})
    _grant_everything(account, root, now)
    return account


def _grant_everything(account: Account, root: Unit, now: datetime) -> None:
    """Since yesterday, which has begun everywhere: in which zone the company is may be said only afterwards."""
    role, since = Role.ADMINISTRATOR, now.date() - timedelta(days=1)
    db.session.add(Grant(account=account, role=role, unit=root, starts_on=since, granted_at=now))
    db.session.flush()
    after = {"role": role.value, "unit": root.code}
    audit.record("role.granted", "account", account.id, actor_id=None, after=after)


def change_password(account: Account, hashed: passwords.PasswordHash, now: datetime) -> int:
    """The new one holds; every other session of the account ends with the old one. Returns how many others ended."""
    account.password_hash = hashed
    renew_session(account, now)
    tell_owner(account, audit.record("password.changed", "account", account.id, actor_id=account.id))
    return end_sessions(account, actor_id=account.id, keep=account.current)


# Put together once: everybody asks it who signs in.
_ITSELF = sa.select(Account, *AT_THE_DOOR).where(Account.id == PERSON).options(joinedload(Account.employee))
_ITSELF_HELD = _ITSELF.with_for_update(of=Account).execution_options(populate_existing=True, **KEPT)


def account_still(account_id: int, stored: str | None) -> tuple[Account, Door] | None:
    """The account, if this is the password that holds now; nobody replaces it before the commit."""
    row = db.session.execute(_ITSELF_HELD, {"person_id": account_id}).one_or_none()
    if row is None:
        return None
    account, *door = row
    return (account, Door(*door)) if account.password_hash == stored and account.is_active else None


def close_account(account: Account, now: datetime, *, actor_id: int) -> None:
    """Nobody comes in by it: sessions end; ways in and tokens that lie somewhere are void also when it is opened again.

    Raises Refused where the company would be left without an administrator.
    """
    if account.disabled_at is not None:
        return
    with never_without_administrator(company_time.day_of(now)):
        account.disabled_at = now
    still_good = (WayIn.account_id == account.id, WayIn.used_at.is_(None), WayIn.ends_at > now)
    db.session.execute(sa.update(WayIn).where(*still_good).values(ends_at=now))
    end_sessions(account, actor_id=actor_id)
    revoke_tokens(account, now=now, actor_id=actor_id)
    audit.record("account.closed", "account", account.id, actor_id=actor_id)


def open_account(account: Account, *, actor_id: int) -> None:
    if account.disabled_at is None:
        return
    account.disabled_at = None
    audit.record("account.opened", "account", account.id, actor_id=actor_id)


def choose_language(account: Account, language: str) -> None:
    account.language = language


def choose_time_zone(account: Account, time_zone: str | None) -> None:
    account.time_zone = time_zone
