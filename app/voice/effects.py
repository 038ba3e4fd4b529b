"""What a change of the org chart does to customers' answers that were given since that day."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.core.effects import Change, Effect
from app.core.texts import ngettext
from app.extensions import db
from app.imports.models import DataImport
from app.voice.models import FeedbackDay


def answers_since(change: Change) -> Iterator[Effect]:
    """Of units that close: customers may have answered about them after the day, when it lies in the past."""
    if not change.closing:
        return
    counted = (
        sa.select(sa.func.coalesce(sa.func.sum(FeedbackDay.n), 0))
        .join(DataImport, DataImport.id == FeedbackDay.import_id)
        .where(FeedbackDay.unit_id.in_(change.closing), FeedbackDay.day >= change.day)
        .where(DataImport.is_visible)
    )
    count = int(db.session.scalar(counted) or 0)
    if count:
        sentence = ngettext(
            "%(num)s customer has answered about a closing unit on that day or later; the answer stays with it.",
            "%(num)s customers have answered about closing units on that day or later; their answers stay with them.",
            count,
        )
        yield Effect(sentence, f"answers {count}")


EFFECTS = [answers_since]
