"""What the log holds about somebody goes, and the log stays whole: facts stay, and so do the commitments of values."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.core.audit.models import AuditEntry, AuditValue
from app.core.audit.standing_in import ACTING_FOR
from app.core.database import some_of
from app.extensions import db

FACTS = ("role", "unit", "unit_id", "starts_on", "ends_on", "sessions", "job", "line_manager_id", ACTING_FOR)


def personal_values(about: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Of entries about somebody the values that are no plain facts; `about`: which entries."""
    told = sa.select(AuditValue.id).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    return told.where(AuditValue.salt.is_not(None), about, AuditValue.field.not_in(FACTS)).order_by(AuditValue.id)


def forget_values(value_ids: Sequence[int]) -> int:
    """Their commitments stay, so the chain of the log does too."""
    emptied = sa.update(AuditValue).values(before=None, after=None, salt=None)
    for some in some_of(value_ids):
        db.session.execute(emptied.where(AuditValue.id.in_(some)).execution_options(synchronize_session=False))
    return len(value_ids)
