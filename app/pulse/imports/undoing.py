"""Taking back an import of results: a draft goes, a published set can only be withdrawn whole (and for ever)."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.imports import N_, Forecast, Left, Message, UndoContext
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, units_where
from app.pulse.actions import drafts_of_import, remove_draft
from app.pulse.models import DraftSet, DraftTally
from app.results.actions import withdraw
from app.results.models import ResultSet
from app.results.queries import sets_of_import

DRAFT = N_("The draft %(measure)s · %(period)s goes. Nothing of it was shown.")
WITHDRAWN = N_(
    "The published results %(measure)s · %(period)s are withdrawn whole and for ever: their period is never published"
    " again."
)
PUBLISHED = Message(N_("Published results never change. Only who publishes for the whole company may withdraw them."))
NOTHING = Message(N_("Nothing of this import waits or is shown any more. There is nothing to undo."))
NOT_YOURS = Message(
    N_("This import holds answers of units that are not yours. Ask somebody who may bring results for all of them.")
)


class ResultUndoing:
    def __init__(self, context: UndoContext) -> None:
        self._context = context

    def barred(self) -> Message | None:
        return None

    def forecast(self) -> Forecast:
        drafts, sets = self._drafts(), sets_of_import(self._context.import_id)
        if not drafts and not sets:
            return Forecast(refusal=NOTHING, is_empty=True)
        if not self._are_mine(drafts):
            return Forecast(refusal=NOT_YOURS)
        told = [Message(DRAFT, _told(draft)) for draft in drafts]
        if self._may_withdraw():
            told += [Message(WITHDRAWN, _told(each)) for each in sets]
            return Forecast(tuple(told), count=len(told))
        left = [Left(_named(each), PUBLISHED) for each in sets]
        return Forecast(tuple(told), tuple(left), count=len(told))

    def _drafts(self) -> Sequence[DraftSet]:
        wanted = sa.select(DraftSet).where(DraftSet.import_id == self._context.import_id).order_by(DraftSet.id)
        return db.session.scalars(wanted.options(joinedload(DraftSet.period))).all()

    def _may_withdraw(self) -> bool:
        if self._context.actor_id is None:
            return True
        return db.session.get_one(Account, self._context.actor_id).holds_on_company(Permission.RESULT_PUBLISH)

    def _are_mine(self, drafts: Sequence[DraftSet]) -> bool:
        """Published sets are nobody's but the company's, and asked about apart."""
        if self._context.actor_id is None or not drafts:
            return True
        actor = db.session.get_one(Account, self._context.actor_id)
        units = sa.select(DraftTally.unit_id).where(DraftTally.draft_id.in_([draft.id for draft in drafts]))
        return set(db.session.scalars(units)) <= set(db.session.scalars(units_where(actor, Permission.RESULT_IMPORT)))

    def undo(self) -> Iterator[int]:
        actor_id = self._context.actor_id
        for draft_id in drafts_of_import(self._context.import_id):
            draft = db.session.get(DraftSet, draft_id)
            if draft is not None:
                remove_draft(draft, actor_id=actor_id)
                yield 1
        # Asked after the drafts: whoever published one of them at this very moment has done so by now.
        for found in sets_of_import(self._context.import_id) if self._may_withdraw() else ():
            withdraw(found, actor_id=actor_id, now=self._context.now)
            yield 1


def _told(each: DraftSet | ResultSet) -> dict[str, str]:
    return {"measure": str(each.label), "period": each.period.code}


def _named(each: DraftSet | ResultSet) -> str:
    return f"{each.label} · {each.period.code}"
