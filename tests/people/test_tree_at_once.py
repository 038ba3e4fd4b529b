"""The tree is refreshed by several at the same moment: it stands as if one had done it after the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import company_time
from app.core.database import writing
from app.extensions import db
from app.people.actions import org_chart, tree
from app.people.actions.org_chart import UnitChange, Version, write_units
from app.people.days.timeline import Span
from app.people.models import Unit, UnitKind, UnitTree, UnitVersion
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.cast import make_cast

PAIRS = {
    ("COMPANY", "COMPANY", 0), ("NORTH", "NORTH", 0), ("SOUTH", "SOUTH", 0), ("N1", "N1", 0), ("N2", "N2", 0),
    ("S1", "S1", 0), ("COMPANY", "NORTH", 1), ("COMPANY", "SOUTH", 1), ("NORTH", "N1", 1), ("NORTH", "N2", 1),
    ("SOUTH", "S1", 1), ("COMPANY", "N1", 2), ("COMPANY", "N2", 2), ("COMPANY", "S1", 2),
}  # fmt: skip


@pytest.fixture
def company(app: Flask) -> Iterator[None]:
    with committed(app):
        make_cast()
        db.session.commit()
        yield


def refresh(app: Flask, today: date) -> None:
    with app.app_context(), writing():
        tree.refresh_tree(today)
        db.session.commit()


def pairs() -> set[tuple[str, str, int]]:
    above, below = sa.orm.aliased(Unit), sa.orm.aliased(Unit)
    rows = (
        sa.select(above.code, below.code, UnitTree.depth)
        .join(above, above.id == UnitTree.ancestor_id)
        .join(below, below.id == UnitTree.descendant_id)
    )
    return {(one, other, depth) for one, other, depth in db.session.execute(rows)}


def unit(code: str) -> Unit:
    return db.session.scalars(sa.select(Unit).where(Unit.code == code)).one()


def moved(app: Flask, code: str, to: str, day: date) -> None:
    """As an import moves it: the old version ends, a new one begins."""
    with app.app_context(), writing():
        row = unit(code)
        (old,) = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == row.id)).all()
        version = partial(Version, row.name, row.kind, country=None, location=None)
        ids = {each.code: each.id for each in db.session.scalars(sa.select(Unit))}
        before = {old.starts_on: Span(None, version(parent="NORTH"))}
        after = {old.starts_on: Span(day, version(parent="NORTH")), day: Span(None, version(parent=to))}
        write_units([UnitChange(code, code, row.id, before, after)], ids, day, actor_id=None)
        db.session.commit()


def test_refreshed_by_two_at_once_it_is_whole(app: Flask, company: None, monkeypatch: pytest.MonkeyPatch) -> None:
    today = company_time.today()
    meet_at_call(monkeypatch, tree, "_pairs", Meeting())
    together(*[partial(refresh, app, today)] * 2)
    assert pairs() == PAIRS


def test_a_unit_that_is_moved_while_midnight_refreshes_stands_where_it_was_moved(
    app: Flask, company: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = company_time.today()
    meet_at_call(monkeypatch, tree, "_pairs", Meeting())
    together(partial(refresh, app, today), partial(moved, app, "N2", "SOUTH", today))
    assert ("SOUTH", "N2", 1) in pairs()
    assert ("NORTH", "N2", 1) not in pairs()
    assert len(pairs()) == len(PAIRS)
    assert unit("N2").parent_id == unit("SOUTH").id


def test_who_writes_units_and_who_refreshes_do_not_wait_for_each_other(
    app: Flask, company: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that has written a unit wants the tree; midnight, which has the tree, wants to write that unit."""
    today = company_time.today()
    with writing():
        kind, now = UnitKind.BRANCH, unit("N2")
        renamed = UnitVersion(unit_id=now.id, name="N2 anew", kind=kind, parent_id=now.parent_id, starts_on=today)
        db.session.execute(sa.update(UnitVersion).where(UnitVersion.unit_id == now.id).values(ends_on=today))
        db.session.add(renamed)
        db.session.commit()
    place = Meeting()
    meet_at_call(monkeypatch, org_chart, "_write_versions", place)  # it has given the unit its code by then
    meet_at_call(monkeypatch, tree, "_versions_for", place)
    together(partial(refresh, app, today), partial(recoded, app, "N2", "N9", today))
    assert unit("N9").name == "N2 anew"
    assert {below for _, below, _ in pairs()} == {"COMPANY", "NORTH", "SOUTH", "N1", "N9", "S1"}


def recoded(app: Flask, code: str, new: str, day: date) -> None:
    with app.app_context(), writing():
        row = unit(code)
        history = {day - timedelta(days=1): Span(None, Version(row.name, row.kind, None, None, None))}
        write_units([UnitChange(code, new, row.id, history, history)], {}, day, actor_id=None)
        db.session.commit()
