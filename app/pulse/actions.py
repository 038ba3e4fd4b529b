"""What is done with drafts: read whole, published through the one door, destroyed. Nobody else reads these tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, settings
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.core.jobs import enqueue
from app.core.periods import Period, Span
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.pulse.models import DraftSet, DraftTally
from app.results import actions as results
from app.results.actions import Answers, Outlook, Tally
from app.results.models import ResultSet
from app.results.queries import trees_on, units_shown

_CHANGED_SINCE = _l(
    "Since you opened this page, what it would show or the reporting threshold has changed. Nothing was published, and"
    " the draft is still there: look at it again, then publish."
)


@dataclass(frozen=True)
class Draft:
    """A draft as plain values: two are equal when the same was answered."""

    measure: str
    span: Span
    tallies: dict[int, Tally]
    rule: str
    scale: tuple[int, int]
    is_means: bool


def draft_of(measure: str, span: Span) -> Draft | None:
    """The one that waits for this question and period."""
    row = db.session.scalar(_waiting(measure, span))
    if row is None:
        return None
    scale = (row.scale_low, row.scale_high)
    return Draft(measure, span, _tallies([row.id])[row.id], rule=row.rule, scale=scale, is_means=row.is_means)


def is_own_draft(measure: str, span: Span, actor_id: int | None) -> bool:
    """Was the one that waits brought by this account? Whoever works at the command line has the database anyway."""
    if actor_id is None:
        return True
    row = db.session.scalar(_waiting(measure, span))
    return row is not None and row.source.created_by_id == actor_id


def drafts_of_import(import_id: int) -> Sequence[int]:
    return db.session.scalars(sa.select(DraftSet.id).where(DraftSet.import_id == import_id)).all()


def outlooks_of(drafts: Sequence[DraftSet], k: int | None = None) -> dict[int, Outlook]:
    """By draft, what publishing it would show and hide, with this threshold or with that of the company."""
    tallies = _tallies([draft.id for draft in drafts])
    trees = trees_on(draft.period.last_day for draft in drafts)
    asked = [(_answers(draft, tallies[draft.id]), trees[draft.period.last_day]) for draft in drafts]
    k = threshold() if k is None else k
    moved = results.movements(asked, k)
    return {
        draft.id: results.foresee(answers, k, tree, some)
        for draft, (answers, tree), some in zip(drafts, asked, moved, strict=True)
    }


def fingerprint(outlook: Outlook, k: int | None = None) -> str:
    """Of what a page says would be shown and hidden, and with which threshold. No secret: it names all of it."""
    said = [sorted(outlook.shown), sorted(outlook.hidden), sorted(outlook.strangers), threshold() if k is None else k]
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def threshold() -> int:
    found: int = settings.company("reporting_threshold")
    return found


def is_running(draft: DraftSet, today: date) -> bool:
    """Its period has not ended: answers may still come, and once it is published they never will be shown."""
    return draft.period.last_day >= today


def publish_draft(draft: DraftSet, *, actor_id: int | None, now: datetime, seen: str | None = None) -> ResultSet:
    """Through the one door, and the draft is no more: what remains is what may be shown.

    `seen`: the fingerprint of the page on which somebody pressed the button, for it cannot be taken back.
    """
    import_ = _refuse_gone(draft)
    if import_.status is ImportStatus.UNDOING:
        raise Refused(_l("The import that brought this draft is just being undone. Nothing was published."))
    k = threshold()  # looked at once: somebody may change it between two looks
    outlook = outlooks_of([draft], k)[draft.id]
    if seen is not None and seen != fingerprint(outlook, k):
        raise Refused(_CHANGED_SINCE)
    answers = _answers(draft, _tallies([draft.id])[draft.id])
    published = results.publish(answers, threshold=k, actor_id=actor_id, now=now)
    if seen is not None and units_shown(published) != outlook.shown:
        raise Refused(_CHANGED_SINCE)  # somebody joined or left between the two looks
    _forget(draft)
    return published


def remove_draft(draft: DraftSet, *, actor_id: int | None) -> None:
    """Unseen and unpublished; it can be imported again."""
    _refuse_gone(draft)
    told = {"measure": draft.measure, "period": draft.period.code}
    audit.record("draft_set.removed", "draft_set", draft.id, actor_id=actor_id, before=told)
    _forget(draft)


def destroy_drafts(measure: str, period_id: int, *, but: int | None = None) -> None:
    """All drafts of the question and period, also those of other imports; but not those of the import named."""
    wanted = sa.select(DraftSet.id).where(DraftSet.measure == measure, DraftSet.period_id == period_id)
    wanted = wanted if but is None else wanted.where(DraftSet.import_id != but)
    # Held, and always in the same order: whoever publishes one of them just now goes first or finds nothing left.
    ids = db.session.scalars(wanted.order_by(DraftSet.id).with_for_update()).all()
    gone = sa.select(DraftSet.import_id).where(DraftSet.id.in_(ids)).distinct()
    imports = db.session.scalars(gone).all()
    db.session.execute(sa.delete(DraftTally).where(DraftTally.draft_id.in_(ids)))
    db.session.execute(sa.delete(DraftSet).where(DraftSet.id.in_(ids)))
    for import_id in imports:
        if not drafts_of_import(import_id):
            # The file holds the answers too; it goes once they are safely published, or replaced.
            enqueue("pulse.forget_file", import_id=import_id)


def _waiting(measure: str, span: Span) -> sa.Select[DraftSet]:
    """The newest that was imported whole."""
    wanted = (
        sa.select(DraftSet)
        .join(DraftSet.period)
        .join(DataImport, DataImport.id == DraftSet.import_id)
        .where(DataImport.is_visible, DraftSet.measure == measure)
        .where(Period.kind == span[0], Period.starts_on == span[1])
    )
    return wanted.order_by(DraftSet.id.desc()).limit(1)


def _refuse_gone(draft: DraftSet) -> DataImport:
    """Of two who press a button at once the second finds nothing left. Else the import that brought it, held.

    So whoever begins the undo of that import sees either the draft or the published set, and shows what will go.
    """
    one_at_a_time()  # before the first row: to publish takes also drafts of other imports
    import_ = held(sa.select(DataImport).where(DataImport.id == draft.import_id))
    still_there = sa.select(DraftSet.id).where(DraftSet.id == draft.id).with_for_update()
    if import_ is None or db.session.scalar(still_there) is None:
        raise Refused(_l("This draft is no longer there: somebody has published or removed it."))
    return import_


def _forget(draft: DraftSet) -> None:
    destroy_drafts(draft.measure, draft.period_id)
    db.session.expunge(draft)


def _answers(draft: DraftSet, tallies: dict[int, Tally]) -> Answers:
    scale = (draft.scale_low, draft.scale_high)
    brought = {"rule": draft.rule, "scale": scale, "is_means": draft.is_means, "import_id": draft.import_id}
    return Answers(draft.measure, draft.period, tallies, **brought)  # type: ignore[arg-type]


def _tallies(draft_ids: Sequence[int]) -> dict[int, dict[int, Tally]]:
    found: dict[int, dict[int, Tally]] = {draft_id: {} for draft_id in draft_ids}
    for row in db.session.scalars(sa.select(DraftTally).where(DraftTally.draft_id.in_(draft_ids))):
        bands = (row.detractors, row.passives, row.promoters)
        found[row.draft_id][row.unit_id] = Tally(row.n, bands, mean=row.mean, headcount=row.headcount)
    return found
