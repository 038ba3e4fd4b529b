"""Two decisions, or two clicks, make two jobs for one import: one of them brings in at a time, and no row is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.jobs import Claim, Job, JobState, Lease, hold, in_steps, perform, run, work
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.actions.late import bring_in
from app.imports.models import DataImport, WaitingRow
from app.people.actions.unit_aliases import Meaning, decide
from app.voice.actions.rebuilding import differences
from app.voice.models import Feedback
from tests.cast import Cast
from tests.voice.files import HEADER, bring, rows

MANY = 2500  # more than one step


@contextmanager
def within(claim: Claim) -> Iterator[None]:
    token = work._current.set(claim)
    try:
        yield
    finally:
        work._current.reset(token)


@pytest.fixture
def import_(cast: Cast, tmp_path: Path) -> DataImport:
    text = HEADER + "N1,2026-01-05,nps,9\n"
    found = bring(tmp_path, text + "".join(f"{word},2026-01-05,nps,7\n" * MANY for word in ("OLD", "SHOP")))
    for word in ("OLD", "SHOP"):
        decide(Meaning("feedback", UnitWords(word), cast.n2.id), actor_id=cast.celina.id, now=clock.now())
    db.session.commit()
    return found


def half_done(import_: DataImport) -> tuple[Claim, Iterator[None]]:
    """A job in the midst of its work: some rows are written, none is seen."""
    claim = hold("imports.bring_in", import_id=import_.id)
    db.session.commit()
    steps = bring_in(import_.id)
    with within(claim):
        while not db.session.scalar(sa.select(WaitingRow.id).where(WaitingRow.taken_by_id.is_not(None)).limit(1)):
            next(steps)
            db.session.commit()
    return claim, steps


def second(import_: DataImport) -> Job:
    claim = hold("imports.bring_in", import_id=import_.id)
    db.session.commit()
    perform(claim)
    db.session.expire_all()
    return db.session.get_one(Job, claim.job_id)


def all_is_there(import_: DataImport) -> None:
    db.session.expire_all()
    assert (rows(), rows(WaitingRow)) == (2 * MANY + 1, 0)
    assert (import_.new_count, import_.waiting_count) == (2 * MANY + 1, 0)
    seen = sa.select(sa.func.count(Feedback.id)).join(DataImport, DataImport.id == Feedback.import_id)
    assert db.session.scalar(seen.where(DataImport.is_visible)) == 2 * MANY + 1
    assert list(differences()) == []


def test_the_second_is_put_off_while_the_first_writes(import_: DataImport) -> None:
    claim, steps = half_done(import_)
    job = second(import_)
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    with within(claim):
        in_steps(steps)
    db.session.commit()
    all_is_there(import_)
    db.session.execute(sa.update(Job).where(Job.id == job.id).values(leased_until=clock.now()))
    db.session.commit()
    run(job.id)
    db.session.expire_all()
    assert job.state is JobState.DONE
    all_is_there(import_)
    assert not db.session.scalars(sa.select(Lease).where(Lease.name.startswith("imports.bring_in"))).all()


def test_of_one_that_died_the_second_takes_over(import_: DataImport) -> None:
    claim, _steps = half_done(import_)
    over = sa.update(Job).where(Job.id == claim.job_id).values(leased_until=clock.now() - timedelta(seconds=1))
    db.session.execute(over)
    db.session.commit()
    assert second(import_).state is JobState.DONE
    all_is_there(import_)
