"""Whose account is in somebody's hands: nobody's with more rights than their own, and not their own (A5).

What makes somebody's way in one's own: links, slips, tokens, their address, their factor. All ask here.
"""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from app.core.database import is_writing
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.granting import Rights
from app.people.models import Account, AccountFactor, Deputyship, Grant, UnitTree

Coming = dict[int, set[tuple[Role, int]]]

FEW = 500  # accounts that are named in one statement; of more, all are asked for


def may_open_for(actor: Account, accounts: Sequence[Account], today: date) -> list[Account]:
    """Those of them. Roles that begin later count too, own or lent: the password of today is that of tomorrow."""
    ids = [each.id for each in accounts]
    if is_writing() or len(ids) > FEW:
        rights, held = Rights(actor, today), coming_roles(today, ids)
    else:
        held = _seen(actor, today, ids)
        rights = Rights(actor, today, {unit_id for roles in held.values() for _role, unit_id in roles})
    return [
        each for each in accounts if not rights.is_actor(each.id) and rights.outrank(held.get(each.id, ()), of=each.id)
    ]


def outranks(actor: Account, account_id: int, today: date) -> bool:
    """Whether the actor holds all that this account holds or will hold, without what it lends to the actor."""
    held = coming_roles(today, [account_id]).get(account_id, ())
    return Rights(actor, today).outrank(held, of=account_id)


def without_factor(accounts: Sequence[Account]) -> list[Account]:
    """Slips are for these: a factor is there so that one thing alone opens nothing."""
    having = sa.select(AccountFactor.account_id)
    if len(accounts) <= FEW:
        having = having.where(AccountFactor.account_id.in_([each.id for each in accounts]))
    protected = set(db.session.scalars(having))
    return [each for each in accounts if each.id not in protected]


def coming_roles(today: date, account_ids: Collection[int] | None = None) -> Coming:
    """By account, with the unit: roles that are held or will be, own and lent. Of many who are asked about, and without
    `account_ids`, of everybody.
    """
    found: Coming = {}
    for account_id, role, unit_id in db.session.execute(_coming(today, account_ids)):
        found.setdefault(account_id, set()).add((role, unit_id))
    return found


def _seen(actor: Account, today: date, account_ids: Collection[int]) -> Coming:
    """The same for a page that only looks: one question, which also tells the actor's rights where those units hang."""
    coming = _coming(today, account_ids).subquery()
    placed = sa.select(coming, UnitTree.ancestor_id).outerjoin(UnitTree, UnitTree.descendant_id == coming.c.unit_id)
    found: Coming = {}
    above: dict[int, set[int]] = {}
    for account_id, role, unit_id, ancestor_id in db.session.execute(placed):
        found.setdefault(account_id, set()).add((role, unit_id))
        above.setdefault(unit_id, set()).add(ancestor_id)
    actor.reach.learn(above)
    return found


def _coming(today: date, account_ids: Collection[int] | None) -> sa.CompoundSelect[int, Role, int]:
    own = sa.select(Grant.account_id, Grant.role, Grant.unit_id).where(_lasts(Grant, today))
    lent = sa.select(Deputyship.deputy_id, Deputyship.role, Deputyship.unit_id).where(_lasts(Deputyship, today))
    if account_ids is not None and len(account_ids) <= FEW:
        own, lent = own.where(Grant.account_id.in_(account_ids)), lent.where(Deputyship.deputy_id.in_(account_ids))
    return sa.union_all(own, lent)


def _lasts(table: type[Grant | Deputyship], today: date) -> sa.ColumnElement[bool]:
    return sa.or_(table.ends_on.is_(None), sa.and_(table.ends_on > today, table.ends_on > table.starts_on))
