"""Import of people: the whole file is judged before any of it is taken, because managers stand in it too."""

from collections.abc import Iterable, Iterator

from app.core import company_time
from app.core.imports import Accepted, ImportContext, Outcome, Question, Refusal, RowRefused
from app.core.permissions import Permission
from app.core.rows import Row
from app.extensions import db
from app.people.actions.administrators import never_without_administrator
from app.people.actions.granting import Rights
from app.people.actions.import_writes import employee_states, made_with, remember
from app.people.actions.leavers import settle_last_days
from app.people.actions.roster import Bringing, write_people
from app.people.days.timeline import start_at
from app.people.imports.employee_faults import Bounds, faults
from app.people.imports.employee_plan import EmployeePlan, who_is_who, without_twins
from app.people.imports.employee_rows import EmployeeRow, read_employee
from app.people.imports.leavers import question_about
from app.people.imports.one_person import unlike
from app.people.imports.roster import roster_now
from app.people.models import Account, units_where


class EmployeeLoader:
    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._today = company_time.day_of(context.now)
        self._plan: EmployeePlan | None = None

    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal]:
        people, judged = self._read(rows)
        roster = roster_now(self._today)
        keys, strange = who_is_who(people, roster)
        people = [row for row in people if row.line in keys]
        apart = unlike(people, keys)
        people = [row for row in people if row.line not in {each.line for each in apart}]
        people, twins = without_twins(people, EmployeePlan(roster, people, keys, self._today))
        plan, unfit = _settled(EmployeePlan(roster, people, keys, self._today), self._bounds())
        self._plan = plan
        judged += [*strange, *apart, *twins, *unfit]
        judged += [Accepted(row.line, plan.outcome(row), row) for row in plan.rows]
        yield from sorted(judged, key=lambda each: each.line)

    def _read(self, rows: Iterable[Row]) -> tuple[list[EmployeeRow], list[Accepted | Refusal]]:
        people: list[EmployeeRow] = []
        refused: list[Accepted | Refusal] = []
        for row in rows:
            try:
                people.append(read_employee(row, self._context))
            except RowRefused as fault:
                refused.append(Refusal(row.line, fault.column, fault.value, fault.message))
        return people, refused

    def _bounds(self) -> Bounds:
        actor = db.session.get_one(Account, self._context.actor_id) if self._context.actor_id else None
        rights = Rights(actor, self._today)
        if actor is None or actor.holds_on_company(Permission.EMPLOYEE_IMPORT):
            return Bounds(rights, None, not self._context.by_program)
        reach = frozenset(db.session.scalars(units_where(actor, Permission.EMPLOYEE_IMPORT)))
        return Bounds(rights, reach, not self._context.by_program)

    def question(self) -> Question | None:
        """Whether so many leave that somebody should look twice. Whom the file does not name stays as they are."""
        if self._plan is None:
            return None
        here = sum(start_at(work, self._today) is not None for work in self._plan.roster.work.values())
        return question_about(self._plan.changes.values(), here, self._today)

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        written = sum(each.outcome is not Outcome.UNCHANGED for each in records)
        assert self._plan is not None
        by = Bringing(self._context.actor_id, self._context.now, self._today)
        with never_without_administrator(self._today):  # judged already; somebody else may have acted since
            self._write(by)
        yield written

    def _write(self, by: Bringing) -> None:
        """With how each person was and is: an undo can take back only what was written down when it was done."""
        assert self._plan is not None
        changes = self._plan.changes
        before = employee_states([each.employee_id for each in changes.values() if each.employee_id is not None])
        accounts = set(self._plan.roster.accounts.values()) | set(self._plan.roster.loose_accounts.values())
        ids = write_people(list(changes.values()), self._plan.roster.ids, by)
        settle_last_days(by, [ids[key] for key, each in changes.items() if each.has_left_by(by.today)])
        after = employee_states([ids[key] for key in changes])
        made = made_with(after, accounts, by)
        lines = {key: rows[0].line for key, rows in self._plan.of_person.items()}
        rows = [
            {
                "id": (own := ids[key]),
                "line": lines[key],
                "before": before.get(own),
                "after": after[own],
                "made": made[own],
            }
            for key in changes
        ]
        remember(self._context.import_id, "employee_id", rows)


def _settled(plan: EmployeePlan, bounds: Bounds) -> tuple[EmployeePlan, list[Refusal]]:
    """Rows that fall may take others with them: judged again until those that are left stand together."""
    unfit: dict[int, Refusal] = {}
    while found := {fault.line: fault for fault in faults(plan, bounds)}:
        unfit |= found
        plan = EmployeePlan(plan.roster, [row for row in plan.rows if row.line not in found], plan.keys, plan.today)
    return plan, list(unfit.values())
