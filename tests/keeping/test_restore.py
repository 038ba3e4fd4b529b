"""`flask restore FILE`: whole or not at all, over a company only when told, and a copy that sends nothing by itself."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app.core import restoration
from app.core.audit import AuditEntry
from app.core.database import writing
from app.core.jobs import Job, JobState, due
from app.core.restoration import Restoration
from app.core.revisions import known_revisions, newest_revision, revision_of
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.keeping import stores
from app.keeping.actions import backing_up
from app.keeping.stores import postgresql, store
from app.keeping.tables import kept_tables
from app.people.models import AccountSession, Employee, Unit
from tests.factories import days_ago, make_employee
from tests.keeping.company import CUSTOMERS, House, count_of, rows

CHANGED_BY_A_RESTORE = {"job", "data_import", "audit_entry", "audit_value", "audit_link", "audit_head"}


@pytest.fixture
def archive(settled: House, tmp_path: Path) -> Path:
    path = tmp_path / "one.zip"
    assert settled.run("backup", str(path))[0] == 0
    return path


def test_it_works_on_another_machine_where_nothing_is(settled: House, other: House, archive: Path) -> None:
    before = rows()
    with other.app.app_context():
        code, said = other.run("restore", str(archive))
        assert code == 0, said
        assert "API tokens (make new ones), invitations and slips" in said
        after = rows()
        assert [path.read_bytes() for path in other.uploads.iterdir()] == [CUSTOMERS]
        assert count_of("audit_entry") == len(before["audit_entry"]) + 1
        assert db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == (
            "backup.restored"
        )
    same = before.keys() - CHANGED_BY_A_RESTORE
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_everybody_signs_in_anew(settled: House, archive: Path) -> None:
    assert settled.run("restore", "--replace", str(archive))[0] == 0
    assert count_of(AccountSession.__tablename__) == 0


def test_a_company_is_not_replaced_unless_told(settled: House, archive: Path) -> None:
    before = rows()
    code, said = settled.run("restore", str(archive))
    assert code == 1
    assert "--replace" in said
    assert rows() == before


def test_told_so_it_is_replaced_whole(settled: House, archive: Path) -> None:
    with writing():
        make_employee(name="Came later", email="later@example.org")
        db.session.commit()
    code, said = settled.run("restore", "--replace", str(archive))
    assert code == 0, said
    assert db.session.scalar(sa.select(Employee).where(Employee.name == "Came later")) is None
    assert count_of("employee") == 7


def test_new_rows_get_new_numbers_afterwards(settled: House, archive: Path) -> None:
    settled.run("restore", "--replace", str(archive))
    with writing():
        newest = db.session.scalar(sa.select(sa.func.max(Employee.id))) or 0
        assert make_employee().id > newest
        db.session.rollback()


def test_nothing_that_waited_begins_by_itself(settled: House, archive: Path) -> None:
    settled.run("restore", "--replace", str(archive))
    assert due(days_ago(-30)) == []  # not even what the restore itself began: it is done by now
    job = db.session.scalars(sa.select(Job).where(Job.failure == restoration.STOPPED)).one()
    assert (job.name, job.state) == ("imports.check", JobState.FAILED)
    broken_off = db.session.scalars(sa.select(DataImport).where(DataImport.status == ImportStatus.FAILED)).all()
    assert sorted(each.kind for each in broken_off) == ["feedback", "results"]
    assert "broken off" in (broken_off[0].failure or {})["messages"][0]["msgid"]
    db.session.rollback()


def test_its_outbox_is_held_back(settled: House, archive: Path) -> None:
    settled.run("restore", "--replace", str(archive))
    hold = restoration.held()
    assert hold is not None
    assert hold.stopped_count == 1
    db.session.rollback()


def test_a_backup_of_a_restored_copy_restores_too(settled: House, archive: Path, tmp_path: Path) -> None:
    settled.run("restore", "--replace", str(archive))
    assert settled.run("backup", str(tmp_path / "two.zip"))[0] == 0
    assert settled.run("restore", "--replace", str(tmp_path / "two.zip"))[0] == 0
    assert count_of(Restoration.__tablename__) == 1


def damaged(archive: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The archive once more, with parts changed or left out; its own checksums fit again."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


def told(change: Callable[[dict[str, Any]], object]) -> Callable[[str, bytes], bytes]:
    def changed(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    return changed


def first_part(name: str) -> bool:
    return name == "database.sqlite" or name == "tables/employee"


NO_UPLOAD = f"uploads/{'0' * 64}"
WRONG = {
    "one byte is another": lambda name, content: content[:-9] + b"x" + content[-8:] if first_part(name) else content,
    "a part is missing": lambda name, content: None if first_part(name) else content,
    "no manifest": lambda name, content: None if name == "manifest.json" else content,
    "a manifest that is no manifest": told(lambda manifest: manifest.pop("counts")),
    "parts that lead out of it": told(lambda manifest: manifest["digests"].update({"../../etc/passwd": "0" * 64})),
    "an upload under another name": told(
        lambda manifest: manifest["digests"].update({f"uploads/{'0' * 64}": "0" * 64})
    ),
    "fewer rows than it says": told(lambda manifest: manifest["counts"].update(employee=8)),
    "of a newer version": told(lambda manifest: manifest.update(revision="9999")),
    "of a revision that is a path": told(lambda manifest: manifest.update(revision="../0001")),
    "of the other database": told(lambda manifest: manifest.update(database="another")),
    "written in another way": told(lambda manifest: manifest.update(format=2)),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_archive_that_is_not_right_changes_nothing(settled: House, archive: Path, tmp_path: Path, name: str) -> None:
    wrong = damaged(archive, tmp_path / "wrong.zip", WRONG[name])
    before = rows()
    code, said = settled.run("restore", "--replace", str(wrong))
    assert (code, "Error: " in said) == (1, True), said
    assert rows() == before
    assert left_behind(settled) == []


def test_a_file_that_is_cut_short_or_no_archive_changes_nothing(settled: House, archive: Path, tmp_path: Path) -> None:
    before = rows()
    (tmp_path / "short.zip").write_bytes(archive.read_bytes()[:-1000])
    (tmp_path / "text.zip").write_text("no archive")
    for name in ("short.zip", "text.zip"):
        code, said = settled.run("restore", "--replace", str(tmp_path / name))
        assert code == 1
        assert "not a backup of Rezonans" in said
    assert rows() == before


def test_rows_that_break_a_rule_of_the_database_change_nothing(settled: House, tmp_path: Path) -> None:
    """Somebody switched the rules off in the original: the copy holds a row that refers to nobody."""
    db.session.remove()
    with writing(), db.engine.connect() as connection:
        if store().name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.commit()
        connection.exec_driver_sql("UPDATE assignment SET unit_id = 4711")
        connection.commit()
        connection.invalidate()
    settled.run("backup", str(tmp_path / "broken.zip"))
    before = rows()
    code, said = settled.run("restore", "--replace", str(tmp_path / "broken.zip"))
    assert code == 1
    assert "do not fit together" in said
    assert rows() == before


def tables_that_are_there() -> list[sa.Table]:
    found = sa.MetaData()
    found.reflect(db.engine)
    kept = {table.name for table in kept_tables()}
    return [table for table in found.sorted_tables if table.name in kept]


def test_a_backup_of_the_previous_version_is_brought_up(
    settled: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.remove()
    previous = known_revisions()[-2]
    downgrade(revision=previous)
    with monkeypatch.context() as then:
        then.setattr(backing_up, "newest_revision", lambda: previous)
        for module in (stores.sqlite, stores.postgresql):
            then.setattr(module, "kept_tables", tables_that_are_there)
        assert settled.run("backup", str(tmp_path / "old.zip"))[0] == 0
    upgrade()
    code, said = settled.run("restore", "--replace", str(tmp_path / "old.zip"))
    assert code == 0, said
    assert revision_of(db.session.connection()) == newest_revision()
    assert count_of("employee") == 7


def left_behind(house: House) -> list[str]:
    found = [path.name for path in (house.data / "restoring").iterdir() if path.name != ".lock"]
    db.session.remove()
    schemas = sa.inspect(db.engine).get_schema_names()
    return found + [name for name in schemas if name == postgresql.SCRATCH]


def test_nothing_is_left_behind(settled: House, archive: Path) -> None:
    settled.run("restore", "--replace", str(archive))
    assert left_behind(settled) == []
    assert db.session.scalar(sa.select(Unit.code).where(Unit.parent_id.is_(None))) == "COMPANY"
    db.session.rollback()
