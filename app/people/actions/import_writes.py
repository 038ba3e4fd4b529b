"""Units and people as plain values, to be kept beside an import and compared with how they stand later."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.database import some_of
from app.extensions import db
from app.imports.models import DataImport
from app.people.actions.roster import Bringing
from app.people.models import Account, Assignment, Employee, Grant, ImportWrite, Unit, UnitVersion

State = dict[str, Any]
AT_ONCE = 1000
PERSON = ("number", "email", "name", "language", "time_zone", "starts_on", "ends_on")
WORK = ("starts_on", "ends_on", "unit_id", "job", "line_manager_id")


def unit_states(ids: Collection[int]) -> dict[int, State]:
    found: dict[int, State] = {}
    columns = (
        UnitVersion.starts_on, UnitVersion.ends_on, UnitVersion.name, UnitVersion.kind, UnitVersion.parent_id,
        UnitVersion.country, UnitVersion.location,
    )  # fmt: skip
    for some in some_of(ids):
        for unit_id, code in db.session.execute(sa.select(Unit.id, Unit.code).where(Unit.id.in_(some))):
            found[unit_id] = {"code": code, "versions": []}
        rows = sa.select(UnitVersion.unit_id, *columns).where(UnitVersion.unit_id.in_(some))
        for unit_id, *version in db.session.execute(rows.order_by(UnitVersion.starts_on)):
            found[unit_id]["versions"].append([_plain(each) for each in version])
    return found


def employee_states(ids: Collection[int]) -> dict[int, State]:
    found: dict[int, State] = {}
    columns = [getattr(Employee, name) for name in PERSON]
    work = [getattr(Assignment, name) for name in WORK]
    for some in some_of(ids):
        for employee_id, *person in db.session.execute(sa.select(Employee.id, *columns).where(Employee.id.in_(some))):
            found[employee_id] = {"person": [_plain(each) for each in person], "work": [], "account": None}
        rows = sa.select(Assignment.employee_id, *work).where(Assignment.employee_id.in_(some))
        for employee_id, *each in db.session.execute(rows.order_by(Assignment.starts_on)):
            found[employee_id]["work"].append([_plain(value) for value in each])
        accounts = sa.select(Account.employee_id, Account.id).where(Account.employee_id.in_(some))
        for employee_id, account_id in db.session.execute(accounts):
            if employee_id is not None:
                found[employee_id]["account"] = account_id
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value) if isinstance(value, str) else value


def made_with(after: Mapping[int, State], known_accounts: Collection[int], by: Bringing) -> dict[int, State]:
    """By employee: the account that was made for them, and the roles that were given with it."""
    made: dict[int, State] = {}
    owners = {state["account"]: employee_id for employee_id, state in after.items() if state["account"]}
    for employee_id, state in after.items():
        is_new = state["account"] is not None and state["account"] not in known_accounts
        made[employee_id] = {"account": state["account"] if is_new else None, "grants": []}
    mine = Grant.granted_by_id == by.actor_id if by.actor_id else Grant.granted_by_id.is_(None)
    for some in some_of(owners):
        given = sa.select(Grant.id, Grant.account_id).where(
            Grant.account_id.in_(some), Grant.granted_at == by.now, mine
        )
        for grant_id, account_id in db.session.execute(given):
            made[owners[account_id]]["grants"].append(grant_id)
    return made


def remember(import_id: int, column: str, rows: Sequence[dict[str, Any]]) -> None:
    """`rows`: id, line, before, after and what was made; of what has not changed nothing is kept."""
    last = db.session.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0
    kept = [
        {"import_id": import_id, "last_entry": last, column: row["id"], "made": row.get("made") or {},
         "line": row["line"], "before": row["before"], "after": row["after"]}
        for row in rows
        if row["before"] != row["after"] or (row.get("made") or {}).get("grants")
    ]  # fmt: skip
    for start in range(0, len(kept), AT_ONCE):
        db.session.execute(sa.insert(ImportWrite), kept[start : start + AT_ONCE])


def writes_before(moment: datetime) -> sa.ColumnElement[bool]:
    return ImportWrite.import_id.in_(sa.select(DataImport.id).where(DataImport.created_at < moment))


def forget_writes(moment: datetime) -> None:
    """From then on these imports can no longer be undone."""
    db.session.execute(sa.delete(ImportWrite).where(writes_before(moment)).execution_options(synchronize_session=False))
