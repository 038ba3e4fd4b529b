"""Erasures that a job has still to finish, and what is sealed for it."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.core.sealing import opened_for
from app.extensions import db
from app.privacy.models import UnfinishedErasure

PURPOSE = "unfinished erasures"


def owner_of(erasure_id: int) -> str:
    """In the row of another erasure it opens nothing."""
    return f"erasure {erasure_id}"


def words_by_old_keys() -> Iterator[tuple[int, bytes, str]]:
    """Erasure, as it is sealed, and what it says, of those that are not sealed with the newest key."""
    columns = sa.select(UnfinishedErasure.erasure_id, UnfinishedErasure.sealed)
    for erasure_id, sealed in db.session.execute(columns).all():
        found = opened_for(owner_of(erasure_id), sealed, PURPOSE)
        if found is not None and found.by_old_key:
            yield erasure_id, sealed, found.text
