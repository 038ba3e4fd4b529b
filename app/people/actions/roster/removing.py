"""Taking people away whom an import brought by mistake, with all that came with them.

Only whom nothing refers to: who has worked here leaves by a last day, and whose data must go is erased (privacy).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.database import some_of
from app.extensions import db
from app.people.actions.head_counts import recount
from app.people.actions.roster.changes import Bringing
from app.people.models import Account, Assignment, Employee, EmployeeWord, Grant, ImportWrite


@dataclass(frozen=True)
class Removal:
    """Somebody who was brought in; the account that was made for them goes too, one that was there already stays."""

    employee_id: int
    account_id: int | None
    units: frozenset[int]


def remove_people(removals: Collection[Removal], by: Bringing) -> None:
    """The log keeps that they came and went, and when, and forgets what they are called."""
    people = [each.employee_id for each in removals]
    accounts = [each.account_id for each in removals if each.account_id is not None]
    for kind, ids in (("employee", people), ("account", accounts)):
        _forget(kind, ids)
    deeds = [audit.Deed("employee.removed", "employee", employee_id) for employee_id in people]
    audit.record_many(deeds, actor_id=by.actor_id)
    # First all that refers to people: one of them may be the line manager of another.
    for some in some_of(people):
        _run(sa.delete(Assignment).where(Assignment.employee_id.in_(some)))
        _run(sa.delete(EmployeeWord).where(EmployeeWord.employee_id.in_(some)))
        _run(sa.delete(ImportWrite).where(ImportWrite.employee_id.in_(some)))
    remove_accounts(accounts)
    for some in some_of(people):
        _run(sa.update(Account).where(Account.employee_id.in_(some)).values(employee_id=None))
        _run(sa.delete(Employee).where(Employee.id.in_(some)))
    recount({unit for each in removals for unit in each.units}, by.today)
    db.session.expire_all()


def _forget(kind: str, ids: Collection[int]) -> None:
    """Nobody could ask for it later: who is not here any more cannot be erased."""
    for some in some_of(ids):
        about = audit.personal_values(
            sa.and_(audit.AuditEntry.subject_kind == kind, audit.AuditEntry.subject_id.in_(some))
        )
        audit.forget_values(db.session.scalars(about).all())


def remove_accounts(account_ids: Collection[int]) -> None:
    """With the roles that came with them."""
    for some in some_of(account_ids):
        _run(sa.delete(Grant).where(Grant.account_id.in_(some)))
        _run(sa.delete(Account).where(Account.id.in_(some)))


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
