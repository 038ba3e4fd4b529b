"""What must never be in a tree of units, and who may change which part of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.effects import Change, effects_of
from app.core.imports import N_, Accepted, Message, Outcome, Refusal
from app.core.nearest import Nearest
from app.core.totals import TOTAL
from app.people.chart.versions import is_held_up, key_of, left_hanging, loop_through
from app.people.days.timeline import at, lost_days, overlaps
from app.people.imports.unit_plan import Plan
from app.people.imports.unit_rows import UnitRow
from app.people.models import UnitKind
from app.people.queries.chart import Tree

TWICE = N_("This unit stands already on line %(line)s with the same first day, and says something else. Keep one row.")
OTHER_NAME = N_(
    "On line %(line)s this code has another name, “%(name)s”. Keep the right one; if the unit was renamed, give each"
    " row its first day."
)
TWO_TOPS = N_("There is one company at the top: “%(code)s”. Write the code of the unit above this one.")
NO_TOP = N_("Several units stand at the top. Give one of them the kind “company”, and the others the unit above them.")
UNDER_ITSELF = N_("A unit cannot stand under itself. Write the code of the unit above it.")
TOP_MOVED = N_("The company itself cannot stand under another unit.")
TOP_ENDS = N_("The company itself has no last day.")
NO_PARENT = N_("There is no unit with this code, neither in the file nor here, or its own row was refused.")
PARENT_CLOSED = N_("The unit above is not open on every day of this row. Check the dates of both.")
LOOP = N_("This unit would stand under itself, by way of: %(codes)s. Mend the unit above in one of these rows.")
NEAR_PARENT = N_("There is no unit with this code, neither in the file nor here. Is it “%(close)s”?")
OVERLAP = N_("The last day reaches into the next row of the same unit.")
STILL_OPEN = N_("Units below it, such as “%(code)s”, would be left without a unit above them.")
PUBLISHED = N_(
    "Published results say that this unit was open on days on which it would be closed. They never change: let it close"
    " after their period."
)
NOT_YOURS = N_("You may not change this unit: it is not below a unit on which you hold that right.")
NOT_THERE = N_("You may not move a unit there or from there: both places must be yours.")

Reach = Callable[[str], bool]


@dataclass(frozen=True)
class Top:
    """Which key is the company, and whether it takes the place of an untouched one that was set up before."""

    key: str | None
    replaces: str | None = None


def without_twins(rows: Sequence[UnitRow], tree: Tree, today: date) -> tuple[list[UnitRow], list[Accepted | Refusal]]:
    """Of two rows that say what a unit is from the same day on, the first stands; the very same again says nothing new.

    One row of a file often holds all levels, so that each region stands on as many rows as it has units.
    """
    starts = Plan(tree, rows, today).starts
    first: dict[tuple[str, date], UnitRow] = {}
    twins: list[Accepted | Refusal] = []
    for row in rows:
        stands = first.setdefault((row.key, starts[row.line]), row)
        if stands is row:
            continue
        if replace(row, line=stands.line) == stands:
            twins.append(Accepted(row.line, Outcome.UNCHANGED, row))
        else:
            twins.append(_other(row, stands))
    return list(first.values()), twins


def _other(row: UnitRow, stands: UnitRow) -> Refusal:
    line = str(stands.line)
    if row.name != stands.name:
        return _refusal(row, "name", row.name, OTHER_NAME, line=line, name=stands.name)
    return _refusal(row, "code", row.code, TWICE, line=line)


def find_top(rows: Sequence[UnitRow], tree: Tree, today: date) -> Top:
    """The one that is there; the only one that the file puts at the top; or the one that it calls a company."""
    tops = {row.key: row for row in rows if row.parent == "" or (row.parent is None and row.key not in tree.ids)}
    known = tree.root(today)
    untouched = known is not None and len(tree.ids) == 1 and known not in {row.key for row in rows}
    if known is not None and not untouched:
        return Top(known)
    companies = [key for key, row in tops.items() if row.kind is UnitKind.COMPANY]
    for candidates in (list(tops), companies):
        if len(candidates) == 1:
            return Top(candidates[0], replaces=known)
    return Top(known)


def faults(plan: Plan, top: Top, reach: Reach | None) -> list[Refusal]:
    """What is wrong, causes before effects: a row that only suffers from another is judged again without it."""
    nearest = Nearest([*plan.tree.codes.values(), *(row.code for row in plan.rows)])
    checks: tuple[Callable[[UnitRow], Refusal | None], ...] = (
        lambda row: _total(plan, row),
        lambda row: (
            _fault_of_place(plan, row, top, nearest) or _fault_of_end(plan, row) or _fault_of_rights(plan, row, reach)
        ),
        lambda row: _loop(plan, row),
    )
    for check in checks:
        if found := [fault for row in plan.rows if (fault := check(row))]:
            return found
    found = list(_left_behind(plan)) or [fault for row in plan.rows if (fault := _closed_above(plan, row))]
    return found or list(_closed_over_published(plan))


def _total(plan: Plan, row: UnitRow) -> Refusal | None:
    """A unit may be called Total: one that is known, that is called a company, or under which others stand."""
    column = "code" if row.has_code_of_total else "name"
    if not (row.has_code_of_total or row.has_name_of_total) or row.key in plan.tree.ids or row.kind is UnitKind.COMPANY:
        return None
    if any(key_of(other.parent or "") == row.key for other in plan.rows):
        return None
    return _refusal(row, column, getattr(row, column), TOTAL)


def _fault_of_place(plan: Plan, row: UnitRow, top: Top, nearest: Nearest) -> Refusal | None:
    parent, written = plan.version(row).parent, row.parent or ""
    if parent is None:
        return None if row.key == top.key else _too_many_tops(plan, row, top)
    if parent == row.key:
        return _refusal(row, "parent_code", written, UNDER_ITSELF)
    if row.key == top.key:
        return _refusal(row, "parent_code", written, TOP_MOVED)
    if parent in plan.versions:
        return None
    close = nearest.to(written)
    if close is not None and key_of(close) != row.key:
        return _refusal(row, "parent_code", written, NEAR_PARENT, close=close)
    return _refusal(row, "parent_code", written, NO_PARENT)


def _too_many_tops(plan: Plan, row: UnitRow, top: Top) -> Refusal:
    if top.key is None:
        return _refusal(row, "parent_code", "", NO_TOP)
    names = plan.tree.codes | {other.key: other.code for other in plan.rows}
    return _refusal(row, "parent_code", "", TWO_TOPS, code=names.get(top.key, top.key))


def _loop(plan: Plan, row: UnitRow) -> Refusal | None:
    """A loop closes on the first day of one of its versions: that row answers for it, or any when it is not a row."""
    start = plan.starts[row.line]
    loop = loop_through(plan.versions, row.key, start, plan.span(row).ends_on)
    if loop is None or (loop.day != start and any(loop.day in plan.brought.get(key, {}) for key in loop.path)):
        return None
    names = plan.tree.codes | {other.key: other.code for other in plan.rows}
    codes = " → ".join(names.get(key, key) for key in loop.path)
    return _refusal(row, "parent_code", row.parent or "", LOOP, codes=codes)


def _fault_of_end(plan: Plan, row: UnitRow) -> Refusal | None:
    start, span = plan.starts[row.line], plan.span(row)
    if overlaps(plan.brought[row.key], plan.versions[row.key], start):
        return _refusal(row, "valid_to", str(row.ends_on), OVERLAP)
    if span.value.parent is None and span.ends_on is not None and start == max(plan.versions[row.key]):
        return _refusal(row, "valid_to", str(span.ends_on), TOP_ENDS)
    return None


def _closed_above(plan: Plan, row: UnitRow) -> Refusal | None:
    if is_held_up(plan.versions, row.key, plan.starts[row.line]):
        return None
    return _refusal(row, "parent_code", row.parent or "", PARENT_CLOSED)


def _fault_of_rights(plan: Plan, row: UnitRow, reach: Reach | None) -> Refusal | None:
    """Moving a unit needs the right on both places; the operator at the command line has all (`reach` is None)."""
    known = plan.tree.versions.get(row.key)
    if reach is None or (known and known.get(plan.starts[row.line]) == plan.span(row)):
        return None
    new = plan.version(row).parent
    before = (at(known, plan.starts[row.line]) or plan.tree.current(row.key, plan.today)) if known else None
    if known and not reach(row.key):
        return _refusal(row, "code", row.code, NOT_YOURS)
    places = [] if before and before.parent == new else [new, before.parent if before else new]
    if not all(place is not None and (place not in plan.tree.ids or reach(place)) for place in places):
        return _refusal(row, "parent_code", row.parent or "", NOT_THERE)
    return None


def _left_behind(plan: Plan) -> Iterator[Refusal]:
    """Versions that the file does not touch, under a unit that it closes."""
    for key, start in sorted(left_hanging(plan.versions)):  # a database tells of its rows in any order
        parent = plan.versions[key][start].value.parent
        untouched = start not in plan.brought.get(key, {}) and start in plan.tree.versions.get(key, {})
        if untouched and parent in plan.brought:
            row = max((row for row in plan.rows if row.key == parent), key=lambda row: plan.starts[row.line])
            yield _refusal(row, "valid_to", str(row.ends_on or ""), STILL_OPEN, code=plan.tree.codes[key])


def _closed_over_published(plan: Plan) -> Iterator[Refusal]:
    """As on the screen (`bars_closing`): units that would be closed on a day of which results are published."""
    closing: dict[tuple[date, date | None], set[str]] = {}
    for key in plan.brought.keys() & plan.tree.ids.keys():
        for days in lost_days(plan.tree.versions[key], plan.versions[key]):
            closing.setdefault(days, set()).add(key)
    for (day, until), keys in closing.items():
        if not _is_barred(plan, keys, day, until):
            continue  # one question for all that close on that day; most files stop here
        barred = {key for key in keys if _is_barred(plan, {key}, day, until)}
        yield from (
            _refusal(row, "valid_to", str(row.ends_on or ""), PUBLISHED) for row in plan.rows if row.key in barred
        )


def _is_barred(plan: Plan, keys: set[str], day: date, until: date | None) -> bool:
    ids = frozenset(plan.tree.ids[key] for key in keys)
    return any(effect.bars_closing for effect in effects_of(Change(ids, ids, day, until)))


def _refusal(row: UnitRow, column: str, value: str, sentence: str, **params: str) -> Refusal:
    return Refusal(row.line, column, value, Message(sentence, params))


def key_reach(ids: dict[str, int], held: set[int]) -> Reach:
    return lambda key: ids.get(key_of(key)) in held
