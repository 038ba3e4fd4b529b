"""Who may give which role on which unit: nobody more than they hold, beyond their subtree, or to themselves (B2).

The one door, for pages, imports and programs. A deputy acts with what is lent to her, but never for the person who
lent it: nobody approves their own (B4).
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core import company_time
from app.core.database import is_writing
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.extensions import db
from app.people.models import Account, UnitTree, given

Held = dict[int, frozenset[Permission]]


class Rights:
    """All that an actor holds, by unit. Without an actor (the operator at the command line) it is everything.

    `units`: only what reaches these, for a page that asks about one or two.
    """

    def __init__(self, actor: Account | None, today: date, units: Collection[int] | None = None) -> None:
        self._actor = actor
        self._own: Held = {}
        self._lent: dict[int, Held] = {}  # by the account of whoever is absent
        for unit_id, role, for_id in _held_roles(actor, today, units) if actor else ():
            held = self._own if for_id is None else self._lent.setdefault(for_id, {})
            held[unit_id] = held.get(unit_id, frozenset()) | ROLE_PERMISSIONS[role]

    def may_grant(self, role: Role, unit_id: int, account_id: int | None) -> bool:
        """Give this role there, or end it. `account_id` is None while the account is not yet made."""
        if self._actor is None:
            return True
        needed = ROLE_PERMISSIONS[role] | {Permission.ROLE_GRANT}
        return account_id != self._actor.id and needed <= self._on(unit_id, without=account_id)

    def acting_for(self, role: Role, unit_id: int, *about: int) -> tuple[int, ...]:
        """Whose deputy the actor is in this: everybody who lends what is missing there; nobody where nothing is.

        `about`: accounts that it is done to, whose own loans do not count (`may_grant`). Where no loan is enough by
        itself, all that help.
        """
        own = self._own.get(unit_id, frozenset())
        missing = (ROLE_PERMISSIONS[role] | {Permission.ROLE_GRANT}) - own
        if self._actor is None or not missing:
            return ()
        lent = {each: held.get(unit_id, frozenset()) & missing for each, held in sorted(self._lent.items())}
        enough = [each for each, held in lent.items() if held == missing and each not in about]
        return tuple(enough or [each for each, held in lent.items() if held])

    def outrank(self, grants: Iterable[tuple[Role, int]], *, of: int | None = None) -> bool:
        """Whether the actor holds all that somebody with these grants (role, unit) holds.

        `of`: the account that is acted on; what it has lent to the actor does not count.
        """
        held = ((ROLE_PERMISSIONS[role], self._on(unit_id, without=of)) for role, unit_id in grants)
        return self._actor is None or all(needed <= there for needed, there in held)

    def is_actor(self, account_id: int | None) -> bool:
        return self._actor is not None and self._actor.id == account_id

    def _on(self, unit_id: int, without: int | None = None) -> frozenset[Permission]:
        lent = (held.get(unit_id, frozenset()) for lender, held in self._lent.items() if lender != without)
        return self._own.get(unit_id, frozenset()).union(*lent)


def may_grant(actor: Account | None, role: Role, unit_id: int, account_id: int | None, today: date) -> bool:
    return Rights(actor, today, [unit_id]).may_grant(role, unit_id, account_id)


def _held_roles(actor: Account, today: date, units: Collection[int] | None) -> Iterable[Any]:
    """As (unit, role, for whom). A page that only looks has most of it in memory; who writes asks anew."""
    if units is not None and not is_writing() and today == company_time.today():
        above = actor.reach.above(units)
        return [
            (unit, each.role, each.for_id)
            for unit in above
            for each in actor.reach.given
            if each.unit_id in above[unit]
        ]
    held = given(actor.id, today).subquery()
    reached = sa.select(UnitTree.descendant_id, held.c.role, held.c.for_id).join(
        held, held.c.unit_id == UnitTree.ancestor_id
    )
    return db.session.execute(reached if units is None else reached.where(UnitTree.descendant_id.in_(units)))
