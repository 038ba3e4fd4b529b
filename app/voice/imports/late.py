"""Answers that waited for their unit and come in late: equal ones of the same file are there already, and count too.

Two equal anonymous answers are two customers. Of a file that is read whole they are told apart by their place among
each other (`Keys`); a late one takes the place behind those that its import has brought before.
"""

from collections import Counter
from datetime import date

import sqlalchemy as sa

from app.core.imports import ImportContext
from app.extensions import db
from app.imports.models import DataImport
from app.imports.queries import family_of
from app.voice.imports.keys import Keys
from app.voice.imports.rows import Answer
from app.voice.models import Feedback, Touchpoint


class Before:
    """What the same file has brought of a unit on a day; asked once for each."""

    def __init__(self, context: ImportContext) -> None:
        self._follows, self._mine = context.follows, context.import_id
        self._known: set[tuple[int, date]] = set()

    def make_room(self, answer: Answer, keys: Keys) -> None:
        place = (answer.unit_id, answer.day)
        if self._follows is None or place in self._known:
            return
        self._known.add(place)
        for there, count in self._there(*place).items():
            keys.begin_after(there, count)

    def _there(self, unit_id: int, day: date) -> Counter[Answer]:
        family = family_of(self._follows or 0).where(DataImport.is_visible, DataImport.id != self._mine)
        content = (
            Feedback.unit_id, Feedback.answered_on, Feedback.metric, Feedback.score,
            sa.func.coalesce(Touchpoint.code, ""), Feedback.channel, Feedback.language, Feedback.comment,
            Feedback.external_id,
        )  # fmt: skip
        found = (
            sa.select(*content)
            .outerjoin(Touchpoint, Touchpoint.id == Feedback.touchpoint_id)
            .where(Feedback.unit_id == unit_id, Feedback.answered_on == day, Feedback.external_id.is_(None))
            .where(Feedback.import_id.in_(family))
        )
        return Counter(Answer(*row) for row in db.session.execute(found))
