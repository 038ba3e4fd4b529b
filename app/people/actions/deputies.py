"""Naming somebody who stands in during an absence, and ending it."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.extensions import db
from app.people.actions.granting import Rights
from app.people.actions.roles import NOT_YOURS, Act, Term
from app.people.models import Account, Deputyship, Grant

LONGEST = 366  # days: who is away for longer hands the role over


def name_deputy(act: Act, absent: Account, deputy: Account, grants: Sequence[Grant], term: Term) -> list[Deputyship]:
    """For each of these roles of the absent person a row of its own. They name their own deputy, or whoever could give
    the roles to the deputy and to the absent person does; a deputy passes nothing on.
    """
    one_at_a_time()
    if absent.id == deputy.id or not deputy.is_active or deputy.is_service:
        raise Refused(_l("A deputy is somebody else, who can sign in. Nothing was changed; choose another person."))
    if any(grant.account_id != absent.id for grant in grants):
        raise Refused(NOT_YOURS)
    rights = Rights(act.actor, act.today, [grant.unit_id for grant in grants])
    rows, lenders = [], []
    for grant in grants:
        _refuse_beyond(rights, absent, deputy, grant)
        _refuse_twice(absent, deputy, grant, term)
        is_own = rights.is_actor(absent.id)
        lenders.append(() if is_own else rights.acting_for(grant.role, grant.unit_id, absent.id, deputy.id))
        rows.append(_named(act, deputy, grant, term, min(lenders[-1], default=None)))
    db.session.add_all(rows)
    db.session.flush()
    for row, named_for in zip(rows, lenders, strict=True):
        after = _facts(row) | {"starts_on": row.starts_on, audit.ACTING_FOR: named_for}
        audit.record("deputy.named", "deputyship", row.id, actor_id=row.named_by_id, after=after)
    return rows


def end_deputyship(act: Act, deputyship_id: int) -> Deputyship:
    """At once. The row says who did it."""
    one_at_a_time()
    row = held(sa.select(Deputyship).where(Deputyship.id == deputyship_id))
    if row is None or row.ends_on is None or row.ends_on <= max(act.today, row.starts_on):
        raise Refused(_l("This has ended already. Nothing was changed."))
    rights = Rights(act.actor, act.today, [row.unit_id])
    mine = rights.is_actor(row.absent_id) or rights.is_actor(row.deputy_id)
    if not (mine or rights.may_grant(row.role, row.unit_id, row.deputy_id)):
        raise Refused(NOT_YOURS)
    before = {"ends_on": row.ends_on}
    row.ends_on = max(act.today, row.starts_on)
    row.ended_at, row.ended_by_id = act.now, act.actor.id if act.actor else None
    lenders = () if mine else rights.acting_for(row.role, row.unit_id, row.deputy_id)
    after = _facts(row) | {audit.ACTING_FOR: lenders}
    audit.record("deputy.ended", "deputyship", row.id, actor_id=row.ended_by_id, before=before, after=after)
    return row


def _refuse_beyond(rights: Rights, absent: Account, deputy: Account, grant: Grant) -> None:
    if rights.is_actor(absent.id):
        return
    both = (absent.id, deputy.id)  # without what the absent person lends: a deputy names no deputy
    if not all(rights.may_grant(grant.role, grant.unit_id, each) for each in both):
        raise Refused(NOT_YOURS)


def _refuse_twice(absent: Account, deputy: Account, grant: Grant, term: Term) -> None:
    same = sa.select(Deputyship.id).where(
        Deputyship.absent_id == absent.id,
        Deputyship.deputy_id == deputy.id,
        Deputyship.role == grant.role,
        Deputyship.unit_id == grant.unit_id,
        Deputyship.starts_on < Deputyship.ends_on,
        Deputyship.holding_within(term.starts_on, term.last_day),
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise Refused(
            _l(
                "The same person is deputy for this already on some of these days. Nothing was changed; choose other "
                "days."
            )
        )


def _named(act: Act, deputy: Account, grant: Grant, term: Term, for_id: int | None) -> Deputyship:
    return Deputyship(
        absent_id=grant.account_id,
        deputy_id=deputy.id,
        role=grant.role,
        unit_id=grant.unit_id,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        reason=term.reason,
        named_at=act.now,
        named_by_id=act.actor.id if act.actor else None,
        named_for_id=for_id,
    )


def _facts(row: Deputyship) -> dict[str, object]:
    return {
        "absent_id": row.absent_id,
        "deputy_id": row.deputy_id,
        "role": row.role.value,
        "unit_id": row.unit_id,
        "ends_on": row.ends_on,
    }
