"""In whose place somebody acts. What is lent to whom is known by a feature, which `create_app` binds here (B4).

It stands among the values of an entry, bound into the chain like them, and is a fact: neither retention nor erasure
takes it away.
"""

from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa
from flask import Flask, current_app

from app.core.audit.models import AuditEntry, AuditValue
from app.core.permissions import EVERYBODY, Permission, exercised

ACTING_FOR = "acting_for_id"
Subject = tuple[str, int | None]
Lenders = Callable[[int, Permission, Sequence[Subject]], Sequence[Sequence[int]]]


def bind_lenders(app: Flask, lenders: Lenders) -> None:
    app.extensions["lenders"] = lenders


def in_place_of(account_ids: Collection[int] | sa.Select[str]) -> sa.ColumnElement[bool]:
    """Entries of what deputies did in the place of these people."""
    wanted = account_ids if isinstance(account_ids, sa.Select) else [str(each) for each in account_ids]
    field = AuditValue.field == sa.literal(ACTING_FOR, literal_execute=True)  # in plain sight, for the index
    return AuditEntry.id.in_(sa.select(AuditValue.entry_id).where(field, AuditValue.after.in_(wanted)))


def acting_for(actor_id: int | None, subjects: Sequence[Subject]) -> Sequence[Sequence[int]]:
    """For each thing that is acted on: whose deputy the actor is in this; nobody's where it is her own right."""
    permission = exercised()
    if actor_id is None or permission is None or permission in EVERYBODY:
        return [()] * len(subjects)
    lenders: Lenders = current_app.extensions["lenders"]
    return lenders(actor_id, permission, subjects)
