"""The log is chained: whoever alters it in the database, past its triggers, is found."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from app.core import audit, clock, installation
from app.core.audit import AuditEntry, AuditHead, AuditLink, AuditValue
from app.core.audit.checking import Head, head, verdict
from app.core.database import writing
from app.core.installation import InstallationKind
from app.extensions import db
from config import ROOT
from tests.databases import wipe

TRIGGERS = [
    f"{table}_{kind}" for table in ("audit_entry", "audit_value", "audit_link") for kind in ("change", "removal")
]


@pytest.fixture
def written(database: None) -> list[int]:
    """Five entries, each with a value, as a company writes them."""
    installation.become(InstallationKind.COMPANY, clock.now())
    ids = []
    for number in range(5):
        entry = audit.record(
            "unit.renamed", "unit", number, actor_id=None, before={"name": "Old"}, after={"name": "Żółw"}
        )
        db.session.commit()
        ids.append(entry.id)
    return ids


@pytest.fixture
def without_triggers(written: list[int]) -> list[int]:
    """Somebody who owns the database: the triggers do not hold them."""
    for name in TRIGGERS:
        on = f" ON {name.rsplit('_', 1)[0]}" if db.engine.dialect.name == "postgresql" else ""
        db.session.execute(sa.text(f"DROP TRIGGER {name}{on}"))
    return written


def test_what_was_written_is_whole(written: list[int]) -> None:
    found = verdict()
    assert found.is_whole
    assert found.checked == found.head.position >= 5


def test_one_transaction_of_many_is_chained_too(database: None) -> None:
    audit.record("unit.opened", "unit", 1, actor_id=None, after={"name": "x"})
    audit.record_many(
        [audit.Deed("unit.changed", "unit", n, {}, {"name": str(n), "code": None}) for n in range(7)], actor_id=None
    )
    audit.record_many([], actor_id=None)
    db.session.commit()
    assert verdict().checked == 8
    assert verdict().is_whole


def test_what_is_rolled_back_leaves_no_place_empty(database: None) -> None:
    audit.record("unit.opened", "unit", 1, actor_id=None)
    db.session.rollback()
    audit.record("unit.opened", "unit", 2, actor_id=None)
    savepoint = db.session.begin_nested()
    audit.record("unit.opened", "unit", 3, actor_id=None)
    audit.record_many([audit.Deed("unit.opened", "unit", 4)], actor_id=None)
    savepoint.rollback()
    audit.record("unit.opened", "unit", 5, actor_id=None)
    db.session.commit()
    found = db.session.scalars(sa.select(AuditEntry.subject_id).order_by(AuditEntry.id)).all()
    assert found == [2, 5]
    assert verdict().is_whole
    assert verdict().checked == 2


def refused(statement: sa.Executable) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(statement)
    except DBAPIError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("table", [AuditEntry, AuditValue, AuditLink, AuditHead])
def test_the_database_itself_refuses_changes_and_removals(written: list[int], table: Any) -> None:
    columns = {AuditEntry: "action", AuditValue: "after", AuditLink: "hash", AuditHead: "hash"}
    value = b"x" if table in (AuditLink, AuditHead) else "x"
    assert refused(sa.update(table).values({columns[table]: value}))
    assert refused(sa.delete(table))
    if db.engine.dialect.name == "postgresql":
        assert refused(sa.text(f"TRUNCATE {table.__tablename__} CASCADE"))


def test_values_may_be_erased_and_the_chain_stays(written: list[int]) -> None:
    emptied = sa.update(AuditValue).values(before=None, after=None, salt=None)
    db.session.execute(emptied.where(AuditValue.entry_id == written[2]))
    assert verdict().is_whole
    assert refused(sa.update(AuditValue).where(AuditValue.entry_id == written[1]).values(before=None, after=None))
    assert refused(sa.update(AuditValue).where(AuditValue.entry_id == written[2]).values(after="another"))


def test_only_where_no_company_is_the_log_may_go(written: list[int]) -> None:
    db.session.get_one(installation.Installation, 1).kind = InstallationKind.DEMO
    db.session.flush()
    assert not refused(sa.delete(AuditHead))


def change(ids: list[int]) -> None:
    db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == ids[2]).values(action="unit.opened"))


def change_a_value(ids: list[int]) -> None:
    db.session.execute(sa.update(AuditValue).where(AuditValue.entry_id == ids[2]).values(after="x"))


def blame_another(ids: list[int]) -> None:
    db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == ids[2]).values(subject_id=77))


def write_an_erased_value_anew(ids: list[int]) -> None:
    db.session.execute(sa.update(AuditValue).where(AuditValue.entry_id == ids[2]).values(salt=None))


def remove_a_value(ids: list[int]) -> None:
    db.session.execute(sa.delete(AuditValue).where(AuditValue.entry_id == ids[2]))


def remove(ids: list[int]) -> None:
    remove_a_value(ids)
    db.session.execute(sa.delete(AuditLink).where(AuditLink.entry_id == ids[2]))
    db.session.execute(sa.delete(AuditEntry).where(AuditEntry.id == ids[2]))


def swap(ids: list[int]) -> None:
    places = {row.entry_id: row.position for row in db.session.scalars(sa.select(AuditLink))}
    for entry_id, place in ((ids[2], -1), (ids[3], places[ids[2]]), (ids[2], places[ids[3]])):
        db.session.execute(sa.update(AuditLink).where(AuditLink.entry_id == entry_id).values(position=place))
        db.session.expire_all()


def swap_what_they_say(ids: list[int]) -> None:
    for entry_id, subject in ((ids[2], 3), (ids[3], 2)):
        db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == entry_id).values(subject_id=subject))


def insert(ids: list[int]) -> None:
    fresh = {"at": clock.now(), "actor_id": None, "action": "role.granted", "subject_kind": "account", "subject_id": 1}
    db.session.execute(sa.insert(AuditEntry).values(fresh))


def cut_the_tail(ids: list[int]) -> None:
    for entry_id in ids[3:]:
        remove_a_value([0, 0, entry_id])
        db.session.execute(sa.delete(AuditLink).where(AuditLink.entry_id == entry_id))
        db.session.execute(sa.delete(AuditEntry).where(AuditEntry.id == entry_id))


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (change, "entry {2}"),
        (change_a_value, "entry {2}.*name.*was changed"),
        (blame_another, "entry {2}"),
        (write_an_erased_value_anew, "entry {2}.*written anew"),
        (remove_a_value, "entry {2}"),
        (remove, "entries were removed"),
        (swap, "entry {3}"),
        (swap_what_they_say, "entry {2}"),
        (insert, "added past the chain"),
        (cut_the_tail, "its end was cut off"),
    ],
)
def test_altering_is_found_and_says_where(without_triggers: list[int], act: Any, says: str) -> None:
    act(without_triggers)
    db.session.expire_all()
    found = verdict()
    assert not found.is_whole
    assert re.search(says.format(*without_triggers), " | ".join(found.faults)), found.faults


def test_a_tail_cut_with_its_head_mended_is_found_by_a_head_that_was_kept(without_triggers: list[int]) -> None:
    kept = head()
    cut_the_tail(without_triggers)
    end = db.session.scalars(sa.select(AuditLink).order_by(AuditLink.position.desc())).first()
    assert end
    db.session.execute(sa.delete(AuditHead) if _may_delete() else sa.text("SELECT 1"))
    db.session.execute(sa.insert(AuditHead).values(id=1, position=end.position, hash=end.hash))
    assert verdict().is_whole, "so that it is said: alone the chain cannot know"
    assert not verdict(known=kept).is_whole
    assert verdict(known=Head(end.position, end.hash)).is_whole


def _may_delete() -> bool:
    on = " ON audit_head" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(sa.text(f"DROP TRIGGER audit_head_removal{on}"))
    return True


def test_the_newest_part_alone_is_looked_at_too(without_triggers: list[int]) -> None:
    change(without_triggers)
    assert not verdict(newest=3).is_whole
    assert verdict(newest=2).is_whole
    assert verdict(newest=2).checked == 2


def test_an_empty_log_is_whole(database: None) -> None:
    assert verdict().is_whole
    assert str(head()).startswith("0:00")


def test_the_doctor_names_the_entry(app: Flask, without_triggers: list[int]) -> None:
    runner = app.test_cli_runner()
    db.session.commit()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    known = runner.invoke(args=["audit", "head"]).output.strip()
    assert runner.invoke(args=["audit", "verify", "--head", known]).exit_code == 0
    assert "audit log: 5 entries" in runner.invoke(args=["doctor"]).output
    change(without_triggers)
    db.session.commit()
    answer = runner.invoke(args=["doctor"])
    assert answer.exit_code == 1
    assert f"entry {without_triggers[2]}" in answer.output
    assert runner.invoke(args=["audit", "verify", "--head", "nonsense"]).exit_code == 1


def test_the_head_goes_to_the_log_by_night(written: list[int], capsys: pytest.CaptureFixture[str], app: Flask) -> None:
    app.extensions["job_functions"]["audit.log_head"]()
    assert head().hash.hex() in capsys.readouterr().err


@pytest.fixture
def committed(app: Flask) -> Iterator[None]:
    """Nothing is rolled back here, so all that was written is wiped."""
    with app.app_context():
        yield
        db.session.rollback()
        with writing():
            wipe()
            db.session.commit()


def test_many_who_write_at_once_make_one_chain(app: Flask, committed: None) -> None:
    barrier = Barrier(4)

    def write(_: int) -> None:
        with app.app_context(), writing():
            barrier.wait()
            for number in range(10):
                audit.record("unit.renamed", "unit", number, actor_id=None, after={"name": "x"})
                audit.record_many([audit.Deed("unit.opened", "unit", number)], actor_id=None)
                db.session.commit()

    with ThreadPoolExecutor(4) as people:
        list(people.map(write, range(4)))
    found = verdict()
    assert found.is_whole, found.faults
    assert found.checked == 80


def test_entries_of_before_are_chained_by_the_migration(app: Flask) -> None:
    (path,) = (ROOT / "migrations/versions").glob("*_audit_chain.py")
    chained = path.name.split("_")[0]
    with app.app_context():
        downgrade(revision=f"{int(chained) - 1:04}")
        _write_as_before()
        upgrade()
        found = verdict()
        text = sa.select(AuditValue.after).order_by(AuditValue.id)
        assert db.session.scalars(text).all() == ["Żółw", None, "2"]
        assert found.is_whole, found.faults
        assert found.checked == 2
        db.session.rollback()
        with writing():
            wipe()
            db.session.commit()


def _write_as_before() -> None:
    entry = sa.table("audit_entry", *(sa.column(name) for name in ("id", "at", "action", "subject_kind", "subject_id")))
    value = sa.table("audit_value", *(sa.column(name) for name in ("entry_id", "field", "before", "after")))
    at = sa.literal(datetime(2026, 3, 1, 12, 0, 0, 1500, UTC).replace(tzinfo=None), sa.DateTime())
    with writing(), db.engine.begin() as connection:
        for entry_id, subject in ((3, None), (5, 9)):
            row = {"id": entry_id, "at": at, "action": "unit.renamed", "subject_kind": "unit", "subject_id": subject}
            connection.execute(sa.insert(entry).values(row))
        told = [("name", None, "Żółw"), ("job", "x", None), ("count", "1", "2")]
        for entry_id, (name, before, after) in zip((3, 3, 5), told, strict=True):
            connection.execute(sa.insert(value).values(entry_id=entry_id, field=name, before=before, after=after))
