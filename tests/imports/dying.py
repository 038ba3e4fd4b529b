"""A process that forgets a file and kills itself at a named step."""

import os
import signal
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.core import uploads
from app.core.jobs import run_now
from app.extensions import db
from app.imports.models import DataImport

BEFORE_THE_COMMIT, BEFORE_THE_FILE, NEVER = "before-the-commit", "before-the-file", "never"


def die(*_anything: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_when_an_import_goes(session: Any) -> None:
    if session.info.get("an import is gone"):
        die()


def forget(app: Flask, step: str, job: str, **named: int) -> None:
    """To be called in a process of its own."""
    with app.app_context():
        if step == BEFORE_THE_FILE:
            uploads.remove = die  # type: ignore[assignment]
        elif step == BEFORE_THE_COMMIT:
            sa.event.listen(DataImport, "after_delete", _remember)
            sa.event.listen(db.session, "before_commit", die_when_an_import_goes)
        run_now(job, **named)


def _remember(_mapper: Any, _connection: Any, import_: DataImport) -> None:
    db.session.info["an import is gone"] = import_.id
