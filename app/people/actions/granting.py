"""Who may give which role on which unit: nobody more than they hold, beyond their subtree, or to themselves (B2)."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.extensions import db
from app.people.models import Account, Grant, UnitTree


class Rights:
    """All that an actor holds, by unit. Without an actor (the operator at the command line) it is everything."""

    def __init__(self, actor: Account | None, today: date) -> None:
        self._actor = actor
        self._held: dict[int, frozenset[Permission]] = {}
        for unit_id, role in db.session.execute(_held_roles(actor, today)) if actor else ():
            self._held[unit_id] = self._held.get(unit_id, frozenset()) | ROLE_PERMISSIONS[role]

    def may_grant(self, role: Role, unit_id: int, account_id: int | None) -> bool:
        """`account_id` is None while the account is not yet made."""
        if self._actor is None:
            return True
        return account_id != self._actor.id and self._reach(role, unit_id)

    def outrank(self, grants: Iterable[tuple[Role, int]]) -> bool:
        """Whether the actor holds all that somebody with these grants (role, unit) holds."""
        return self._actor is None or all(self._reach(role, unit_id) for role, unit_id in grants)

    def is_actor(self, account_id: int | None) -> bool:
        return self._actor is not None and self._actor.id == account_id

    def _reach(self, role: Role, unit_id: int) -> bool:
        return ROLE_PERMISSIONS[role] <= self._held.get(unit_id, frozenset())


def may_grant(actor: Account | None, role: Role, unit_id: int, account_id: int | None, today: date) -> bool:
    return Rights(actor, today).may_grant(role, unit_id, account_id)


def _held_roles(actor: Account, today: date) -> sa.Select[int, Role]:
    granted = sa.select(UnitTree.descendant_id, Grant.role).join(Grant, Grant.unit_id == UnitTree.ancestor_id)
    return granted.where(Grant.account_id == actor.id, Grant.holding_on(today))
