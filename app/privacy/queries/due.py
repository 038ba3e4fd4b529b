"""What is older than a rule of retention allows."""

from datetime import date, datetime

import sqlalchemy as sa

from app.core.audit import AuditEntry, AuditValue
from app.people.models import Employee
from app.privacy.models import Erasure


def leavers_before(day: date) -> sa.Select[int]:
    """Employees who had left by that day and are not erased yet."""
    erased = sa.select(Erasure.id).where(Erasure.employee_id == Employee.id)
    return sa.select(Employee.id).where(Employee.ends_on <= day, ~erased.exists()).order_by(Employee.id)


def values_before(moment: datetime) -> sa.Select[int]:
    """Values of the log that are still there."""
    old = sa.select(AuditValue.id).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    return old.where(AuditEntry.at < moment, AuditValue.salt.is_not(None)).order_by(AuditValue.id)
