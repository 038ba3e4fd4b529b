"""A worker is killed in the midst of an undo, for real: in the end every row is gone, and the undo is done once."""

import os
import random
import signal
from pathlib import Path

import sqlalchemy as sa

from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import writing
from app.core.jobs import Job, JobState, enqueue
from app.extensions import db
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport, ImportStatus
from tests.factories import make_account
from tests.imports.test_killed_worker import Place, place, the_import
from tests.imports.things import count_things, write_things

DEATHS = 8 if os.environ.get("REZONANS_LONG") else 1
ROWS = 1_000 * DEATHS
__all__ = ["place"]


def begun(tmp_path: Path) -> None:
    import_id = import_file("things", write_things(tmp_path / "things.csv", ROWS)).id
    with writing():
        actor_id = make_account("undoer@example.org").id
        import_ = db.session.get_one(DataImport, import_id)
        seen = fingerprint(forecast_of(import_, actor_id=actor_id, now=clock.now()))
        begin_undo(import_, seen=seen, actor_id=actor_id, now=clock.now())
        enqueue("imports.undo", import_id=import_id)
        db.session.commit()


def test_a_killed_undo_is_begun_again_and_leaves_nothing(place: Place, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    begun(tmp_path)
    assert the_import().visible_at is None
    for _ in range(DEATHS):
        goal = count_things() - chance.randrange(1, 900)
        with place.worker() as process:
            place.until(lambda: count_things() < goal)  # noqa: B023  # asked at once
            process.send_signal(signal.SIGKILL)
        assert the_import().status is ImportStatus.UNDOING
        assert the_import().visible_at is None
    with place.worker():
        place.until(lambda: the_import().status is ImportStatus.UNDONE)
    assert count_things() == 0
    (job,) = db.session.scalars(sa.select(Job).where(Job.name == "imports.undo"))
    assert (job.state, job.tries >= 2) == (JobState.DONE, True)
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "import.undone")) == 1
