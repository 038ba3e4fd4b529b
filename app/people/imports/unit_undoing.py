"""Taking back an import of units: each is again what it was, unless it has changed or something hangs on it since."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core import audit, company_time
from app.core.database import one_at_a_time
from app.core.effects import Change, effects_of
from app.core.imports import N_, Forecast, Message, UndoContext
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.import_writes import State
from app.people.actions.org_chart import UnitChange, write_units
from app.people.actions.tree import refresh_tree
from app.people.chart.versions import Version, is_held_up, key_of, loop_through
from app.people.days.timeline import Span, Timeline, lost_days
from app.people.imports import undo_words as words
from app.people.imports.hanging import hanging_on
from app.people.models import (
    Account,
    Assignment,
    HeadCount,
    ImportWrite,
    Unit,
    UnitKind,
    UnitTree,
    UnitVersion,
    UnitWord,
    units_where,
)
from app.people.queries.chart import Tree, tree_now

REMOVED = N_("Units that the import opened, and that go: %(count)s.")
RESTORED = N_("Units that become again what they were before: %(count)s.")
# Their own rows, and places in the tree, which are judged by the tree as it would be.
OWN = ("unit_version.unit_id", "unit_version.parent_id", "unit.parent_id", "unit_tree.ancestor_id",
       "unit_tree.descendant_id", "import_write.unit_id", "unit_word.unit_id", "head_count.unit_id")  # fmt: skip


class UnitUndoing:
    def __init__(self, context: UndoContext) -> None:
        self._context = context
        self._today = company_time.day_of(context.now)
        self._tree = Tree()
        self._undone: dict[str, ImportWrite] = {}
        self._timelines: dict[str, Timeline[Version]] = {}
        self._kept: list[tuple[ImportWrite, Message]] = []

    def barred(self) -> Message | None:
        return words.barred(self._context.import_id)

    def forecast(self) -> Forecast:
        if not self._judge():
            return Forecast(refusal=words.NOT_WRITTEN)
        gone = sum(write.before is None for write in self._undone.values())
        counted = ((REMOVED, gone), (RESTORED, len(self._undone) - gone))
        left = words.left("unit", [(write.unit_id or 0, write, why) for write, why in self._kept], self._named)
        return Forecast(words.told(counted), left, count=len(self._undone))

    def _judge(self) -> bool:
        wanted = sa.select(ImportWrite).where(ImportWrite.import_id == self._context.import_id)
        found = db.session.scalars(wanted.order_by(ImportWrite.line))
        writes = {write.unit_id: write for write in found if write.unit_id}
        if not writes:
            return False
        self._tree, self._undone, self._kept = tree_now(), {}, []
        self._keys = {unit_id: key for key, unit_id in self._tree.ids.items()}
        opened = [unit_id for unit_id, write in writes.items() if write.before is None]
        hanging, mine = hanging_on("unit", opened, OWN), self._mine()
        for unit_id, write in writes.items():
            reason = hanging.get(unit_id) or self._against(write, mine)
            if reason is None:
                self._undone[self._keys[unit_id]] = write
            else:
                self._kept.append((write, reason))
        self._settle()
        return True

    def _mine(self) -> set[int] | None:
        if self._context.actor_id is None:
            return None
        actor = db.session.get_one(Account, self._context.actor_id)
        if actor.holds_on_company(Permission.UNIT_IMPORT):
            return None
        return set(db.session.scalars(units_where(actor, Permission.UNIT_IMPORT)))

    def _against(self, write: ImportWrite, mine: set[int] | None) -> Message | None:
        before = write.before or {"code": "", "versions": []}
        places = {version[4] for version in (*before["versions"], *write.after["versions"])} - {None}
        if not places <= self._keys.keys():
            return words.GONE_ABOVE
        key = self._keys[write.unit_id or 0]
        if self._tree.codes[key] != write.after["code"] or self._tree.versions[key] != self._timeline(write.after):
            return words.CHANGED
        if mine is not None and not {write.unit_id, *places} <= mine:
            return words.NOT_YOURS
        if write.before is None:
            return None
        taken = key_of(before["code"])
        if taken != key_of(write.after["code"]) and taken in self._tree.ids:
            return words.TAKEN
        return self._in_use(write)

    def _in_use(self, write: ImportWrite) -> Message | None:
        """On days on which it would be closed again, somebody may work there, or results may say that it was open."""
        assert write.unit_id is not None
        before, after = self._timeline(write.before), self._timeline(write.after)
        for day, until in lost_days(after, before):
            works = sa.select(Assignment.id).where(
                Assignment.unit_id == write.unit_id, sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day)
            )
            if db.session.scalar(works.where(Assignment.starts_on < (until or date.max)).limit(1)):
                return words.IN_USE
            ids = frozenset({write.unit_id})
            if any(effect.bars_closing for effect in effects_of(Change(ids, ids, day, until))):
                return words.PUBLISHED
        return None

    def _timeline(self, state: State | None) -> dict[date, Span[Version]]:
        spans = {}
        for start, end, name, kind, parent, country, location in (state or {"versions": []})["versions"]:
            version = Version(name, UnitKind(kind), self._keys[parent] if parent else None, country, location)
            spans[date.fromisoformat(start)] = Span(date.fromisoformat(end) if end else None, version)
        return spans

    def _settle(self) -> None:
        """What stays may need what would go: judged again until the chart stands as a whole."""
        while True:
            self._timelines = dict(self._tree.versions)
            for key, write in self._undone.items():
                self._timelines[key] = self._timeline(write.before)
            blamed = dict(self._blamed())
            if not blamed:
                return
            for key, reason in blamed.items():
                self._kept.append((self._undone.pop(key), reason))

    def _blamed(self) -> Iterator[tuple[str, Message]]:
        for key, timeline in self._timelines.items():
            for start, span in timeline.items():
                parent = span.value.parent
                if not is_held_up(self._timelines, key, start):
                    if key in self._undone:
                        yield key, words.GONE_ABOVE
                    elif parent in self._undone:
                        yield parent, words.BELOW
                elif key in self._undone and loop_through(self._timelines, key, start, span.ends_on) is not None:
                    yield key, words.GONE_ABOVE

    def _named(self, unit_id: int) -> str:
        key = self._keys.get(unit_id, "")
        version = self._tree.current(key, self._today)
        return f"{version.name if version else ''} ({self._tree.codes.get(key, '–')})"

    def undo(self) -> Iterator[int]:
        one_at_a_time()
        self.forecast()
        changes = [
            UnitChange(key, write.before["code"], write.unit_id, self._tree.versions[key], self._timelines[key])
            for key, write in self._undone.items()
            if write.before is not None
        ]
        write_units(changes, self._tree.ids, self._today, actor_id=self._context.actor_id, act="unit.put_back")
        gone = {self._tree.ids[key]: write for key, write in self._undone.items() if write.before is None}
        if gone:
            _remove(gone, self._context.actor_id)
            refresh_tree(self._today)
        words.forget_writes_of(self._context.import_id)
        yield len(self._undone)


def _remove(gone: Mapping[int, ImportWrite], actor_id: int | None) -> None:
    ids = list(gone)
    told = {
        unit_id: {"code": each.after["code"], "name": each.after["versions"][-1][2]} for unit_id, each in gone.items()
    }
    deeds = [audit.Deed("unit.removed", "unit", unit_id, facts) for unit_id, facts in told.items()]
    audit.record_many(deeds, actor_id=actor_id)
    statements: tuple[Any, ...] = (
        sa.update(Unit).where(Unit.id.in_(ids)).values(parent_id=None),
        sa.delete(UnitTree).where(sa.or_(UnitTree.ancestor_id.in_(ids), UnitTree.descendant_id.in_(ids))),
        sa.delete(UnitVersion).where(UnitVersion.unit_id.in_(ids)),
        sa.delete(HeadCount).where(HeadCount.unit_id.in_(ids)),
        sa.delete(UnitWord).where(UnitWord.unit_id.in_(ids)),
        sa.delete(ImportWrite).where(ImportWrite.unit_id.in_(ids)),
        sa.delete(Unit).where(Unit.id.in_(ids)),
    )
    for statement in statements:
        db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.expire_all()
