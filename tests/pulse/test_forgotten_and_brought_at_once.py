"""The file of published results goes while somebody brings the same file again: no import is without its file."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, uploads
from app.core.database import writing
from app.core.errors import Refused
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions.course import start
from app.imports.models import DataImport
from app.pulse import actions, jobs
from app.pulse.models import DraftSet
from tests.at_once import Meeting, committed, meet_at_call, together
from tests.cast import make_cast
from tests.pulse.files import HEADER, answers, bring

FILE = HEADER + answers("N1", "9 9 10 8 3 9 10 10")


def test_a_file_that_is_brought_again_stays(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with committed(app):
        make_cast()
        done = bring(tmp_path, FILE)
        import_id, digest = done.id, done.digest
        draft = db.session.scalars(sa.select(DraftSet)).one()
        actions.publish_draft(draft, actor_id=None, now=clock.now())
        db.session.commit()
        looking, removing = Meeting(), Meeting()
        meet_at_call(monkeypatch, jobs, "drafts_of_import", looking, first=import_id)
        meet_at_call(monkeypatch, jobs.uploads, "remove", removing)

        def forget() -> bool:
            with app.app_context():
                run_now("pulse.forget_file", import_id=import_id)
            return True

        def bring_again() -> bool:
            with app.app_context(), writing(), uploads.held():
                looking.wait()
                try:
                    start("results", digest, "again.csv", now=clock.now())
                    db.session.flush()
                    removing.wait()
                    db.session.commit()
                except Refused:  # the file went before
                    db.session.rollback()
                    return False
                return True

        _, is_here = together(forget, bring_again)
        assert not looking.happened, "whoever looks whether the file is needed holds it"
        assert not removing.happened
        assert uploads.path_of(digest).exists() == is_here
        others = sa.select(sa.func.count()).select_from(DataImport).where(DataImport.id != import_id)
        assert db.session.scalar(others) == is_here
