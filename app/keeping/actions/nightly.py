"""The backup of the night, and which older ones go when it is there."""

from datetime import datetime

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core.installation import InstallationKind, kind
from app.extensions import db
from app.keeping.actions.backing_up import back_up
from app.keeping.places import alone, archives, backups_folder, name_for
from app.keeping.rotation import staying
from config import Config

BUSY = _l("Another backup is being made. This one was not begun.")


def back_up_by_night(now: datetime) -> None:
    """Only a company's own: of the demo there is nothing to lose. Old ones go only after the new one is whole."""
    found = kind()
    db.session.rollback()
    if found is not InstallationKind.COMPANY:
        return
    folder = backups_folder()
    with alone(folder, str(BUSY)):
        back_up(folder / name_for(now), now)
        _rotate()


def _rotate() -> None:
    config: Config = current_app.config["REZONANS"]
    there = archives()
    stay = staying((each.made_at for each in there), config.backups_kept)
    for each in there:
        if each.made_at not in stay:
            each.path.unlink(missing_ok=True)
