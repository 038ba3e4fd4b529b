"""What an erasure leaves to a job: files, and words that were written while the name was being struck.

From the commit of the erasure on nobody here knows the name. So with that very commit it is put aside, sealed, until a
job has looked through all texts once more: by then whatever was written before that commit is there, also what imports
bring that were at work. Killed, the job is begun again.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from app.core import jobs
from app.core.database import reading
from app.core.sealing import opened_for, seal_for
from app.extensions import db
from app.imports.actions.course import forget_file
from app.imports.queries import is_any_at_work
from app.privacy.actions.striking import strike
from app.privacy.models import Erasure, UnfinishedErasure
from app.privacy.queries.subjects import subject_of
from app.privacy.queries.unfinished import PURPOSE, owner_of, words_by_old_keys

JOB = "privacy.finish_erasure"
LONGEST = timedelta(days=1)  # what is at work for longer stands still, and the name does not lie here for ever
Told = dict[str, list[str]]


def leave_to_job(erasure: Erasure, known: Iterable[str], files: Iterable[str], now: datetime) -> None:
    """In the transaction of the erasure: whoever is killed after it has lost nothing."""
    row = db.session.get(UnfinishedErasure, erasure.id)
    before = (_opened(row) or {}) if row else {}
    told = {
        "words": sorted({*before.get("words", ()), *known}, key=len, reverse=True),
        "files": sorted({*before.get("files", ()), *files}),
    }
    if row is None:
        row = UnfinishedErasure(erasure_id=erasure.id)
        db.session.add(row)
    row.begun_at, row.sealed = now, seal_for(owner_of(erasure.id), json.dumps(told), PURPOSE)
    db.session.flush()
    jobs.enqueue(JOB, erasure_id=erasure.id)


def finish(erasure_id: int, now: datetime) -> Iterator[None]:
    """The edge commits at each step. It waits for imports that were at work: they may still bring the name."""
    row = db.session.get(UnfinishedErasure, erasure_id)
    if row is None:
        return
    begun_at, told = row.begun_at, _opened(row)
    if told is None:
        if now - begun_at < LONGEST:
            raise jobs.NotYet  # this process was not restarted since the key was renewed
        structlog.get_logger().error("privacy.unreadable", erasure=erasure_id)
        db.session.delete(row)
        return
    yield
    _forget_files(told["files"], begun_at)
    if now - begun_at < LONGEST and is_any_at_work(begun_at):
        raise jobs.NotYet
    subject = subject_of(db.session.get_one(Erasure, erasure_id))
    yield from strike(subject, told["words"])
    db.session.execute(sa.delete(UnfinishedErasure).where(UnfinishedErasure.erasure_id == erasure_id))
    jobs.enqueue("database.wipe_log")  # the words stood there as well


def enqueue_left_over(now: datetime) -> None:
    """By night: of which the job was given up."""
    left = sa.select(UnfinishedErasure.erasure_id).where(UnfinishedErasure.begun_at < now - LONGEST)
    for erasure_id in db.session.scalars(left.order_by(UnfinishedErasure.erasure_id)).all():
        jobs.enqueue(JOB, erasure_id=erasure_id)


def seal_words_anew() -> None:
    """After the key was renewed; what a job has finished meanwhile stays gone."""
    for erasure_id, sealed, words in words_by_old_keys():
        same = UnfinishedErasure.erasure_id == erasure_id, UnfinishedErasure.sealed == sealed
        anew = sa.update(UnfinishedErasure).where(*same).values(sealed=seal_for(owner_of(erasure_id), words, PURPOSE))
        db.session.execute(anew.execution_options(synchronize_session=False))


def _forget_files(digests: Sequence[str], begun_at: datetime) -> None:
    """But for those that somebody has brought again since."""
    for digest in digests:
        with reading():  # who waits for the files must not hold the database: others wait the other way round
            forget_file(digest, since=begun_at)
        db.session.rollback()  # ends the reading; nothing was written


def _opened(row: UnfinishedErasure) -> Told | None:
    found = opened_for(owner_of(row.erasure_id), row.sealed, PURPOSE)
    told: Told | None = json.loads(found.text) if found else None
    return told
