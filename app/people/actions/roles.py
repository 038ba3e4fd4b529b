"""Giving a role and ending it. The row stays for good: who gave it, who ended it, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.administrators import never_without_administrator
from app.people.actions.granting import Rights
from app.people.models import Account, Grant, Unit, UnitVersion

NOT_YOURS = _l(
    "Nobody gives or ends a role that they do not hold themselves, beyond their own units, or for themselves. "
    "Nothing was changed; ask an administrator of a unit above."
)


@dataclass(frozen=True)
class Term:
    """From a day until a day, and why. `ends_on` is the first day on which it no longer holds."""

    starts_on: date
    ends_on: date | None
    reason: str

    @property
    def last_day(self) -> date:
        return date.max if self.ends_on is None else self.ends_on - timedelta(days=1)


@dataclass(frozen=True)
class Act:
    """Who acts, and when."""

    actor: Account | None
    now: datetime
    today: date


def give_role(act: Act, account: Account, role: Role, unit: Unit, term: Term) -> Grant:
    """Raises Refused where the actor may not, the unit is not open, or the role is held on one of these days."""
    one_at_a_time()  # of two who give the same at the same moment, the second sees the first
    rights = Rights(act.actor, act.today, [unit.id])
    if not rights.may_grant(role, unit.id, account.id):
        raise Refused(NOT_YOURS)
    if not account.is_active:
        raise Refused(_l("This person can no longer sign in, so no role was given."))
    _refuse_closed(unit, term)
    _refuse_overlap(account, role, unit, term)
    lenders = rights.acting_for(role, unit.id, account.id)
    grant = Grant(
        account=account,
        role=role,
        unit=unit,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        reason=term.reason,
        granted_at=act.now,
        granted_by_id=act.actor.id if act.actor else None,
        granted_for_id=min(lenders, default=None),  # a row has one place; the log names all
    )
    db.session.add(grant)
    db.session.flush()
    facts = _facts(grant) | {"starts_on": grant.starts_on, "reason": grant.reason}
    after = facts | {audit.ACTING_FOR: lenders}
    audit.record("role.granted", "account", account.id, actor_id=grant.granted_by_id, after=after)
    return grant


def endable(act: Act, grants: Sequence[Grant]) -> set[int]:
    """Ids of those that the actor may end, and that have not ended yet."""
    lasting = [each for each in grants if each.ends_on is None or each.ends_on > max(act.today, each.starts_on)]
    if not lasting:
        return set()
    rights = Rights(act.actor, act.today, {grant.unit_id for grant in lasting})
    return {grant.id for grant in lasting if _may_end(rights, grant)}


def end_role(act: Act, grant_id: int, ends_on: date, reason: str) -> Grant:
    """From that day on it is no longer held. What begins that day or later holds on no day at all."""
    with never_without_administrator(act.today):
        grant = held(sa.select(Grant).where(Grant.id == grant_id))
        if grant is None or (grant.ends_on is not None and grant.ends_on <= max(ends_on, act.today)):
            raise Refused(_l("This role has ended, or ends by then already. Nothing was changed."))
        rights = Rights(act.actor, act.today, [grant.unit_id])
        if not _may_end(rights, grant):
            raise Refused(NOT_YOURS)
        before = {"ends_on": grant.ends_on}
        grant.ends_on = max(ends_on, act.today, grant.starts_on)
        grant.ended_at, grant.end_reason = act.now, reason
        grant.ended_by_id = act.actor.id if act.actor else None
        is_own = rights.is_actor(grant.account_id)
        lenders = () if is_own else rights.acting_for(grant.role, grant.unit_id, grant.account_id)
        grant.ended_for_id = min(lenders, default=None)
    after = _facts(grant) | {"reason": reason, audit.ACTING_FOR: lenders}
    audit.record("role.ended", "account", grant.account_id, actor_id=grant.ended_by_id, before=before, after=after)
    return grant


def _may_end(rights: Rights, grant: Grant) -> bool:
    """One's own role, one may always give back."""
    return rights.is_actor(grant.account_id) or rights.may_grant(grant.role, grant.unit_id, grant.account_id)


def _refuse_closed(unit: Unit, term: Term) -> None:
    open_then = sa.select(UnitVersion.id).where(UnitVersion.unit_id == unit.id, UnitVersion.holding_on(term.starts_on))
    if db.session.scalar(open_then.limit(1)) is None:
        raise Refused(
            _l("This unit is not open on the first day. No role was given; choose another day or another unit.")
        )


def _refuse_overlap(account: Account, role: Role, unit: Unit, term: Term) -> None:
    same = sa.select(Grant.id).where(Grant.account_id == account.id, Grant.role == role, Grant.unit_id == unit.id)
    at_all = sa.or_(Grant.ends_on.is_(None), Grant.starts_on < Grant.ends_on)
    meets = same.where(at_all, Grant.holding_within(term.starts_on, term.last_day))
    if db.session.scalar(meets.limit(1)) is not None:
        raise Refused(
            _l(
                "This person holds this role on this unit on some of these days already. Nothing was given twice; "
                "choose days that begin after it ends."
            )
        )


def _facts(grant: Grant) -> dict[str, Any]:
    return {"role": grant.role.value, "unit": grant.unit.code, "ends_on": grant.ends_on}
