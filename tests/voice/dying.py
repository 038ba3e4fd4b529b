"""Bringing waiting rows in, killed after its n-th commit: to be called in a process of its own."""

import os
import signal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions import late
from app.voice.imports import loader
from tests.imports.worker import make_app

NEVER = 0


def bring_in(database_url: str, folder: Path, commits: int, import_id: int) -> None:
    app = make_app(database_url, folder)
    late.AT_ONCE = loader.WRITTEN_AT_ONCE = 20
    left = iter(range(commits - 1, -1, -1))

    def die_in_time(_session: Any) -> None:
        if next(left, None) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        if commits != NEVER:
            sa.event.listen(db.session, "after_commit", die_in_time)
        run_now("imports.bring_in", import_id=import_id)
