"""Ways in: which one a secret opens, who has none yet, and what a slip has opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.database import plainly
from app.extensions import db
from app.people.credentials.slip_codes import code_hashes, hash_token, typed_code
from app.people.models import PERSON, Account, WayIn, WayInKind

RESTS_FROM_PULSES = timedelta(hours=24)


def way_in_by(secret: str, now: datetime) -> WayIn | None:
    """What a link, or a code that was typed, opens just now; None whatever the reason, so that none can be told."""
    if "\0" in secret:
        return None
    code = typed_code(secret)
    hashes = [WayIn.token_hash == hash_token(secret), *([WayIn.code_hash.in_(code_hashes(code))] if code else [])]
    wanted = sa.select(WayIn).where(sa.or_(*hashes))
    found = db.session.scalar(wanted.options(joinedload(WayIn.account).joinedload(Account.employee)))
    return found if found is not None and found.opens_at(now) else None


_UNTOLD = (
    sa.select(WayIn)
    .where(WayIn.account_id == PERSON, WayIn.kind == WayInKind.SLIP, WayIn.told_at.is_(None))
    .order_by(WayIn.id)
)


_slips, _removals = db.metadata.tables["way_in"].c, db.metadata.tables["factor_removal"].c
AT_THE_DOOR = (
    sa.exists().where(db.metadata.tables["account_factor"].c.account_id == PERSON).label("factor"),
    sa.exists().where(_removals.account_id == PERSON, _removals.told_at.is_(None)).label("removal"),
    sa.exists()
    .where(_slips.account_id == PERSON, _slips.kind == WayInKind.SLIP, _slips.told_at.is_(None))
    .label("slip"),
)


_DOOR = sa.select(*AT_THE_DOOR)


class Door(NamedTuple):
    """What whoever comes in has to give or to hear of: mostly nothing."""

    factor: bool  # a code is asked for
    removal: bool  # of the factor, that its owner has not heard of
    slip: bool


def at_the_door(account: Account) -> Door:
    return Door(*plainly(_DOOR, {"person_id": account.id}).one())


def slips_to_tell(account: Account) -> Sequence[WayIn]:
    """Printed for this account by somebody else, and not yet told to its owner."""
    return db.session.scalars(_UNTOLD, {"person_id": account.id}).all()


def ways_in_of(account: Account) -> Sequence[WayIn]:
    """The latest, the newest first, with who asked for them."""
    wanted = sa.select(WayIn).where(WayIn.account_id == account.id).options(joinedload(WayIn.asked_by))
    return db.session.scalars(wanted.order_by(WayIn.id.desc()).limit(10)).all()


def slips_printed_before(moment: datetime, now: datetime) -> sa.Select[int]:
    """How many of those are still good."""
    good = (WayIn.kind == WayInKind.SLIP, WayIn.used_at.is_(None), WayIn.ends_at > now)
    return sa.select(sa.func.count(WayIn.id)).where(*good, WayIn.minted_at < moment)


def resting_from_pulses(now: datetime) -> sa.Select[int]:
    """Accounts that a slip has opened in the last day: whoever printed it could answer in their place (A5)."""
    opened = (WayIn.kind == WayInKind.SLIP, WayIn.used_at > now - RESTS_FROM_PULSES)
    return sa.select(WayIn.account_id).where(*opened)


def rests_from_pulses(account: Account, now: datetime) -> bool:
    opened = resting_from_pulses(now).where(WayIn.account_id == account.id)
    return db.session.scalar(opened.limit(1)) is not None
