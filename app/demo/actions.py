"""The demo company: loaded through the import engine into an empty place, and removed whole."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.core import clock, installation, settings
from app.core.errors import Refused
from app.core.installation import Installation, InstallationKind
from app.demo.story import files
from app.demo.story.cast import PEOPLE
from app.extensions import Base, db
from app.people.models import Employee, Unit

KEPT = {"alembic_version", "lease"}
Say = Callable[[str], object]


def load_when_empty(say: Say = lambda words: None) -> bool:
    """Nothing happens where something is; a real company is refused."""
    kind = installation.kind()
    if kind is InstallationKind.COMPANY:
        raise Refused(_("There is a real company in this database. The demo stays out; use an empty database for it."))
    if kind is InstallationKind.DEMO:
        return False
    _load(say)
    return True


def is_complete() -> bool:
    return bool(settings.company("demo_loaded"))


def counts() -> dict[str, int]:
    """What removing it takes away."""
    people = db.session.scalar(sa.select(sa.func.count()).select_from(Employee)) or 0
    units = db.session.scalar(sa.select(sa.func.count()).select_from(Unit)) or 0
    return {"people": people, "units": units}


def remove() -> None:
    """Every row goes, so that the place is as empty as before. Only ever the demo."""
    if installation.kind() is not InstallationKind.DEMO:
        raise Refused(_("This is not the demo company, so nothing was removed."))
    _empty()


def _empty() -> None:
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(sa.delete(table))
    db.session.expire_all()
