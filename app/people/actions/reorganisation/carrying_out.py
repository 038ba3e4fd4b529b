"""Carrying out what was foreseen: the chart, its successions, people's assignments, roles; and how to take it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.database import one_at_a_time
from app.extensions import db
from app.people.actions.org_chart import UnitChange, write_units
from app.people.actions.reorganisation.consequences import Decision, end_grants, transfer
from app.people.actions.reorganisation.foreseeing import Foreseen, foresee
from app.people.actions.reorganisation.undo import image
from app.people.actions.tree import refresh_tree
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish
from app.people.models import (
    Account,
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


def carry_out(foreseen: Foreseen, by: Decision) -> Reorganisation:
    unit_id, actor_id, today, reason, now = by.unit_id, by.actor.id, by.today, by.reason, by.now
    ids = _write_chart(foreseen, today, actor_id)
    _write_successions(foreseen, ids, today)
    undo: Undo = {
        "units": _images(foreseen, ids),
        "successions": [[ids[each.predecessor], ids[each.successor]] for each in foreseen.drawing.successions],
        "names": _names(foreseen, ids),
        "opened": [ids[key] for key in foreseen.drawing.opened],
        "assignments": transfer(foreseen, ids, by),
        "grants": end_grants(foreseen, by),
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
    keys = [*drawing.changed, *(key for each in drawing.successions for key in (each.predecessor, each.successor))]
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
