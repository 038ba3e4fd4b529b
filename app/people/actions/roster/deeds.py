"""What the audit log says about each person who is written."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from app.core import audit
from app.people.actions.roster.changes import PersonChange, Work


def deeds_of(change: PersonChange, ids: Mapping[str, int], accounts: Mapping[str, int]) -> Iterable[audit.Deed]:
    employee_id = ids[change.key]
    if change.before != change.after:
        action = (
            ("employee.corrected" if change.corrects else "employee.changed") if change.before else "employee.added"
        )
        before = asdict(change.before) if change.before else {}
        yield audit.Deed(action, "employee", employee_id, before, asdict(change.after))
    for start, span in change.work_after.items():
        if (was := change.work_before.get(start)) != span and change.before:
            old = _facts(was.value, was.ends_on, ids) if was else {}
            new = _facts(span.value, span.ends_on, ids) | {"starts_on": start}
            action = "assignment.corrected" if change.corrects else "assignment.changed"
            yield audit.Deed(action, "employee", employee_id, old, new)
    for start in change.work_before.keys() - change.work_after.keys():
        gone = change.work_before[start]
        old = _facts(gone.value, gone.ends_on, ids) | {"starts_on": start}
        yield audit.Deed("assignment.removed", "employee", employee_id, old)
    for role, unit_id in change.roles if change.key in accounts else ():
        yield audit.Deed("role.granted", "account", accounts[change.key], {}, {"role": role.value, "unit_id": unit_id})


def _facts(work: Work, ends_on: date | None, ids: Mapping[str, int]) -> dict[str, Any]:
    manager = ids[work.manager] if work.manager else None
    return {"unit_id": work.unit_id, "job": work.job, "line_manager_id": manager, "ends_on": ends_on}
