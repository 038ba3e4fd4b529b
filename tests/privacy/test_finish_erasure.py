"""What an erasure leaves to a job is done whoever is killed: files go, and words written meanwhile lose the name."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import audit, clock, company_time, keys
from app.core.audit.checking import verdict
from app.core.database import writing
from app.core.jobs import Job, JobState, due, in_steps, run, run_now
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account, Grant
from app.privacy import jobs as privacy_jobs
from app.privacy.actions import finishing, striking
from app.privacy.actions.erasing import erase
from app.privacy.actions.finishing import JOB
from app.privacy.actions.replaying import list_path
from app.privacy.models import Erasure, UnfinishedErasure
from app.privacy.queries.subjects import of_account
from app.voice.models import Feedback, Metric
from tests.at_once import committed, in_app
from tests.cast import Cast, make_cast
from tests.copies import Copy
from tests.privacy.test_erase import found_in_files, found_in_tables
from tests.privacy.things import EMAIL, NAME, NUMBER, leave


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    """With Zofia, who has left."""
    with committed(app):
        cast = make_cast()
        leave(cast)
        yield cast
        list_path().unlink(missing_ok=True)


def zofia() -> Account:
    db.session.rollback()
    return db.session.scalars(sa.select(Account).where(Account.email == EMAIL)).one()


def erase_her() -> None:
    with writing():
        in_steps(erase(of_account(zofia()), actor_id=None, reason="asked", now=clock.now()))
        db.session.commit()


def work() -> None:
    """What any worker finds to do, now."""
    db.session.rollback()
    while found := due(clock.now()):
        for job_id in found:
            run(job_id)


def unfinished() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(UnfinishedErasure.erasure_id)))


def praised(cast: Cast, words: str) -> None:
    import_id = db.session.scalars(sa.select(DataImport.id)).first()
    db.session.add(
        Feedback(
            import_id=import_id, unit_id=cast.n1.id, answered_on=company_time.today(), metric=Metric.NPS, score=9,
            comment=words, row_key=words.encode(),
        )
    )  # fmt: skip


def test_killed_right_after_its_commit_the_files_go_all_the_same(cast: Cast, app: Flask, tmp_path: Path) -> None:
    def erase_and_die() -> None:
        erase_her()
        os.kill(os.getpid(), signal.SIGKILL)

    assert Copy(in_app(app, erase_and_die), tmp_path / "erasing.log").wait() == -signal.SIGKILL
    assert db.session.scalar(sa.select(Erasure.id)) is not None
    assert found_in_files(app.config["UPLOADS"]), "so that there is something to do"
    work()
    assert found_in_files(app.config["UPLOADS"]) == []
    assert found_in_tables() == []


@pytest.mark.parametrize("step", ["files", "words"])
def test_a_worker_that_is_killed_is_followed_by_another(
    cast: Cast, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    erase_her()
    with monkeypatch.context() as dying:
        where, name = (finishing, "forget_file") if step == "files" else (striking, "_read")
        if step == "words":
            praised(cast, f"{NAME} once more")
            db.session.commit()
        dying.setattr(where, name, lambda *_a, **_n: os.kill(os.getpid(), signal.SIGKILL))
        assert Copy(in_app(app, work), tmp_path / "work.log").wait() == -signal.SIGKILL
    assert unfinished() != []
    db.session.execute(sa.update(Job).values(leased_until=clock.now()))
    db.session.commit()
    work()
    assert (unfinished(), found_in_tables(), found_in_files(app.config["UPLOADS"])) == ([], [], [])


def test_a_name_written_while_it_is_struck_goes_too(cast: Cast) -> None:
    """A text, a text that is changed, and what the log says of somebody else."""
    grant_id = db.session.scalars(sa.select(Grant.id).order_by(Grant.id)).first()
    steps = erase(of_account(zofia()), actor_id=None, reason="asked", now=clock.now())
    with writing():
        for _step in steps:
            db.session.commit()
            praised(cast, f"{NAME} ({NUMBER}) was kind again {clock.now()}")
            db.session.get_one(Grant, grant_id).reason = f"Instead of {NAME}"
            audit.record("unit.changed", "unit", cast.n1.id, actor_id=None, after={"note": f"led by {NAME}"})
            db.session.commit()
        db.session.commit()
    assert found_in_tables() != [], "so that there is something to do"
    work()
    assert found_in_tables() == []
    assert db.session.get_one(Grant, grant_id).reason == "Instead of …"
    assert verdict().is_whole


def test_it_waits_for_what_an_import_brings_that_was_at_work(cast: Cast) -> None:
    answers = DataImport(
        kind="feedback", status=ImportStatus.LOADING, file_name="answers.csv", digest="f" * 64, created_at=clock.now(),
        load_started_at=clock.now(),
    )  # fmt: skip
    db.session.add(answers)
    db.session.commit()
    erase_her()
    job = db.session.scalars(sa.select(Job).where(Job.name == JOB)).one()
    run(job.id)
    assert (job.state, job.tries, len(unfinished())) == (JobState.WAITING, 0, 1)
    praised(cast, f"{NAME} came with a later chunk")
    answers.status = ImportStatus.DONE
    job.leased_until = clock.now()
    db.session.commit()
    work()
    assert (unfinished(), found_in_tables()) == ([], [])


def test_it_does_not_wait_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = DataImport(
        kind="feedback", status=ImportStatus.LOADING, file_name="answers.csv", digest="f" * 64, created_at=clock.now()
    )
    db.session.add(stuck)
    db.session.commit()
    erase_her()
    monkeypatch.setattr(finishing, "LONGEST", timedelta(0))
    work()
    assert unfinished() == []


def test_by_night_it_is_begun_again_where_it_was_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    erase_her()
    db.session.execute(sa.update(Job).values(state=JobState.FAILED))
    db.session.commit()
    run_now("privacy.forget")
    assert len(unfinished()) == 1, "it may still be at work"
    monkeypatch.setattr(finishing, "LONGEST", timedelta(0))
    run_now("privacy.forget")
    work()
    assert unfinished() == []


def test_nobody_reads_the_name_where_it_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is sealed. Who does not have the key yet leaves it to others, and when nobody has it, not for ever."""
    erase_her()
    sealed = db.session.scalars(sa.select(UnfinishedErasure.sealed)).one()
    assert not any(word.encode() in sealed for word in (NAME, EMAIL, NUMBER, "a" * 64))
    monkeypatch.setattr(keys, "believed", lambda *_: [])
    work()
    assert unfinished() != []
    db.session.execute(sa.update(Job).values(leased_until=clock.now()))
    db.session.commit()
    monkeypatch.setattr(finishing, "LONGEST", timedelta(0))
    work()
    assert unfinished() == []


def test_by_night_nobody_waits_for_the_list_with_the_database_held(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has just erased somebody holds the file, and wants to read: on SQLite each would wait for the other."""
    held: list[bool] = []
    monkeypatch.setattr(privacy_jobs, "keep_list", lambda: held.append(db.session().in_transaction()))
    monkeypatch.setattr(privacy_jobs, "enqueue_left_over", lambda now: db.session.execute(sa.delete(Job)))
    with writing():
        privacy_jobs.forget()
    assert held == [False]
