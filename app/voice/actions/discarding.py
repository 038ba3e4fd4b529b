"""Taking away what an interrupted import has written, or one that is undone."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from app.core.database import rows_changed
from app.core.pace import Pace
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.voice.actions.rollups import remove_rollups
from app.voice.models import Feedback, FeedbackGroup


def leftovers(import_id: int) -> Sequence[int]:
    """Other imports that were cut short: only one is loaded at a time, so nobody is at work on them."""
    cut_short = sa.select(DataImport.id).where(
        DataImport.kind == "feedback",
        DataImport.load_started_at.is_not(None),
        ~DataImport.is_visible,
        DataImport.status != ImportStatus.UNDONE,
        DataImport.id != import_id,
    )
    return db.session.scalars(cut_short).all()


def discard_import(import_id: int) -> Iterator[int]:
    """Rows, groups and rollups of one import, in chunks; the edge commits after each."""
    pace = Pace()
    for model in (Feedback, FeedbackGroup):
        removed = 1
        while removed:
            with pace.chunk():
                some = sa.select(model.id).where(model.import_id == import_id).limit(pace.rows)
                removed = rows_changed(sa.delete(model).where(model.id.in_(some)))
                yield removed
    yield from remove_rollups(import_id, pace)
