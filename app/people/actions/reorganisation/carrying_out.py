"""Carrying out what was foreseen: the chart, its successions, people's assignments, roles; and how to take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.database import one_at_a_time
from app.extensions import db
from app.people.actions.org_chart import UnitChange, write_units
from app.people.actions.reorganisation.foreseeing import Foreseen, foresee
from app.people.actions.reorganisation.undo import image, text
from app.people.actions.tree import refresh_tree
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish
from app.people.models import (
    Account,
    Assignment,
    Grant,
    Reorganisation,
    ReorganisationKind,
    ReorganisedUnit,
    Succession,
)

KINDS: dict[type, ReorganisationKind] = {
    Opening: ReorganisationKind.OPENING,
    Alteration: ReorganisationKind.ALTERATION,
    Move: ReorganisationKind.MOVE,
    Merger: ReorganisationKind.MERGER,
    Split: ReorganisationKind.SPLIT,
    Closure: ReorganisationKind.CLOSURE,
    Correction: ReorganisationKind.CORRECTION,
}
Undo = dict[str, Any]


def foresee_again(wish: Wish, actor: Account, today: date, digest: str) -> tuple[Foreseen, bool]:
    """When it is one's turn: what it would do now, and whether that is what was seen before.

    From here to the commit nobody else changes the chart.
    """
    one_at_a_time()
    db.session.expire_all()
    found = foresee(wish, actor, today)
    return found, found.digest == digest


@dataclass(frozen=True)
class Decision:
    """Who decided it, on the page of which unit, and why."""

    actor: Account
    unit_id: int
    reason: str
    now: datetime
    today: date


def carry_out(foreseen: Foreseen, by: Decision) -> Reorganisation:
    unit_id, actor_id, today, reason, now = by.unit_id, by.actor.id, by.today, by.reason, by.now
    ids = _write_chart(foreseen, today, actor_id)
    _write_successions(foreseen, ids, today)
    undo: Undo = {
        "units": _images(foreseen, ids),
        "successions": [[ids[each.predecessor], ids[each.successor]] for each in foreseen.drawing.successions],
        "names": _names(foreseen, ids),
        "opened": [ids[key] for key in foreseen.drawing.opened],
        "assignments": _transfer(foreseen, ids, actor_id),
        "grants": _end_grants(foreseen, by),
    }
    kind, day = KINDS[type(foreseen.wish)], foreseen.wish.day
    act = Reorganisation(
        kind=kind, unit_id=unit_id, happens_on=day, reason=reason, decided_at=now, decided_by_id=actor_id, undo=undo
    )
    db.session.add(act)
    db.session.flush()
    _name_units(act, {ids[key] for key in foreseen.drawing.changed} | _successors(foreseen, ids))
    told = {"kind": kind.value, "unit_id": unit_id, "happens_on": day, "reason": reason}
    audit.record("reorganisation.decided", "reorganisation", act.id, actor_id=actor_id, after=told)
    return act


def _names(foreseen: Foreseen, ids: Mapping[str, int]) -> dict[str, str]:
    """As they are called at the time, for the history."""
    drawing = foreseen.drawing
    keys = [*drawing.changed, *(each.successor for each in drawing.successions)]
    if isinstance(foreseen.wish, Move):
        keys.append(foreseen.wish.parent)
    return {str(ids[key]): drawing.name(key, foreseen.wish.day) for key in keys}


def _successors(foreseen: Foreseen, ids: Mapping[str, int]) -> set[int]:
    return {ids[each.successor] for each in foreseen.drawing.successions}


def _name_units(act: Reorganisation, unit_ids: set[int]) -> None:
    rows = [{"reorganisation_id": act.id, "unit_id": each} for each in sorted({act.unit_id, *unit_ids})]
    db.session.execute(sa.insert(ReorganisedUnit), rows)


def _write_chart(foreseen: Foreseen, today: date, actor_id: int) -> dict[str, int]:
    drawing, tree = foreseen.drawing, foreseen.tree
    changes = [
        UnitChange(
            key, drawing.opened.get(key) or tree.codes[key], tree.ids.get(key), drawing.before.get(key, {}), timeline
        )
        for key, timeline in drawing.changed.items()
    ]
    act = "unit.corrected" if isinstance(foreseen.wish, Correction) else ""
    return write_units(changes, tree.ids, today, actor_id=actor_id, act=act)


def _write_successions(foreseen: Foreseen, ids: Mapping[str, int], today: date) -> None:
    rows = [
        {
            "predecessor_id": ids[each.predecessor],
            "successor_id": ids[each.successor],
            "kind": each.kind,
            "happened_on": foreseen.wish.day,
        }
        for each in foreseen.drawing.successions
    ]
    if rows:
        db.session.execute(sa.insert(Succession), rows)
        refresh_tree(today)


def _images(foreseen: Foreseen, ids: Mapping[str, int]) -> dict[str, Any]:
    drawing = foreseen.drawing
    return {
        str(ids[key]): {"before": image(drawing.before.get(key, {}), ids), "after": image(timeline, ids)}
        for key, timeline in drawing.changed.items()
    }


def _transfer(foreseen: Foreseen, ids: Mapping[str, int], actor_id: int) -> dict[str, Any]:
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
            }
            for each in cut
        ]
        insert = sa.insert(Assignment).returning(Assignment.id, sort_by_parameter_order=True)
        added = list(db.session.scalars(insert, fresh).all())
    audit.record_many(_deeds(foreseen, ids), actor_id=actor_id)
    return {
        "sent": [[each.post.id, ids[each.post.unit], ids[each.to]] for each in later],
        "cut": [[each.post.id, text(each.post.ends_on), text(each.since)] for each in cut],
        "added": added,
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


def _end_grants(foreseen: Foreseen, by: Decision) -> list[list[Any]]:
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
