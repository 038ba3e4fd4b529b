"""What the worker does for drafts."""

import sqlalchemy as sa

from app.core import uploads
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.pulse.actions import drafts_of_import

OVER = (ImportStatus.DONE, ImportStatus.UNDONE)


def forget_file(import_id: int) -> None:
    """The file of a published import held single answers: it goes, unless an import of the same file still waits.

    What stood in refused rows goes in any case; lines, columns and reasons stay to be read.
    """
    done = db.session.get(DataImport, import_id)
    if done is None or drafts_of_import(import_id):
        return
    db.session.execute(sa.update(ImportRefusal).where(ImportRefusal.import_id == import_id).values(value=""))
    same = sa.select(DataImport).where(DataImport.digest == done.digest, DataImport.id != import_id)
    with uploads.held():  # nobody brings the same file between the question and the act
        if not any(each.status not in OVER or drafts_of_import(each.id) for each in db.session.scalars(same)):
            uploads.remove(done.digest)


JOBS = {"pulse.forget_file": forget_file}
