"""Setting up, using and removing a second factor. Whoever removes or replaces one ends what was open without it."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, company_time
from app.core.database import held, rows_changed
from app.core.errors import Refused
from app.core.settings import set_company
from app.extensions import db
from app.people.actions.outranking import outranks
from app.people.actions.sessions import end_sessions, renew_session
from app.people.actions.telling import tell_owner
from app.people.credentials import factor_codes
from app.people.models import Account, AccountFactor, FactorRemoval, RecoveryCode
from app.people.queries.factors import factor_of


def set_up(account: Account, seed: str, step: int, now: datetime) -> list[str]:
    """The factor holds from now on, and every other session ends. Returns the recovery codes, which nobody sees again.

    `step` is the one whose code was given to confirm it: that code opens nothing any more.
    """
    held(sa.select(Account).where(Account.id == account.id))  # two windows set it up one after the other
    factor = factor_of(account)
    act = "factor.replaced" if factor else "factor.set_up"
    if factor is None:
        factor = AccountFactor(account_id=account.id)
        db.session.add(factor)
    factor.seed, factor.confirmed_at, factor.last_step = factor_codes.seal(seed, account.id), now, step
    tell_owner(account, audit.record(act, "account", account.id, actor_id=account.id))
    fresh = _new_codes(account)
    _end_others(account, now)
    return fresh


def renew_codes(account: Account) -> list[str]:
    held(sa.select(Account).where(Account.id == account.id))
    tell_owner(account, audit.record("recovery_codes.made", "account", account.id, actor_id=account.id))
    return _new_codes(account)


def _new_codes(account: Account) -> list[str]:
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    fresh = [factor_codes.new_recovery_code() for _ in range(factor_codes.RECOVERY_CODES)]
    hashes = [{"account_id": account.id, "code_hash": factor_codes.recovery_hash(code)} for code in fresh]
    db.session.execute(sa.insert(RecoveryCode), hashes)
    return fresh


def take_code(account: Account, typed: str, now: datetime) -> bool:
    """Whether it is a code of the app that was not used yet. It is used now: of two at the same moment one wins."""
    factor = factor_of(account)
    seed = factor_codes.unseal(factor.seed, account.id) if factor else None
    if factor is None or seed is None:
        return False
    step = factor_codes.matching_step(seed, typed, now, after=factor.last_step)
    if step is None:
        return False
    taken = sa.update(AccountFactor).where(
        AccountFactor.account_id == account.id, AccountFactor.seed == factor.seed, AccountFactor.last_step < step
    )
    return _changed_one(taken.values(last_step=step))


def take_recovery_code(account: Account, typed: str, now: datetime) -> bool:
    """It opens once, also when two give it at the same moment. The clock is not asked."""
    wanted = sa.update(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_hash == factor_codes.recovery_hash(typed),
        RecoveryCode.used_at.is_(None),
        sa.exists().where(AccountFactor.account_id == account.id),
    )
    if not _changed_one(wanted.values(used_at=now)):
        return False
    audit.record("recovery_code.used", "account", account.id, actor_id=account.id)
    return True


def take_either(account: Account, typed: str, now: datetime) -> bool:
    return take_code(account, typed, now) or take_recovery_code(account, typed, now)


def _changed_one(change: sa.Update) -> bool:
    changed = rows_changed(change.execution_options(synchronize_session=False))
    db.session.expire_all()
    return changed == 1


def refuse_code(account: Account) -> None:
    """Somebody knew the password and not the code: its owner and the administrators may want to know."""
    audit.record("code.refused", "account", account.id, actor_id=None)


def remove_own(account: Account, now: datetime) -> None:
    _forget(account)
    tell_owner(account, audit.record("factor.removed", "account", account.id, actor_id=account.id))
    _end_others(account, now)


def remove_of(account: Account, actor: Account | None, reason: str, now: datetime) -> None:
    """By an administrator who holds all that the person holds; without an actor by the operator."""
    if actor is not None:
        _refuse_unfit(account, actor, now)
    _forget(account)
    actor_id = actor.id if actor else None
    db.session.add(FactorRemoval(account_id=account.id, removed_at=now, removed_by_id=actor_id, reason=reason))
    tell_owner(
        account, audit.record("factor.removed", "account", account.id, actor_id=actor_id, after={"reason": reason})
    )
    end_sessions(account, actor_id=actor_id)


def _refuse_unfit(account: Account, actor: Account, now: datetime) -> None:
    if actor.id == account.id:
        raise Refused(_l("This is your own second factor: remove it in your settings, with a code. Nothing changed."))
    if not outranks(actor, account.id, company_time.day_of(now)):
        raise Refused(
            _l("This person holds roles that you do not hold yourself. Nothing changed; ask somebody who holds them.")
        )


def _forget(account: Account) -> None:
    for model in (RecoveryCode, AccountFactor):
        db.session.execute(sa.delete(model).where(model.account_id == account.id))


def _end_others(account: Account, now: datetime) -> None:
    renew_session(account, now)
    end_sessions(account, actor_id=account.id, keep=account.current)


def mark_told(removal: FactorRemoval, now: datetime) -> None:
    """Of several removals the newest is told; with it all are known."""
    untold = sa.update(FactorRemoval).where(
        FactorRemoval.account_id == removal.account_id, FactorRemoval.told_at.is_(None)
    )
    db.session.execute(untold.values(told_at=now))


def require_of(roles: list[str], actor_id: int) -> None:
    set_company("factor_roles", roles, actor_id=actor_id)
