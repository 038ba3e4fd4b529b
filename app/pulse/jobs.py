"""What the worker does for drafts."""

import sqlalchemy as sa

from app.core import uploads
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.pulse.actions import drafts_of_import

OVER = (ImportStatus.DONE, ImportStatus.UNDONE)


def forget_published_file(import_id: int) -> None:
    """The file of a published import held single answers: it goes, unless an import of the same file still waits.

    What stood in refused rows goes in any case; lines, columns and reasons stay to be read.
    """
    # Nobody brings the same file between the question and the act. Held before the first look at the database, as
    # whoever brings a file does: SQLite's one writer must not wait for files while somebody with files waits to write.
    with uploads.held():
        done = db.session.get(DataImport, import_id)
        if done is None or drafts_of_import(import_id):
            return
        db.session.execute(sa.update(ImportRefusal).where(ImportRefusal.import_id == import_id).values(value=""))
        same = sa.select(DataImport).where(DataImport.digest == done.digest, DataImport.id != import_id)
        if not any(each.status not in OVER or drafts_of_import(each.id) for each in db.session.scalars(same)):
            uploads.remove(done.digest)


JOBS = {"pulse.forget_file": forget_published_file}
