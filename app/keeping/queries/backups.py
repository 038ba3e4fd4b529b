"""Is there a backup, is it young, and could it be brought back?"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import restoration
from app.core.installation import Installation, InstallationKind
from app.core.restoration import Restoration
from app.core.texts import _
from app.extensions import db
from app.keeping.models import Rehearsal
from app.keeping.places import Kept, archives, backups_folder

BACK_UP = "flask jobs run keeping.back_up"
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
    since, folder = _company_since(), backups_folder()
    if since is None:
        return True, _("There is nothing to back up: no company is set up here.")
    newest = next(iter(archives()), None)
    if newest is None:
        none = _("None in %(folder)s yet. One is made by night, or by: %(command)s", folder=folder, command=BACK_UP)
        return since > now - YOUNG, none
    made_at = f"{newest.made_at:%Y-%m-%d %H:%M} UTC"
    sentence = _("The newest in %(folder)s is of %(moment)s.", folder=folder, moment=made_at)
    if newest.made_at > now - YOUNG:
        return True, sentence
    lacking = _("The log says why there is none since. By hand: %(command)s", command=BACK_UP)
    return False, f"{sentence} {lacking}"


def check_rehearsal(now: datetime) -> tuple[bool, str]:
    since, last, bad = _company_since(), last_good_rehearsal(), _last_bad_since()
    if since is None:
        return True, _("There is nothing to restore.")
    if bad is not None:
        told = {"archive": bad.archive, "failure": bad.failure}
        return False, _("The newest backup could not be restored (%(archive)s): %(failure)s", **told)
    if last is None:
        none = _("None was restored for a trial yet. To do it now: %(command)s", command="flask doctor --restore")
        return since > now - TOO_LONG_AGO, none
    told = {"archive": last.archive, "day": f"{last.finished_at:%Y-%m-%d}", "rows": str(last.row_count)}
    said = _("%(archive)s was restored for a trial on %(day)s, rows: %(rows)s.", **told)
    return last.finished_at > now - TOO_LONG_AGO, said


def check_sending() -> tuple[bool, str]:
    hold = restoration.held()
    if hold is None:
        return True, _("Nothing is held back.")
    when = f"{hold.restored_at:%Y-%m-%d %H:%M} UTC"
    return False, _(
        "Nothing is sent since this copy was restored on %(moment)s. Look, then let it go at /admin/health.",
        moment=when,
    )


def _company_since() -> datetime | None:
    return db.session.scalar(sa.select(Installation.since).where(Installation.kind == InstallationKind.COMPANY))
