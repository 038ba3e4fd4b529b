"""The nightly backup, and a rehearsal of its restore once a week."""

import structlog

from app.core import clock
from app.core.jobs import in_steps
from app.extensions import db
from app.keeping.actions.keys import seal_anew
from app.keeping.actions.nightly import back_up_by_night
from app.keeping.actions.rehearsing import rehearse
from app.keeping.queries.backups import is_rehearsal_due
from app.keeping.second_place import ERASE_AGAIN
from app.privacy.actions.replaying import replay


def back_up() -> None:
    back_up_by_night(clock.now())


def rehearse_restore() -> None:
    """Every night it is asked whether a week has passed since the last good one: a bad one is tried again."""
    now = clock.now()
    if is_rehearsal_due(now):
        rehearse(now)
        db.session.commit()


def erase_again() -> None:
    """After a restore: an older backup has brought people back who were erased since (security.md I1)."""
    done = in_steps(replay(clock.now()))
    db.session.commit()
    structlog.get_logger().info("restore.erased_again", erased=done.erased, unknown=done.unknown)


def seal_anew_by_night() -> None:
    """A process that was not restarted since the key was renewed knows no older one, so it finds nothing to do."""
    in_steps(seal_anew())


JOBS = {
    "keeping.back_up": back_up,
    "keeping.rehearse": rehearse_restore,
    "keeping.seal_anew": seal_anew_by_night,
    ERASE_AGAIN: erase_again,
}
