"""What a file of units would make of the tree: each unit's versions as they are, and as they would be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from app.core.imports import Outcome
from app.extensions import db
from app.people.actions.org_chart import Version
from app.people.imports.cells import key_of
from app.people.imports.unit_rows import UnitRow
from app.people.models import Unit, UnitKind, UnitVersion
from app.people.models.unit import BEGINNING
from app.people.timeline import Span, Timeline, at, merged, start_at

Versions = dict[str, Timeline[Version]]


@dataclass
class Tree:
    """The units as they stand, by key."""

    ids: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    versions: Versions = field(default_factory=dict)

    def root(self, today: date) -> str | None:
        """The company: what stands at the top today (or will, or did)."""
        tops = [key for key in self.versions if (version := self.current(key, today)) and version.parent is None]
        return tops[0] if tops else None

    def current(self, key: str, today: date) -> Version | None:
        start = self.current_start(key, today)
        return None if start is None else self.versions[key][start].value

    def current_start(self, key: str, today: date) -> date | None:
        """The version that a row without a date speaks of: today's, else the last before, else the first to come."""
        known = self.versions.get(key)
        if not known:
            return None
        past = [start for start in known if start <= today]
        return start_at(known, today) or (max(past) if past else min(known))


def tree_now() -> Tree:
    codes = {unit_id: code for unit_id, code in db.session.execute(sa.select(Unit.id, Unit.code))}
    keys = {unit_id: key_of(code) for unit_id, code in codes.items()}
    tree = Tree(
        {key: unit_id for unit_id, key in keys.items()}, {keys[unit_id]: code for unit_id, code in codes.items()}
    )
    collected: dict[str, dict[date, Span[Version]]] = {key: {} for key in keys.values()}
    columns = sa.select(
        UnitVersion.unit_id,
        UnitVersion.starts_on,
        UnitVersion.ends_on,
        UnitVersion.name,
        UnitVersion.kind,
        UnitVersion.parent_id,
        UnitVersion.country,
        UnitVersion.location,
    )
    for unit_id, start, end, name, kind, parent_id, country, location in db.session.execute(columns):
        version = Version(name, kind, keys[parent_id] if parent_id else None, country, location)
        collected[keys[unit_id]][start] = Span(end, version)
    tree.versions = dict(collected)
    return tree


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
        self.versions: Versions = dict(tree.versions)
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
            country=_kept(row.country, base.country if base else None),
            location=_kept(row.location, base.location if base else None),
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


def _kept(brought: str | None, known: str | None) -> str | None:
    return known if brought is None else brought or None
