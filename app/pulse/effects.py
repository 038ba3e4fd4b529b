"""What a change of the org chart does to drafts of results: they are published on the tree of their period's end."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import formats
from app.core.effects import Change, Effect
from app.core.periods import Period
from app.extensions import db
from app.pulse.models import DraftSet, DraftTally


def drafts_of_these_units(change: Change) -> Iterator[Effect]:
    of_units = sa.select(DraftTally.draft_id).where(DraftTally.unit_id.in_({*change.unit_ids, *change.closing}))
    drafts = (
        sa.select(DraftSet)
        .join(DraftSet.period)
        .options(sa.orm.contains_eager(DraftSet.period))
        .where(Period.ends_on > change.day, DraftSet.id.in_(of_units))
    )
    for draft in db.session.scalars(drafts.order_by(DraftSet.id)):
        told = {"measure": draft.label, "period": draft.period.label, "day": formats.day(draft.period.last_day)}
        sentence = _(
            "A draft of results waits, %(measure)s, %(period)s: it will be published on the tree of %(day)s, as it is"
            " after this change.",
            **told,
        )
        if change.closing:
            sentence += " " + _("Answers of units that are closed by then must be brought again for their successors.")
        yield Effect(sentence, f"draft {draft.id}")


EFFECTS = [drafts_of_these_units]
