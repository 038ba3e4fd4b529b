"""The whole chart with its history, as plain values: for imports and acts, which judge it as a whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.alphabet import alphabetical
from app.extensions import db
from app.people.chart.versions import Version, key_of
from app.people.chart.work import Post
from app.people.days.timeline import Span, Timeline, start_at
from app.people.models import Account, Assignment, Employee, Grant, Unit, UnitVersion


@dataclass
class Tree:
    """The units as they stand, by key."""

    ids: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    versions: dict[str, Timeline[Version]] = field(default_factory=dict)

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


def posts_in(unit_ids: Collection[int], day: date, tree: Tree) -> list[Post]:
    """Assignments in these units that hold on that day or later, by the person's name."""
    keys = {unit_id: key for key, unit_id in tree.ids.items()}
    works = sa.select(Assignment, Employee.name).join(Employee, Employee.id == Assignment.employee_id)
    wanted = works.where(
        Assignment.unit_id.in_(unit_ids), sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > day)
    )
    rows = db.session.execute(wanted.order_by(Employee.id, Assignment.starts_on)).all()
    return [
        Post(
            each.id, each.employee_id, name, keys[each.unit_id], each.starts_on, each.ends_on, each.job,
            each.line_manager_id,
        )
        for each, name in sorted(rows, key=lambda row: alphabetical(row[1]))
    ]  # fmt: skip


def grants_ending(unit_ids: Collection[int], day: date) -> Sequence[Grant]:
    """Roles on these units that began before that day and would go on; those that begin later reach nothing but what
    is closed.
    """
    on_after = sa.or_(Grant.ends_on.is_(None), Grant.ends_on > day)
    return _named(sa.select(Grant).where(Grant.unit_id.in_(unit_ids), Grant.starts_on < day, on_after))


def grants_on(unit_ids: Collection[int], day: date) -> Sequence[Grant]:
    return _named(sa.select(Grant).where(Grant.unit_id.in_(unit_ids), Grant.holding_on(day)))


def _named(grants: sa.Select[Grant]) -> Sequence[Grant]:
    named = grants.options(joinedload(Grant.account).joinedload(Account.employee), joinedload(Grant.unit))
    return db.session.scalars(named.order_by(Grant.id)).all()
