"""What has changed since a moment: what the log wrote down since then, and what came into force by its date."""

from datetime import date, datetime

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.company_time import day_of
from app.people.models import Assignment, Employee, Unit, UnitVersion


def units_changed(since: datetime, today: date) -> sa.ColumnElement[bool]:
    begun_or_ended = sa.or_(
        UnitVersion.starts_on.between(day_of(since), today), UnitVersion.ends_on.between(day_of(since), today)
    )
    dated = sa.select(UnitVersion.unit_id).where(begun_or_ended)
    return sa.or_(Unit.id.in_(dated), Unit.id.in_(_written("unit", since)))


def employees_changed(since: datetime, today: date) -> sa.ColumnElement[bool]:
    first = day_of(since)
    moved = sa.or_(Assignment.starts_on.between(first, today), Assignment.ends_on.between(first, today))
    return sa.or_(
        Employee.id.in_(sa.select(Assignment.employee_id).where(moved)),
        Employee.starts_on.between(first, today),
        Employee.ends_on.between(first, today),
        Employee.id.in_(_written("employee", since)),
    )


def _written(kind: str, since: datetime) -> sa.Select[int | None]:
    return sa.select(AuditEntry.subject_id).where(
        AuditEntry.subject_kind == kind, AuditEntry.at >= since, AuditEntry.subject_id.is_not(None)
    )
