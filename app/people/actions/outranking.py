"""Whose account is in somebody's hands: nobody's with more rights than their own, and not their own (A5)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.core.permissions import Role
from app.extensions import db
from app.people.actions.granting import Rights
from app.people.models import Account, AccountFactor, Deputyship, Grant


def may_open_for(actor: Account, accounts: Sequence[Account], today: date) -> list[Account]:
    """Those of them. Roles that begin later count too, own or lent: the password of today is that of tomorrow."""
    rights, held = Rights(actor, today), _grants([each.id for each in accounts], today)
    return [
        each for each in accounts if not rights.is_actor(each.id) and rights.outrank(held.get(each.id, ()), of=each.id)
    ]


def without_factor(accounts: Sequence[Account]) -> list[Account]:
    """Slips are for these: a factor is there so that one thing alone opens nothing."""
    protected = set(
        db.session.scalars(
            sa.select(AccountFactor.account_id).where(AccountFactor.account_id.in_([each.id for each in accounts]))
        )
    )
    return [each for each in accounts if each.id not in protected]


def _grants(account_ids: Sequence[int], today: date) -> dict[int, list[tuple[Role, int]]]:
    lasting = sa.or_(Grant.ends_on.is_(None), Grant.ends_on > today)
    own = sa.select(Grant.account_id, Grant.role, Grant.unit_id).where(Grant.account_id.in_(account_ids), lasting)
    lent = (
        sa.select(Deputyship.deputy_id, Grant.role, Grant.unit_id)
        .join(Grant, sa.and_(Grant.account_id == Deputyship.absent_id, Grant.role == Deputyship.role))
        .where(Deputyship.deputy_id.in_(account_ids), Deputyship.ends_on > today, lasting)
    )
    found: dict[int, list[tuple[Role, int]]] = {}
    for account_id, role, unit_id in db.session.execute(sa.union_all(own, lent)):
        found.setdefault(account_id, []).append((role, unit_id))
    return found
