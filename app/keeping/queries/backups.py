"""Is there a backup, is it young, and could it be brought back?"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import restoration
from app.core.installation import Installation, InstallationKind
from app.core.restoration import Restoration
from app.extensions import db
from app.keeping.models import Rehearsal
from app.keeping.places import Kept, archives, backups_folder

YOUNG = timedelta(hours=36)
REHEARSED = timedelta(days=7)  # how often it is done by itself
TOO_LONG_AGO = timedelta(days=35)


@dataclass(frozen=True)
class Keeping:
    """What the administrator's page says about backups."""

    newest: Kept | None
    count: int
    total_bytes: int
    free_bytes: int | None  # None: there is no folder yet
    last_good: Rehearsal | None
    last_bad: Rehearsal | None  # since the last good one
    hold: Restoration | None


def keeping() -> Keeping:
    there, folder = archives(), backups_folder()
    return Keeping(
        newest=there[0] if there else None,
        count=len(there),
        total_bytes=sum(each.size for each in there),
        free_bytes=shutil.disk_usage(folder).free if folder.is_dir() else None,
        last_good=last_good_rehearsal(),
        last_bad=_last_bad_since(),
        hold=restoration.held(),
    )


def last_good_rehearsal() -> Rehearsal | None:
    good = sa.select(Rehearsal).where(Rehearsal.failure.is_(None)).order_by(Rehearsal.id.desc())
    return db.session.scalars(good.limit(1)).first()


def _last_bad_since() -> Rehearsal | None:
    newest = db.session.scalars(sa.select(Rehearsal).order_by(Rehearsal.id.desc()).limit(1)).first()
    return newest if newest is not None and newest.failure is not None else None


def is_rehearsal_due(now: datetime) -> bool:
    last = last_good_rehearsal()
    return last is None or last.finished_at <= now - REHEARSED


def check_backups(now: datetime) -> tuple[bool, str]:
    since = _company_since()
    if since is None:
        return True, "There is nothing to back up: no company is set up here."
    newest = next(iter(archives()), None)
    if newest is None:
        return (
            since > now - YOUNG,
            f"None in {backups_folder()} yet. One is made by night, or by: flask jobs run keeping.back_up",
        )
    sentence = f"The newest in {backups_folder()} is of {newest.made_at:%Y-%m-%d %H:%M} UTC."
    if newest.made_at > now - YOUNG:
        return True, sentence
    return False, f"{sentence} The log says why there is none since. By hand: flask jobs run keeping.back_up"


def check_rehearsal(now: datetime) -> tuple[bool, str]:
    since, last, bad = _company_since(), last_good_rehearsal(), _last_bad_since()
    if since is None:
        return True, "There is nothing to restore."
    if bad is not None:
        return False, f"The newest backup could not be restored ({bad.archive}): {bad.failure}"
    if last is None:
        return since > now - TOO_LONG_AGO, "None was restored for a trial yet. To do it now: flask doctor --restore"
    said = f"{last.archive} was restored for a trial on {last.finished_at:%Y-%m-%d}, {last.row_count} rows."
    return last.finished_at > now - TOO_LONG_AGO, said


def check_sending() -> tuple[bool, str]:
    hold = restoration.held()
    if hold is None:
        return True, "Nothing is held back."
    when = f"{hold.restored_at:%Y-%m-%d %H:%M}"
    return False, f"Nothing is sent since this copy was restored on {when} UTC. Look, then let it go at /admin/health."


def _company_since() -> datetime | None:
    return db.session.scalar(sa.select(Installation.since).where(Installation.kind == InstallationKind.COMPANY))
