"""What the worker does for drafts."""

import sqlalchemy as sa

from app.core import uploads
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.pulse.actions import drafts_of_import


def forget_file(import_id: int) -> None:
    """The file of a published import held single answers: it goes, unless an import of the same file still waits."""
    done = db.session.get(DataImport, import_id)
    if done is None or drafts_of_import(import_id):
        return
    others = sa.select(DataImport.id).where(
        DataImport.digest == done.digest, DataImport.id != import_id, DataImport.status != ImportStatus.DONE
    )
    if db.session.scalar(others.limit(1)) is None:
        uploads.remove(done.digest)


JOBS = {"pulse.forget_file": forget_file}
