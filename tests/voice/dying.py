"""A process that brings waiting rows in and is killed after its n-th commit: `python -m tests.voice.dying N IMPORT`."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions import late
from app.voice.imports import loader
from tests.imports.worker import make_app

NEVER = 0


def main(commits: int, import_id: int) -> None:
    app = make_app(os.environ["DATABASE"], Path(os.environ["FOLDER"]))
    late.AT_ONCE = loader.WRITTEN_AT_ONCE = 20
    left = iter(range(commits - 1, -1, -1))

    def die_in_time(_session: Any) -> None:
        if next(left, None) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        if commits != NEVER:
            sa.event.listen(db.session, "after_commit", die_in_time)
        run_now("imports.bring_in", import_id=import_id)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
