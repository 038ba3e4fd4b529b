"""An import of units is taken back: what it opened goes, what it changed is again as it was, the rest is listed."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.actions.import_writes import forget_writes, unit_states
from app.people.models import ImportWrite, Unit, UnitTree
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant
from tests.people.taking_back import bring_file, left, look, take_back, told

FILE = """
    code,name,parent_code
    N1,North first,SOUTH
    NEW,New branch,NORTH
    SUB,Team of the new one,NEW
"""


def codes() -> set[str]:
    return set(db.session.scalars(sa.select(Unit.code)))


def everything() -> dict[int, dict[str, object]]:
    return unit_states(db.session.scalars(sa.select(Unit.id)).all())


@pytest.fixture
def north(cast: Cast) -> Unit:
    cast.north.code, cast.south.code = "NORTH", "SOUTH"
    db.session.flush()
    return cast.north


def test_units_are_again_as_they_were(cast: Cast, north: Unit, tmp_path: Path) -> None:
    before, tree = everything(), db.session.scalar(sa.select(sa.func.count()).select_from(UnitTree))
    import_ = bring_file(tmp_path, "units", FILE)
    assert everything() != before
    assert told(look(import_, cast.adam)) == [
        "Units that the import opened, and that go: 2.",
        "Units that become again what they were before: 1.",
    ]
    take_back(import_, cast.adam)
    assert everything() == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UnitTree)) == tree
    assert (import_.status, import_.undone_count, import_.left_count) == (ImportStatus.UNDONE, 3, 0)
    acts = set(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.adam.id)))
    assert {"import.undone", "unit.put_back", "unit.removed"} <= acts


def test_what_was_changed_since_is_left_and_listed(cast: Cast, north: Unit, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    later = bring_file(tmp_path, "units", "code,name\nN1,Renamed by hand\n")
    assert later.changed_count == 1
    (line,) = left(look(import_, cast.adam))
    assert line == (2, "Renamed by hand (N1)", "It has been changed since the import.")
    take_back(import_, cast.adam)
    assert db.session.get_one(Unit, cast.n1.id).name == "Renamed by hand"
    assert "NEW" not in codes()
    assert [each.what for each in import_.left_things] == ["Renamed by hand (N1)"]


def test_who_changed_it_is_named(cast: Cast, north: Unit, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    db.session.execute(sa.update(Unit).where(Unit.id == cast.n1.id).values(code="N1X"))
    db.session.add(AuditEntry(at=import_.created_at, actor_id=cast.hanna.id, action="unit.changed", subject_kind="unit",
                              subject_id=cast.n1.id))  # fmt: skip
    db.session.flush()
    (each,) = look(import_, cast.adam).left
    assert each.who == cast.hanna.display_name


def test_a_unit_where_somebody_works_since_is_left_with_all_above_it(cast: Cast, north: Unit, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    sub = db.session.scalars(sa.select(Unit).where(Unit.code == "SUB")).one()
    make_employee(sub)
    assert left(look(import_, cast.adam)) == [
        (3, "New branch (NEW)", "Other units stand below it since then."),
        (4, "Team of the new one (SUB)", "People work there, or are named there as line manager, since then."),
    ]
    take_back(import_, cast.adam)
    assert {"NEW", "SUB"} <= codes()


def test_the_same_file_can_be_brought_again(cast: Cast, north: Unit, tmp_path: Path) -> None:
    take_back(bring_file(tmp_path, "units", FILE), cast.adam)
    again = bring_file(tmp_path, "units", FILE)
    assert (again.new_count, again.changed_count) == (2, 1)


def test_an_older_import_says_on_its_page_that_it_cannot(
    cast: Cast, north: Unit, tmp_path: Path, browser: Browser
) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    db.session.execute(sa.delete(ImportWrite))
    db.session.commit()
    page = browser.sign_in(cast.adam).get(f"/imports/{import_.id}").text
    assert "it cannot be undone" in page
    assert f"/imports/{import_.id}/undo" not in page
    assert browser.get(f"/imports/{import_.id}/undo").status_code == 409


def test_after_a_year_it_is_forgotten(cast: Cast, north: Unit, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    forget_writes(import_.created_at)
    assert look(import_, cast.adam).refusal is None
    forget_writes(import_.created_at.replace(year=import_.created_at.year + 1))
    assert look(import_, cast.adam).refusal is not None


def test_who_holds_the_right_on_a_part_only_leaves_the_rest(cast: Cast, north: Unit, tmp_path: Path) -> None:
    import_ = bring_file(tmp_path, "units", FILE)
    admin = make_account("north.admin@example.org")
    make_grant(admin, Role.ADMINISTRATOR, cast.north)
    assert [(line, why) for line, _, why in left(look(import_, admin))] == [
        (2, "It is not below a unit on which you may bring such rows.")
    ]
    assert told(look(import_, admin)) == ["Units that the import opened, and that go: 2."]


def test_hostile_names_are_only_names(cast: Cast, north: Unit, tmp_path: Path, browser: Browser) -> None:
    import_ = bring_file(tmp_path, "units", "code,name,parent_code\nEVIL,<script>alert(1)</script>%(x)s,NORTH\n")
    evil = db.session.scalars(sa.select(Unit).where(Unit.code == "EVIL")).one()
    make_employee(evil)
    db.session.commit()
    browser.most_queries = 16  # it asks all tables whether something hangs on a unit
    page = browser.sign_in(cast.adam).get(f"/imports/{import_.id}/undo")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "%(x)s (EVIL)" in page.text


def test_nothing_is_kept_of_rows_that_change_nothing(cast: Cast, north: Unit, tmp_path: Path) -> None:
    bring_file(tmp_path, "units", FILE)
    kept = db.session.scalar(sa.select(sa.func.count(ImportWrite.id)))
    again = bring_file(tmp_path, "units", FILE)
    assert db.session.scalar(sa.select(sa.func.count(ImportWrite.id))) == kept == 3
    assert db.session.get_one(DataImport, again.id).unchanged_count == 3
