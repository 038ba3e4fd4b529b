"""What must never be on the roster, and who may change which part of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from app.core.imports import N_, Message, Outcome, Refusal
from app.core.nearest import Nearest
from app.core.unit_cells import why_no_unit
from app.people.actions.administrators import would_be_without
from app.people.actions.granting import Rights
from app.people.actions.roster import PersonChange, Work
from app.people.chart.versions import key_of
from app.people.days.managers import is_above_itself
from app.people.days.timeline import Span, Timeline, covers, overlaps, start_at
from app.people.imports.employee_plan import EmployeePlan
from app.people.imports.employee_rows import EmployeeRow

CLOSED = N_("This unit is not open on every day of this row.")
NO_MANAGER = N_(
    "There is nobody with this e-mail address or number, neither in the file nor here, or their row was refused."
)
OWN_MANAGER = N_("Nobody is their own manager. Name somebody else, or leave the cell empty.")
MANAGER_LOOP = N_(
    "This person leads, directly or through others, whoever would lead them. Name another line manager in one of the "
    "rows."
)
OVERLAP = N_("The last day reaches into the next row of the same person.")
EMAIL_TAKEN = N_("This e-mail address belongs to the account of somebody else.")
NOT_YOURS = N_("You may not change people of this unit: it is not below a unit on which you hold that right.")
NO_SUCH_GRANT = N_(
    "You may not give this role there: nobody gives more than they hold, beyond their own units, or to themselves."
)
NOT_BY_PROGRAM = N_(
    "Roles are not given by programs: leave them out here, and give them on the screen, which asks for the password "
    "again."
)
MORE_RIGHTS = N_("This person holds more rights than you, so you may not change how or until when they sign in.")

LAST_ADMINISTRATOR = N_("This would leave the company without an administrator. Give somebody else the role first.")


@dataclass(frozen=True)
class Bounds:
    """What the importer may do. `reach` holds the units whose people they may bring; None: all."""

    rights: Rights
    reach: frozenset[int] | None
    gives_roles: bool = True


def faults(plan: EmployeePlan, bounds: Bounds) -> list[Refusal]:
    """What is wrong, causes before effects: who suffers from a refused row is judged again without it."""
    if found := list(_faults_of_rows(plan)):
        return found
    if found := [fault for row in plan.rows if (fault := _fault_of_dates(plan, row))]:
        return found
    if found := _faults_of_loops(plan):
        return found
    if found := _faults_of_last_administrators(plan):
        return found
    return [fault for row in plan.rows if (fault := _fault_of_rights(plan, row, bounds))]


def _faults_of_rows(plan: EmployeePlan) -> Iterator[Refusal]:
    units = plan.roster.tree.ids
    nearest = Nearest(plan.roster.tree.codes.values())
    for row in plan.rows:
        manager = plan.manager_key(row)
        if key_of(row.unit) not in units:
            yield _no_unit(row, "unit_code", row.unit, nearest)
        elif row.manager and manager is None:
            yield _refusal(row, "manager", row.manager, NO_MANAGER)
        elif row.manager and manager == plan.keys[row.line]:
            yield _refusal(row, "manager", row.manager, OWN_MANAGER)
        elif missing := [code for _, code in row.roles if key_of(code) not in units]:
            yield _no_unit(row, "role", missing[0], nearest)


def _no_unit(row: EmployeeRow, column: str, code: str, nearest: Nearest) -> Refusal:
    return Refusal(row.line, column, code, why_no_unit(code, nearest))


def _fault_of_dates(plan: EmployeePlan, row: EmployeeRow) -> Refusal | None:
    change, start = plan.changes[plan.keys[row.line]], plan.starts[row.line]
    brought = {start: Span(row.ends_on, plan.work(row))}
    if overlaps(brought, change.work_after, start):
        return _refusal(row, "ends_on", str(row.ends_on), OVERLAP)
    if not covers(plan.roster.tree.versions[key_of(row.unit)], start, change.work_after[start].ends_on):
        return _refusal(row, "unit_code", row.unit, CLOSED)
    owner = plan.roster.loose_accounts.get(row.email)
    if owner is not None and change.account_id != owner:
        return _refusal(row, "email", row.email, EMAIL_TAKEN)
    return None


def _faults_of_loops(plan: EmployeePlan) -> list[Refusal]:
    """Rows by which somebody would come to be above themselves, however many are between."""
    found = []
    for row in plan.rows:
        change = plan.changes[plan.keys[row.line]]
        new = {start: span for start, span in change.work_after.items() if change.work_before.get(start) != span}
        if row.manager and is_above_itself(change.key, _managers(new), partial(_managers_in, plan)):
            found.append(_refusal(row, "manager", row.manager, MANAGER_LOOP))
    return found


def _managers_in(plan: EmployeePlan, key: str) -> Timeline[str | None]:
    return _managers(plan.changes[key].work_after if key in plan.changes else plan.roster.work.get(key, {}))


def _managers(work: Timeline[Work]) -> Timeline[str | None]:
    return {start: Span(span.ends_on, span.value.manager) for start, span in work.items()}


def _faults_of_last_administrators(plan: EmployeePlan) -> list[Refusal]:
    """Who leaves earlier than was known, where nobody who stays would be administrator of the company."""
    leaving = {
        change.employee_id: change.after.ends_on
        for change in plan.changes.values()
        if change.employee_id is not None and change.before and change.before.ends_on != change.after.ends_on
    }
    if not leaving or not would_be_without(leaving, plan.today):
        return []
    administrators = plan.roster.administrators
    return [
        _refusal(row, "ends_on", str(row.ends_on or ""), LAST_ADMINISTRATOR)
        for row in plan.rows
        if (change := plan.changes[plan.keys[row.line]]).employee_id in leaving and change.account_id in administrators
    ]


def _fault_of_rights(plan: EmployeePlan, row: EmployeeRow, bounds: Bounds) -> Refusal | None:
    change = plan.changes[plan.keys[row.line]]
    for role, unit_id in plan.new_roles(row):
        if not bounds.gives_roles:
            return _refusal(row, "role", role.value, NOT_BY_PROGRAM)
        if not bounds.rights.may_grant(role, unit_id, change.account_id):
            return _refusal(row, "role", role.value, NO_SUCH_GRANT)
    if plan.outcome(row) is Outcome.UNCHANGED:
        return None
    if _touches_entry(plan, change) and not _may_touch(plan, change, bounds):
        column = "ends_on" if change.before and change.before.email == change.after.email else "email"
        return _refusal(row, column, row.email if column == "email" else str(row.ends_on or ""), MORE_RIGHTS)
    if bounds.reach is not None and not _units_of(plan, change, row) <= bounds.reach:
        return _refusal(row, "unit_code", row.unit, NOT_YOURS)
    return None


def _touches_entry(plan: EmployeePlan, change: PersonChange) -> bool:
    """A new address, a new tie to an account, or a last day: each decides who can sign in."""
    if change.account_id is None:
        return False
    before = change.before
    if before is None or change.key not in plan.roster.accounts:
        return True
    return before.email != change.after.email or before.ends_on != change.after.ends_on


def _may_touch(plan: EmployeePlan, change: PersonChange, bounds: Bounds) -> bool:
    account_id = change.account_id
    if account_id is None or bounds.rights.is_actor(account_id):
        return True
    return bounds.rights.outrank(plan.roster.rights.get(account_id, set()), of=account_id)


def _units_of(plan: EmployeePlan, change: PersonChange, row: EmployeeRow) -> set[int]:
    """Where the row puts the person, and where they work now."""
    units = {plan.roster.tree.ids[key_of(row.unit)]}
    known = start_at(change.work_before, plan.today) or plan.roster.start_of_work(change.key, plan.today)
    return units | {change.work_before[known].value.unit_id} if known else units


def _refusal(row: EmployeeRow, column: str, value: str, sentence: str) -> Refusal:
    return Refusal(row.line, column, value, Message(sentence))
