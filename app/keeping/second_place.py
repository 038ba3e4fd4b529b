"""What an archive holds, in a second place: brought up to this version, checked and settled. The first is untouched."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DBAPIError

from app.core.database import writing
from app.core.errors import Refused
from app.core.imports import N_, Message
from app.core.jobs import OPEN, Job, JobState
from app.core.kinds import kinds_by_name
from app.core.restoration import STOPPED, Restoration
from app.core.revisions import known_revisions, migrate
from app.imports.models import DataImport, ImportStatus
from app.keeping.archive import Manifest, Reader
from app.keeping.places import making
from app.keeping.stores import store

AT_WORK = (ImportStatus.CHECKING, ImportStatus.LOADING, ImportStatus.UNDOING)
OVER = (ImportStatus.DONE, ImportStatus.UNDONE)
ERASE_AGAIN = "keeping.erase_again"
BROKEN_OFF = Message(N_("It was at work when the backup was made, and was broken off. Bring the file again."))


@contextmanager
def second_place(reader: Reader, folder: Path, now: datetime) -> Iterator[sa.Engine]:
    _refuse_unfit(reader.manifest)
    reader.verify()
    with making(folder) as own:
        scratch = store().scratch(own)
        try:
            _fill(scratch, reader, own)
            _settle(scratch, reader.manifest, now)
            yield scratch
        finally:
            store().remove(scratch)


def _refuse_unfit(manifest: Manifest) -> None:
    if manifest.database != store().name:
        raise Refused(_l("This backup is of the other kind of database. Nothing was changed; name one of its kind."))
    if manifest.revision not in known_revisions():
        raise Refused(
            _l("This backup was made by a newer version of Rezonans. Nothing was changed; install that version first.")
        )


def _fill(scratch: sa.Engine, reader: Reader, folder: Path) -> None:
    migrate(scratch, reader.manifest.revision)
    broken: tuple[type[Exception], ...] = (DBAPIError, *store().broken)
    try:
        counts = store().fill(scratch, reader, folder)
    except broken as error:
        raise Refused(_DOES_NOT_FIT) from error
    if counts != reader.manifest.counts:
        raise Refused(_DOES_NOT_FIT)
    migrate(scratch, "head")
    if complaints := store().complaints(scratch):
        raise Refused(f"{_DOES_NOT_FIT} ({'; '.join(complaints)})")


_DOES_NOT_FIT = _l("The rows of this backup do not fit together. Nothing was changed; take another backup.")


def _from(now: datetime) -> dict[str, datetime]:
    return {"created_at": now, "leased_until": now}


def _settle(scratch: sa.Engine, manifest: Manifest, now: datetime) -> None:
    """Nothing that waited in the copy begins by itself, and nothing leaves the house before somebody has looked.

    Only one thing must: who was erased since the backup was made is erased again, also if this process dies first.
    """
    private = [name for name, kind in kinds_by_name().items() if kind.is_private]
    without_file = sa.and_(DataImport.kind.in_(private), DataImport.status.not_in(OVER))
    broken_off = {"messages": [{"msgid": BROKEN_OFF.msgid, "params": {}}]}
    stop = sa.update(Job).where(Job.state.in_(OPEN))
    fail = sa.update(DataImport).where(sa.or_(DataImport.status.in_(AT_WORK), without_file))
    # What an undo takes back in one piece was not touched yet; what it had hidden goes with the next import.
    whole = sa.and_(DataImport.status == ImportStatus.UNDOING, DataImport.is_visible)
    stand = sa.update(DataImport).where(whole)
    with writing(), scratch.begin() as connection:
        connection.execute(stand.values(status=ImportStatus.DONE, undone_at=None, undone_by_id=None))
        stopped = connection.execute(stop.values(state=JobState.FAILED, finished_at=now, failure=STOPPED)).rowcount
        connection.execute(fail.values(status=ImportStatus.FAILED, failure=broken_off))
        connection.execute(sa.insert(Job).values(name=ERASE_AGAIN, ids={}, state=JobState.WAITING, **_from(now)))
        connection.execute(
            sa.insert(Restoration).values(restored_at=now, copied_at=manifest.copied_at, stopped_count=stopped)
        )
