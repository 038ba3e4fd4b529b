"""What a file of units would make of the tree: each unit's versions as they are, and as they would be."""

from collections.abc import Iterable
from datetime import date

from app.core.imports import Outcome
from app.people.chart.versions import Version, key_of
from app.people.days.timeline import Span, Timeline, at, merged
from app.people.imports.unit_rows import UnitRow
from app.people.models import UnitKind
from app.people.models.unit import BEGINNING
from app.people.queries.chart import Tree


class Plan:
    """The tree with the rows of a file merged into it."""

    def __init__(self, tree: Tree, rows: Iterable[UnitRow], today: date) -> None:
        self.tree, self.today = tree, today
        self.rows = list(rows)
        self._undated = {row.key: row for row in self.rows if row.starts_on is None}
        self._firsts = _firsts(self.rows)
        self.starts = {row.line: row.starts_on or self._start_of(row) for row in self.rows}
        self.brought: dict[str, dict[date, Span[Version]]] = {}
        for row in self.rows:
            start = self.starts[row.line]
            self.brought.setdefault(row.key, {})[start] = Span(row.ends_on, self._version(row, start))
        self.versions: dict[str, Timeline[Version]] = dict(tree.versions)
        for key, brought in self.brought.items():
            self.versions[key] = merged(tree.versions.get(key, {}), brought)

    def _start_of(self, row: UnitRow) -> date:
        """Without a date a row speaks of today's version; a new unit is as old as what it hangs under."""
        return self.tree.current_start(row.key, self.today) or self._oldest(row.parent, {row.key})

    def _oldest(self, parent: str | None, seen: set[str]) -> date:
        key = key_of(parent or "")
        if not key or key in seen:
            return BEGINNING
        known = [*self.tree.versions.get(key, {}), *self._firsts.get(key, ())]
        if known:
            oldest: date = min(known)
            return oldest
        above = self._undated.get(key)
        return self._oldest(above.parent, seen | {key}) if above else BEGINNING

    def _version(self, row: UnitRow, start: date) -> Version:
        known = self.tree.versions.get(row.key, {})
        base = at(known, start) or self.tree.current(row.key, self.today)
        parent = base.parent if row.parent is None and base else key_of(row.parent or "") or None
        kind = row.kind or (base.kind if base else UnitKind.BRANCH if parent else UnitKind.COMPANY)
        return Version(
            name=row.name,
            kind=kind,
            parent=parent,
            country=_brought_or_known(row.country, base.country if base else None),
            location=_brought_or_known(row.location, base.location if base else None),
        )

    def version(self, row: UnitRow) -> Version:
        return self.versions[row.key][self.starts[row.line]].value

    def span(self, row: UnitRow) -> Span[Version]:
        return self.versions[row.key][self.starts[row.line]]

    def outcome(self, row: UnitRow) -> Outcome:
        known = self.tree.versions.get(row.key)
        if known is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if known.get(self.starts[row.line]) == self.span(row) else Outcome.CHANGED


def _firsts(rows: Iterable[UnitRow]) -> dict[str, list[date]]:
    firsts: dict[str, list[date]] = {}
    for row in rows:
        if row.starts_on:
            firsts.setdefault(row.key, []).append(row.starts_on)
    return firsts


def _brought_or_known(brought: str | None, known: str | None) -> str | None:
    return known if brought is None else brought or None
