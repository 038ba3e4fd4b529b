"""A file that would let many people leave is asked about first: most such files are mistakes of a column."""

from collections.abc import Iterable
from datetime import date

from app.core.imports import N_, Message, Question
from app.people.actions.roster import PersonChange
from app.people.days.timeline import start_at

FEW, SHARE = 10, 0.05  # so many, or this share of those who work here today, may leave without a question
MOST_NAMES = 50
ASKED = N_(
    "This file lets %(count)s of the %(here)s people who work here today leave. They can no longer sign in from their "
    "last day on, and their roles end."
)


def leaves(change: PersonChange, today: date) -> bool:
    """Works here today, and would have a last day, or an earlier one than before."""
    before, after = change.before, change.after
    if before is None or after.ends_on is None or start_at(change.work_before, today) is None:
        return False
    return before.ends_on is None or after.ends_on < before.ends_on


def question_about(changes: Iterable[PersonChange], here: int, today: date) -> Question | None:
    gone = [change for change in changes if leaves(change, today)]
    if len(gone) <= max(FEW, here * SHARE):
        return None
    message = Message(ASKED, {"count": str(len(gone)), "here": str(here)})
    names = sorted(change.after.name for change in gone)
    return Question(len(gone), message, tuple(names[:MOST_NAMES]))
