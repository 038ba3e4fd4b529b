"""Whoever owns an account hears of what opens it (security.md A5, A7): a stolen session changes nothing in silence.

The job holds the number of the entry in the log; the letter is put together when it leaves, and no secret is in it.
"""

from app.core.audit import AuditEntry
from app.core.jobs import enqueue
from app.extensions import db
from app.people.models import Account


def tell_owner(account: Account, entry: AuditEntry) -> None:
    """By the act of this entry, one of those that `wording.letters` has words for. Without an address nobody can be."""
    if account.email:
        db.session.flush()
        enqueue("people.tell_change", entry_id=entry.id)
