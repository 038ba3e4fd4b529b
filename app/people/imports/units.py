"""Import of units: the whole file is judged before any of it is taken, because a tree is right or wrong as a whole."""

from collections.abc import Iterable, Iterator

from app.core import company_time, installation
from app.core.imports import Accepted, ImportContext, Outcome, Question, Refusal, RowRefused
from app.core.permissions import Permission
from app.core.rows import Row
from app.extensions import db
from app.people.actions.import_writes import State, remember, unit_states
from app.people.actions.org_chart import UnitChange, write_units
from app.people.imports.redrawn import question_about
from app.people.imports.unit_faults import Reach, Top, faults, find_top, key_reach, without_twins
from app.people.imports.unit_plan import Plan
from app.people.imports.unit_remarks import remarks
from app.people.imports.unit_rows import UnitRow, read_unit
from app.people.models import Account, units_where
from app.people.queries.chart import Tree, tree_now


class UnitLoader:
    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._today = company_time.day_of(context.now)
        self._plan = Plan(Tree(), (), self._today)

    def examine(self, rows: Iterable[Row]) -> Iterator[Accepted | Refusal]:
        units, refused = self._read(rows)
        tree = tree_now()
        units, twins = without_twins(units, tree, self._today)
        top = find_top(units, tree, self._today)
        _give_place(tree, top, units)
        self._plan, unfit = _settled(Plan(tree, units, self._today), top, self._reach(tree))
        judged: list[Accepted | Refusal] = [*refused, *twins, *unfit]
        worth_a_look = remarks(self._plan)
        judged += [
            Accepted(row.line, self._outcome(row, top), row, worth_a_look.get(row.line)) for row in self._plan.rows
        ]
        yield from sorted(judged, key=lambda each: each.line)

    def _read(self, rows: Iterable[Row]) -> tuple[list[UnitRow], list[Refusal]]:
        units, refused = [], []
        for row in rows:
            try:
                units.append(read_unit(row, self._context))
            except RowRefused as fault:
                refused.append(Refusal(row.line, fault.column, fault.value, fault.message))
        return units, refused

    def _outcome(self, row: UnitRow, top: Top) -> Outcome:
        takes_place = top.replaces is not None and row.key == top.key
        return Outcome.CHANGED if takes_place else self._plan.outcome(row)

    def _reach(self, tree: Tree) -> Reach | None:
        """Which units are the actor's to change; None when all are."""
        if self._context.actor_id is None:
            return None
        actor = db.session.get_one(Account, self._context.actor_id)
        if actor.holds_on_company(Permission.UNIT_IMPORT):
            return None
        return key_reach(tree.ids, set(db.session.scalars(units_where(actor, Permission.UNIT_IMPORT))))

    def question(self) -> Question | None:
        """Whether units that look like ones which are here under another code are new all the same."""
        return question_about(self._plan)

    def load(self, records: Iterable[Accepted]) -> Iterator[int]:
        written = sum(each.outcome is not Outcome.UNCHANGED for each in records)
        if installation.kind() is installation.InstallationKind.EMPTY:
            installation.become(installation.InstallationKind.COMPANY, self._context.now)
        tree = self._plan.tree
        codes = {row.key: row.code for row in self._plan.rows}
        changes = [
            UnitChange(key, codes[key], tree.ids.get(key), tree.versions.get(key, {}), self._plan.versions[key])
            for key in self._plan.brought
        ]
        known = [change.unit_id for change in changes if change.unit_id is not None]
        before = unit_states(known)
        ids = write_units(changes, tree.ids, self._today, actor_id=self._context.actor_id)
        self._remember(before, {change.key: ids[change.key] for change in changes})
        yield written

    def _remember(self, before: dict[int, State], ids: dict[str, int]) -> None:
        """How each unit was and is, for an undo of this import."""
        after, lines = unit_states(ids.values()), {row.key: row.line for row in reversed(self._plan.rows)}
        rows = [
            {"id": unit_id, "line": lines[key], "before": before.get(unit_id), "after": after[unit_id]}
            for key, unit_id in ids.items()
        ]
        remember(self._context.import_id, "unit_id", rows)


def _give_place(tree: Tree, top: Top, rows: Iterable[UnitRow]) -> None:
    """The company as it was set up at the first run takes the code that the file has for it."""
    if top.key is None or top.replaces is None:
        return
    tree.ids[top.key] = tree.ids.pop(top.replaces)
    tree.versions[top.key] = tree.versions.pop(top.replaces)
    tree.codes.pop(top.replaces)
    tree.codes[top.key] = next(row.code for row in rows if row.key == top.key)


def _settled(plan: Plan, top: Top, reach: Reach | None) -> tuple[Plan, list[Refusal]]:
    """Rows that fall may take others with them: judged again until those that are left stand together."""
    unfit: dict[int, Refusal] = {}
    while found := {fault.line: fault for fault in faults(plan, top, reach)}:
        unfit |= found
        plan = Plan(plan.tree, [row for row in plan.rows if row.line not in found], plan.today)
    return plan, list(unfit.values())
