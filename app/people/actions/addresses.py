"""The address of a sign-in was replaced: ways in that lie in a mailbox are void, and both are told (A5)."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core.database import some_of
from app.core.jobs import enqueue_many
from app.extensions import db
from app.people.models import AddressChange, WayIn


def tell_of_new_addresses(changes: Sequence[tuple[int, str | None, str | None]], now: datetime) -> None:
    """Account, address before, address after. Jobs hold ids, so the old address waits in a row until it is told."""
    if not changes:
        return
    ids = [account_id for account_id, _, _ in changes]
    for some in some_of(ids):  # a company that changes its domain changes everybody's address
        still_good = (WayIn.account_id.in_(some), WayIn.used_at.is_(None), WayIn.ends_at > now)
        db.session.execute(sa.update(WayIn).where(*still_good).values(ends_at=now))
    rows = [
        {"account_id": account_id, "before": before, "after": after, "changed_at": now}
        for account_id, before, after in changes
    ]
    made = db.session.scalars(sa.insert(AddressChange).returning(AddressChange.id), rows).all()
    enqueue_many("people.tell_addresses", [{"change_id": each} for each in made])
