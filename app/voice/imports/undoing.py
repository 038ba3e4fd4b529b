"""Taking back what an import of feedback brought: hidden whole by one flip before the first row goes."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.core.imports import N_, Forecast, Message, UndoContext
from app.core.permissions import Permission
from app.extensions import db
from app.imports.queries import family_of, waiting_in
from app.people.models import Account, units_where
from app.voice.actions.discarding import discard_import
from app.voice.models import FeedbackDay, FeedbackGroup

ANSWERS = N_("Answers of customers that go from all pages: %(count)s.")
GROUPS = N_("Groups that another tool counted, and that go with them: %(count)s.")
UNITS = N_("Units whose numbers change: %(count)s.")
NOTHING = Message(
    N_("This import brought no row of its own: all of them were there already. There is nothing to undo.")
)
NOT_YOURS = Message(
    N_("This import holds feedback of units that are not yours. Ask somebody who may bring feedback for all of them.")
)


class FeedbackUndoing:
    def __init__(self, context: UndoContext) -> None:
        self._context = context

    def barred(self) -> Message | None:
        return None

    def forecast(self) -> Forecast:
        mine = family_of(self._context.import_id)
        answers = int(
            db.session.scalar(sa.select(sa.func.sum(FeedbackDay.n)).where(FeedbackDay.import_id.in_(mine))) or 0
        )
        groups = db.session.scalar(sa.select(sa.func.count()).where(FeedbackGroup.import_id.in_(mine))) or 0
        units = _units_of(mine)
        if not units and not db.session.scalar(waiting_in(self._context.import_id)):
            return Forecast(refusal=NOTHING, is_empty=True)
        if not self._are_mine(units):
            return Forecast(refusal=NOT_YOURS)
        counted = ((ANSWERS, answers), (GROUPS, groups), (UNITS, len(units)))
        told = tuple(Message(words, {"count": int(count)}) for words, count in counted if count)
        return Forecast(told, count=answers + groups)

    def _are_mine(self, units: set[int]) -> bool:
        if self._context.actor_id is None:
            return True
        actor = db.session.get_one(Account, self._context.actor_id)
        return units <= set(db.session.scalars(units_where(actor, Permission.FEEDBACK_IMPORT)))

    def undo(self) -> Iterator[int]:
        for import_id in db.session.scalars(family_of(self._context.import_id)).all():
            yield from discard_import(import_id)


def _units_of(mine: sa.Select[int]) -> set[int]:
    days = sa.select(FeedbackDay.unit_id).where(FeedbackDay.import_id.in_(mine))
    groups = sa.select(FeedbackGroup.unit_id).where(FeedbackGroup.import_id.in_(mine))
    return set(db.session.scalars(sa.union(days, groups)))
