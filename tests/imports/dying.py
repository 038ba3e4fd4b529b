"""A process that forgets a file and is killed at a named step: `python -m tests.imports.dying STEP JOB [IMPORT]`."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core import uploads
from app.core.jobs import run_now
from app.extensions import db
from app.imports.models import DataImport
from tests.imports.worker import make_app

BEFORE_THE_COMMIT, BEFORE_THE_FILE, NEVER = "before-the-commit", "before-the-file", "never"


def die(*_anything: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_when_an_import_goes(session: Any) -> None:
    if session.info.get("an import is gone"):
        die()


def main(step: str, job: str, *import_id: str) -> None:
    app = make_app(os.environ["DATABASE"], Path(os.environ["FOLDER"]))
    with app.app_context():
        if step == BEFORE_THE_FILE:
            uploads.remove = die  # type: ignore[assignment]
        elif step == BEFORE_THE_COMMIT:
            sa.event.listen(DataImport, "after_delete", _remember)
            sa.event.listen(db.session, "before_commit", die_when_an_import_goes)
        run_now(job, **({"import_id": int(import_id[0])} if import_id else {}))


def _remember(_mapper: Any, _connection: Any, import_: DataImport) -> None:
    db.session.info["an import is gone"] = import_.id


if __name__ == "__main__":
    main(*sys.argv[1:])
