"""What a decision about units does to people: their assignments, and the roles given on what closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.extensions import db
from app.people.actions.head_counts import recount
from app.people.actions.reorganisation.foreseeing import Foreseen
from app.people.actions.reorganisation.undo import text
from app.people.models import Account, Assignment, Grant, sort_name_of


@dataclass(frozen=True)
class Decision:
    """Who decided it, on the page of which unit, and why."""

    actor: Account
    unit_id: int
    reason: str
    now: datetime
    today: date


def transfer(foreseen: Foreseen, ids: Mapping[str, int], by: Decision) -> dict[str, Any]:
    """Who begins later is simply sent elsewhere; who works there already gets a new assignment from the day on."""
    later = [each for each in foreseen.transfers if each.post.starts_on >= each.since]
    cut = [each for each in foreseen.transfers if each.post.starts_on < each.since]
    table = Assignment.__table__
    this = sa.update(Assignment).where(table.c.id == sa.bindparam("of"))
    connection = db.session.connection()
    if later:
        rows = [{"of": each.post.id, "unit_id": ids[each.to]} for each in later]
        connection.execute(this.values(unit_id=sa.bindparam("unit_id")), rows)
    added: list[int] = []
    if cut:
        connection.execute(
            this.values(ends_on=sa.bindparam("until")), [{"of": e.post.id, "until": e.since} for e in cut]
        )
        fresh = [
            {
                "employee_id": each.post.employee_id,
                "unit_id": ids[each.to],
                "job": each.post.job,
                "line_manager_id": each.post.line_manager_id,
                "starts_on": each.since,
                "ends_on": each.post.ends_on,
                "sort_name": sort_name_of(each.post.person),
            }
            for each in cut
        ]
        insert = sa.insert(Assignment).returning(Assignment.id, sort_by_parameter_order=True)
        added = list(db.session.scalars(insert, fresh).all())
    recount({ids[place] for each in foreseen.transfers for place in (each.post.unit, each.to)}, by.today)
    audit.record_many(_deeds(foreseen, ids), actor_id=by.actor.id)
    return {
        "sent": [[each.post.id, ids[each.post.unit], ids[each.to]] for each in later],
        "cut": [[each.post.id, text(each.post.ends_on), text(each.since)] for each in cut],
        "added": [[new_id, ids[each.to]] for new_id, each in zip(added, cut, strict=True)],
    }


def _deeds(foreseen: Foreseen, ids: Mapping[str, int]) -> list[audit.Deed]:
    return [
        audit.Deed(
            "assignment.changed",
            "employee",
            each.post.employee_id,
            {"unit_id": ids[each.post.unit]},
            {"unit_id": ids[each.to], "starts_on": max(each.since, each.post.starts_on)},
        )
        for each in foreseen.transfers
    ]


def end_grants(foreseen: Foreseen, by: Decision) -> list[list[Any]]:
    """Each with what stood there before: the end, and who had set it when and why."""
    day = foreseen.roles_end_on
    ended = [
        [grant.id, text(day), text(grant.ends_on), text(grant.ended_at), grant.ended_by_id, grant.end_reason]
        for grant in foreseen.ending
    ]
    deeds = [
        audit.Deed(
            "role.ended",
            "account",
            grant.account_id,
            {"ends_on": grant.ends_on},
            {"ends_on": day, "role": grant.role.value, "unit_id": grant.unit_id, "reason": by.reason},
        )
        for grant in foreseen.ending
    ]
    if ended:
        told = {"ends_on": day, "ended_at": by.now, "ended_by_id": by.actor.id, "end_reason": by.reason[:200]}
        these = sa.update(Grant).where(Grant.id.in_([each[0] for each in ended])).values(**told)
        db.session.execute(these.execution_options(synchronize_session=False))
        audit.record_many(deeds, actor_id=by.actor.id)
    db.session.expire_all()
    return ended
