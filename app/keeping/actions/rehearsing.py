"""A restore of the newest backup, up to the last step: then one knows that it could be done."""

from datetime import datetime
from pathlib import Path

import structlog
from flask import current_app

from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.keeping.actions.restoring import BUSY
from app.keeping.archive import Reader
from app.keeping.models import Rehearsal
from app.keeping.places import alone, archives, refuse_without_space
from app.keeping.second_place import second_place
from config import Config


def rehearse(now: datetime) -> Rehearsal | None:
    """None where there is no backup yet. Whatever goes wrong is what a rehearsal is for: it is written down."""
    newest = next(iter(archives()), None)
    if newest is None:
        return None
    db.session.rollback()  # it takes its time, and nobody shall wait for us meanwhile
    rehearsal = Rehearsal(archive=newest.path.name, began_at=now)
    try:
        _restore_beside(newest.path, rehearsal, now)
    except Refused as refusal:
        rehearsal.failure = str(refusal)[:500]
    except Exception as error:  # noqa: BLE001
        structlog.get_logger().error("rehearsal.failed", exc_info=error)
        rehearsal.failure = f"{type(error).__name__}: the log says more."
    rehearsal.finished_at = clock.now()
    db.session.add(rehearsal)
    db.session.flush()
    return rehearsal


def _restore_beside(archive: Path, rehearsal: Rehearsal, now: datetime) -> None:
    config: Config = current_app.config["REZONANS"]
    work = config.data / "restoring"
    with alone(work, str(BUSY)):
        refuse_without_space(work, 2 * archive.stat().st_size)
        reader = Reader(archive)
        try:
            rehearsal.copied_at, rehearsal.row_count = reader.manifest.copied_at, sum(reader.manifest.counts.values())
            with second_place(reader, work, now):
                pass
        finally:
            reader.close()
