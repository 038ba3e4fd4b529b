"""Somebody says which unit is meant while an import is accepted or written: no decision is lost, no row comes twice."""

from pathlib import Path
from threading import Event
from time import sleep

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import Job, NotYet, run_now
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.actions import course, steps
from app.imports.models import DataImport, ImportStatus, WaitingName, WaitingRow
from app.people.actions import unit_aliases
from app.people.actions.unit_aliases import Meaning, decide, settle_words
from app.people.models import UnitAlias
from tests.at_once import PATIENCE, Meeting, committed, meeting_when_set, together
from tests.cast import Cast, make_cast
from tests.voice.files import HEADER, bring, rows
from tests.voice.test_waiting_feedback import TWO, say, waiting


def put_back(import_: DataImport, status: ImportStatus) -> None:
    import_.status, import_.visible_at, import_.load_started_at = status, None, None
    db.session.commit()


def test_while_it_is_written_the_decision_waits_for_its_end(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, HEADER + TWO)
    import_.status = ImportStatus.LOADING  # rows and names are written, the last step is not
    db.session.commit()
    say(cast, "OLD", cast.n2.id)
    job = db.session.scalars(sa.select(Job).where(Job.name == "people.settle_words")).one()
    with pytest.raises(NotYet):
        settle_words(**job.ids)
    assert waiting() == {"OLD": 2, "SHOP": 1}
    import_.status = ImportStatus.DONE
    db.session.commit()
    run_now("people.settle_words", **job.ids)
    wanted = db.session.scalars(sa.select(Job).where(Job.name == "imports.bring_in")).all()
    assert [one.ids["import_id"] for one in wanted] == [import_.id]
    run_now("imports.bring_in", import_id=import_.id)
    assert (waiting(), rows()) == ({"SHOP": 1}, 3)
    run_now("people.settle_words", **job.ids)  # a second time
    run_now("imports.bring_in", import_id=import_.id)
    assert rows() == 3


def test_an_import_that_ends_at_that_moment_is_looked_at_again(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever decides finds no name of it yet; with its last commit it shows them all, and is done."""
    import_ = bring(tmp_path, HEADER + TWO)
    import_.status = ImportStatus.LOADING
    db.session.commit()

    def too_early(*_kind_and_key: str, **_who_and_when: object) -> list[tuple[str, DataImport]]:
        import_.status = ImportStatus.DONE
        db.session.flush()
        return []

    with monkeypatch.context() as patched:
        patched.setattr(unit_aliases, "follow_decision", too_early)
        say(cast, "OLD", cast.n2.id)
    job = db.session.scalars(sa.select(Job).where(Job.name == "people.settle_words")).one()
    run_now("people.settle_words", **job.ids)
    run_now("imports.bring_in", import_id=import_.id)
    assert (waiting(), rows()) == ({"SHOP": 1}, 3)


def test_during_the_check_the_decision_waits_for_its_end_and_it_is_checked_again(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, HEADER + TWO)
    put_back(import_, ImportStatus.CHECKING)
    checking = steps.check(import_.id)
    next(checking)  # what was found before is forgotten
    while not import_.row_count:
        next(checking)
        db.session.commit()
    say(cast, "OLD", cast.n2.id)
    job = db.session.scalars(sa.select(Job).where(Job.name == "people.settle_words")).one()
    with pytest.raises(NotYet):
        settle_words(**job.ids)
    for _ in checking:
        db.session.commit()
    db.session.commit()
    assert (import_.status, waiting()) == (ImportStatus.CHECKED, {"OLD": 2, "SHOP": 1})  # judged before
    run_now("people.settle_words", **job.ids)
    assert import_.status is ImportStatus.CHECKING
    (again,) = db.session.scalars(sa.select(Job).where(Job.name == "imports.check", Job.id > job.id))
    run_now("imports.check", **again.ids)
    assert (import_.status, import_.waiting_count, waiting()) == (ImportStatus.CHECKED, 1, {"SHOP": 1})


def test_a_check_that_the_decision_began_hears_it_and_is_not_run_twice(cast: Cast, tmp_path: Path) -> None:
    import_ = bring(tmp_path, HEADER + TWO)
    put_back(import_, ImportStatus.CHECKED)
    say(cast, "OLD", cast.n2.id)
    assert (import_.status, waiting()) == (ImportStatus.CHECKED, {"SHOP": 1})
    assert not db.session.scalars(sa.select(Job).where(Job.name == "people.settle_words")).all()


def test_a_check_that_begins_while_somebody_decides_hears_it(app: Flask, tmp_path: Path) -> None:
    """Whoever decides has looked for checks and has not committed; so the check waits for that."""
    with committed(app):
        cast = make_cast()
        import_ = bring(tmp_path, HEADER + TWO)
        put_back(import_, ImportStatus.UPLOADED)
        import_id, celina, unit_id = import_.id, cast.celina.id, cast.n2.id
        db.session.execute(sa.delete(WaitingRow))
        db.session.execute(sa.delete(WaitingName))
        db.session.commit()
        has_looked = Event()

        def settle() -> None:
            with app.app_context(), writing():
                decide(Meaning("feedback", UnitWords("OLD"), unit_id), actor_id=celina, now=clock.now())
                has_looked.set()
                sleep(PATIENCE)
                db.session.commit()

        def check() -> None:
            has_looked.wait()
            with app.app_context(), writing():
                db.session.get_one(DataImport, import_id).status = ImportStatus.CHECKING
                db.session.commit()
                run_now("imports.check", import_id=import_id)

        together(settle, check)
        assert db.session.get_one(DataImport, import_id).status is ImportStatus.CHECKED
        assert waiting() == {"SHOP": 1}


def test_an_import_that_was_set_aside_meanwhile_needs_no_decision(cast: Cast, tmp_path: Path) -> None:
    say(cast, "OLD", cast.n2.id)
    alias = db.session.scalars(sa.select(UnitAlias)).one()
    settle_words(import_id=4711, alias_id=alias.id)
    assert not db.session.scalars(sa.select(Job).where(Job.name == "imports.bring_in")).all()


def test_whoever_accepts_and_whoever_decides_do_not_undo_each_other(app: Flask, tmp_path: Path) -> None:
    with committed(app):
        cast = make_cast()
        import_id = bring(tmp_path, HEADER + TWO).id
        put_back(db.session.get_one(DataImport, import_id), ImportStatus.CHECKED)
        celina, unit_id = cast.celina.id, cast.n2.id
        db.session.execute(sa.update(WaitingName).values(decided_at=None))
        db.session.commit()
        meeting = Meeting()

        def accept() -> bool:
            with app.app_context(), writing():
                try:
                    found = db.session.get_one(DataImport, import_id)
                    course.accept(found, now=clock.now(), actor_id=celina)
                    db.session.commit()
                except Refused:
                    db.session.rollback()
                    return False
                return True

        def settle() -> list[str]:
            with app.app_context(), writing():
                meaning = Meaning("feedback", UnitWords("OLD"), unit_id)
                jobs = [job for job, _ in decide(meaning, actor_id=celina, now=clock.now())]
                db.session.commit()
                return jobs

        with meeting_when_set(DataImport.status, meeting):
            accepted, jobs = together(accept, settle)
        assert not meeting.happened
        status = db.session.get_one(DataImport, import_id).status
        if accepted:
            assert (status, jobs) == (ImportStatus.LOADING, [])
            assert db.session.scalar(sa.select(sa.func.count()).where(Job.name == "people.settle_words")) == 1
        else:
            assert (status, jobs) == (ImportStatus.CHECKING, ["imports.check"])


def test_a_load_that_begins_anew_tells_what_it_did(cast: Cast, tmp_path: Path) -> None:
    """Its first try died; between the two another import brought the same rows."""
    text = HEADER + "N1,2026-01-05,nps,9\nN1,2026-01-05,nps,8\nN1,2026-01-05,nps,7\n"
    import_ = bring(tmp_path, text)
    assert (import_.new_count, import_.unchanged_count) == (3, 0)
    put_back(import_, ImportStatus.LOADING)
    other = bring_beside(tmp_path, import_)
    import_.load_started_at = clock.now()
    db.session.commit()
    for _ in steps.load(import_.id):
        db.session.commit()
    assert other.new_count == 1
    assert (import_.new_count, import_.unchanged_count) == (2, 1)


def bring_beside(tmp_path: Path, import_: DataImport) -> DataImport:
    """While the first one waits for its second try; only one of a kind is written at a time."""
    import_.status, import_.load_started_at = ImportStatus.FAILED, clock.now()
    db.session.commit()
    other = bring(tmp_path, HEADER + "N1,2026-01-05,nps,9\n")
    import_.status = ImportStatus.LOADING
    return other
