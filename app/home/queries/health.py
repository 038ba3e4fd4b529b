"""Is this installation well? Each check says what it looked at and, when something needs hands, what to do."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased

from app.core import clock, installation, mail, settings
from app.core.audit.checking import verdict
from app.core.jobs import Job, JobState
from app.core.links import base_url, is_only_here
from app.core.restoration import STOPPED
from app.core.revisions import newest_revision, revision_of
from app.core.texts import _, ngettext
from app.core.timer import is_ticking
from app.extensions import db
from app.home.queries.letters import ONE_MAILBOX
from app.keeping.queries.backups import check_backups, check_rehearsal, check_sending
from app.keeping.queries.old_keys import check_old_keys
from app.people.queries.head_counts import check_head_counts
from config import Config

PYTHON = (3, 11, 8)
NEWEST = 10_000  # entries of the log, a fraction of a second
ENOUGH_SPACE = 200 * 1024 * 1024
FAILURES_TOLD = timedelta(days=7)


@dataclass(frozen=True)
class Check:
    name: str
    is_well: bool
    sentence: str


def readiness() -> Iterator[Check]:
    """What must hold before this process may serve pages."""
    yield _guarded("database", _check_database)
    yield _guarded("migrations", _check_migrations)
    yield _guarded("storage", _check_storage)


def health(*, whole_log: bool = False) -> Iterator[Check]:
    """Everything that `flask doctor` looks at; the page, which has no minutes, looks at the newest of the log only."""
    yield from readiness()
    yield _guarded("keys", _check_keys)
    yield _guarded("old keys", lambda: check_old_keys(clock.now()))
    yield _guarded("python", _check_python)
    yield _guarded("time zone", _check_time_zone)
    yield _guarded("scheduler", _check_scheduler)
    yield _guarded("jobs", _check_jobs)
    yield _guarded("audit log", lambda: _check_audit(None if whole_log else NEWEST))
    yield _guarded("head counts", check_head_counts)
    yield _guarded("mail", _check_mail)
    yield _guarded("sending", check_sending)
    yield _guarded("backups", lambda: check_backups(clock.now()))
    yield _guarded("rehearsal", lambda: check_rehearsal(clock.now()))


def _guarded(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *look())
    except (SQLAlchemyError, OSError) as error:
        return Check(name, False, _("Could not be looked at: %(fault)s.", fault=type(error).__name__))


def _config() -> Config:
    config: Config = current_app.config["REZONANS"]
    return config


def _check_database() -> tuple[bool, str]:
    db.session.execute(sa.text("SELECT 1"))
    return True, _("%(name)s answers.", name=db.engine.dialect.name)


def _check_migrations() -> tuple[bool, str]:
    there, newest = revision_of(db.session.connection()), newest_revision()
    if there == newest:
        return True, _("The schema is at %(version)s.", version=newest)
    lacking = _("The schema is at %(there)s, the code needs %(needed)s.", there=there or "–", needed=newest)
    mend = _("Run: %(command)s", command="flask --app wsgi db upgrade")
    return False, f"{lacking} {mend}"


def _check_storage() -> tuple[bool, str]:
    folder: Path = current_app.config["UPLOADS"]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    probe = folder / ".probe"
    probe.write_text("well")
    probe.unlink()
    free = shutil.disk_usage(folder).free
    return free > ENOUGH_SPACE, _("%(size)s MiB free in %(folder)s.", size=free // 1024**2, folder=folder)


def _check_keys() -> tuple[bool, str]:
    config = _config()
    if config.keys == config.data or config.data in config.keys.parents:
        return False, _(
            "The keys lie inside the data folder, so a backup of the data holds them. Move REZONANS_KEYS out."
        )
    return True, _("The keys lie apart from the data.")


def _check_python() -> tuple[bool, str]:
    """Older ones do not notice archives whose parts overlap (CVE-2024-0450); our own look at them does."""
    if sys.version_info >= PYTHON:
        return True, f"Python {platform.python_version()}."
    wanted = ".".join(map(str, PYTHON))
    return True, _(
        "Python %(here)s: %(wanted)s mends a fault in reading archives. Update when you can.",
        here=platform.python_version(),
        wanted=wanted,
    )


def _check_time_zone() -> tuple[bool, str]:
    name = str(settings.company("time_zone"))
    try:
        return True, _("%(zone)s, now %(time)s.", zone=name, time=f"{clock.now().astimezone(ZoneInfo(name)):%H:%M}")
    except ZoneInfoNotFoundError:
        return False, _(
            "%(zone)s is not a time zone this machine knows. Change it in the settings, or install tzdata.", zone=name
        )


def _check_scheduler() -> tuple[bool, str]:
    if is_ticking(clock.now()):
        return True, _("The scheduler is at work.")
    lacking = _("No scheduler is at work: imports wait.")
    mend = _("Run: %(command)s", command="flask --app wsgi jobs serve")
    return False, f"{lacking} {mend}"


def _check_jobs() -> tuple[bool, str]:
    failed = db.session.execute(failed_jobs(clock.now())).all()
    if not failed:
        return True, _("No job that failed in the last seven days is left undone.")
    names = ", ".join(f"{name} ({count})" for name, count in failed)
    return False, _("Failed in the last seven days, and not done since: %(names)s. The log says why.", names=names)


def failed_jobs(now: datetime) -> sa.Select[str, int]:
    """Each job's name with how often it failed lately, but for those that were done later with the same ids.

    Older ones are in the log: a failure that nobody can mend any more must not hide the next. Nor is it a fault of the
    installation that somebody's mailbox is closed; the page of the mail server counts those.
    """
    later = aliased(Job)
    same = sa.and_(later.name == Job.name, sa.cast(later.ids, sa.Text) == sa.cast(Job.ids, sa.Text))
    mended = sa.exists().where(same, later.state == JobState.DONE, later.finished_at > Job.finished_at)
    lately = sa.and_(Job.state == JobState.FAILED, Job.finished_at > now - FAILURES_TOLD)
    lately = sa.and_(lately, sa.func.coalesce(Job.failure, "").not_in([STOPPED, *ONE_MAILBOX]))
    return sa.select(Job.name, sa.func.count()).where(lately, ~mended).group_by(Job.name).order_by(Job.name)


def _check_audit(newest: int | None) -> tuple[bool, str]:
    found = verdict(newest)
    if found.is_whole:
        whole = ngettext(
            "%(num)s entry is as it was written", "%(num)s entries are as they were written", found.checked
        )
        return True, _("%(whole)s; the log ends at %(head)s.", whole=whole, head=found.head)
    first = "; ".join(found.faults[:3])
    more = " (+ flask audit verify)" if len(found.faults) > 3 else ""
    return False, _("Somebody altered the log: %(faults)s. Compare it with a backup.", faults=f"{first}{more}")


def _check_mail() -> tuple[bool, str]:
    """As far as a letter would go, without one."""
    if installation.is_demo():
        return True, _("The demo sends none.")
    server = mail.server()
    if server is None:
        return True, _("No server is named (/admin/mail): ways in go by printed slips only.")
    try:
        mail.look(server)
    except mail.NotDelivered as refusal:
        told = {"server": f"{server.host}:{server.port}", "refusal": str(refusal)}
        return False, _("%(server)s would take nothing (%(refusal)s). See /admin/mail.", **told)
    if is_only_here():
        return False, _(
            "%(name)s answers, but links would lead to %(url)s: set PUBLIC_URL.", name=server.host, url=base_url()
        )
    return True, _("%(name)s answers.", name=server.host)
