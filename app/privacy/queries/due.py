"""What is older than a rule of retention allows."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.core import retention
from app.core.audit import ACTING_FOR, AuditEntry, AuditValue
from app.extensions import db
from app.people.models import Assignment, Employee
from app.privacy.models import Erasure

_RETURN = sa.exists().where(Assignment.employee_id == Employee.id, Assignment.starts_on >= Employee.ends_on)


def leavers_before(day: date) -> sa.Select[int]:
    """Employees who had left by that day, are not to come back, and are not erased yet."""
    erased = sa.select(Erasure.id).where(Erasure.employee_id == Employee.id)
    return sa.select(Employee.id).where(Employee.ends_on <= day, ~_RETURN, ~erased.exists()).order_by(Employee.id)


def is_to_come_back(employee_id: int) -> bool:
    """Whether work is written down that begins after the last day."""
    return db.session.scalar(sa.select(Employee.id).where(Employee.id == employee_id, _RETURN)) is not None


def values_before(moment: datetime) -> sa.Select[int]:
    """Values of the log that are still there."""
    old = sa.select(AuditValue.id).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    worn = AuditEntry.at < moment, AuditValue.salt.is_not(None), AuditValue.field != ACTING_FOR
    return old.where(*worn).order_by(AuditValue.id)


def due_under(days: Mapping[str, int | None], now: datetime) -> dict[str, int]:
    """How much each rule would take away tonight, were these its days."""
    rules = retention.rules()
    counted = {name: wanted for name, wanted in days.items() if wanted is not None}
    return {
        name: db.session.scalar(rules[name].due(now - timedelta(days=wanted))) or 0 for name, wanted in counted.items()
    }
