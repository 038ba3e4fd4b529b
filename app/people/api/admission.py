"""Who comes in by a token: its owner, with no more rights than the token's scopes."""

from datetime import datetime

from app.core.api.offers import Call
from app.core.database import writing
from app.extensions import db
from app.people.actions.tokens import count_call
from app.people.credentials.api_tokens import is_token
from app.people.queries.factors import lacks_factor
from app.people.queries.tokens import token_with_owner


def admit_token(token: str, now: datetime) -> Call | None:
    """None where it opens nothing: unknown, ended, revoked, or its owner has left, was shut out, or must set up a
    second factor before anything else."""
    if not is_token(token):
        return None
    with writing():
        counted = count_call(token, now)
        db.session.commit()
    if counted is None:
        return None
    known = token_with_owner(counted.token_id)
    owner = known.account
    if not owner.is_active or lacks_factor(owner):
        return None
    owner.scopes = known.permissions
    return Call(owner, counted.calls, counted.minute_began_at)
