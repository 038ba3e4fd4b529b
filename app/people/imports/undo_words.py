"""What undoing an import of units and one of people have in common: why a row stays as it is, and who changed it."""

from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.database import some_of
from app.core.imports import N_, Left, Message
from app.extensions import db
from app.people.models import Account, Employee, ImportWrite

NOT_WRITTEN = Message(
    N_("What this import changed was not written down when it was done, or no longer is: it cannot be undone.")
)
CHANGED = Message(N_("It has been changed since the import."))
NOT_YOURS = Message(N_("It is not below a unit on which you may bring such rows."))
TAKEN = Message(N_("What it was known by before (its code, number or address) belongs to another one now."))
GONE_ABOVE = Message(N_("The unit above it, as it was before, is not open on every day."))
BELOW = Message(N_("Other units stand below it since then."))
IN_USE = Message(N_("People work there on days on which it would be closed again."))
PUBLISHED = Message(N_("Published results say that it was open on days on which it would be closed again."))
PERSON_NOT_YOURS = Message(N_("This person works, or worked, outside the units for which you may bring people."))
MORE_RIGHTS = Message(
    N_("This person holds more rights than you, so you may not change how or until when they sign in.")
)
PERSON_ROLES = Message(N_("Roles or deputies hang on this account since then."))
GONE_MANAGER = Message(N_("The line manager of before is no longer here."))
CLOSED = Message(N_("The unit of before is not open on all of these days."))
LEADS = Message(N_("People who stay have this person as their line manager."))
LOOP = Message(N_("With the line managers of before this person would lead, directly or through others, themselves."))


def barred(import_id: int) -> Message | None:
    written = sa.select(ImportWrite.id).where(ImportWrite.import_id == import_id).limit(1)
    return None if db.session.scalar(written) else NOT_WRITTEN


def forget_writes_of(import_id: int) -> None:
    mine = sa.delete(ImportWrite).where(ImportWrite.import_id == import_id)
    db.session.execute(mine.execution_options(synchronize_session=False))


def told(counted: Collection[tuple[str, int]]) -> tuple[Message, ...]:
    return tuple(Message(sentence, {"count": str(count)}) for sentence, count in counted if count)


def left(kind: str, kept: Sequence[tuple[int, ImportWrite, Message]], named: Callable[[int], str]) -> tuple[Left, ...]:
    """What stays, with the id of each, in the order of the file."""
    ids = {row_id: write.last_entry for row_id, write, _ in kept}
    who = _changed_since_by(kind, ids, min(ids.values(), default=0))
    return tuple(
        Left(named(row_id), reason, write.line, who.get(row_id, ""))
        for row_id, write, reason in sorted(kept, key=lambda each: each[1].line)
    )


def _changed_since_by(kind: str, ids: Collection[int], entry_id: int) -> dict[int, str]:
    """The last one who wrote about each of them after the import, by name."""
    found: dict[int, str] = {}
    for some in some_of(ids):
        about = AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(some), AuditEntry.id > entry_id
        last = sa.select(sa.func.max(AuditEntry.id)).where(*about).group_by(AuditEntry.subject_id)
        who = sa.select(AuditEntry.subject_id, sa.func.coalesce(Employee.name, Account.name))
        named = who.join(Account, Account.id == AuditEntry.actor_id).outerjoin(
            Employee, Employee.id == Account.employee_id
        )
        rows = db.session.execute(named.where(AuditEntry.id.in_(last)))
        found |= {row_id: name for row_id, name in rows if row_id is not None}
    return found
