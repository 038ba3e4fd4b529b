"""Taking back what is only planned: all of it, as long as nothing else was built on it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.database import held, one_at_a_time, rows_changed
from app.core.errors import Refused
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.org_chart import UnitChange, write_units
from app.people.actions.reorganisation.undo import day, image, moment, timeline_of
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.faults import refuse_faults
from app.people.models import (
    Account,
    Assignment,
    Grant,
    HeadCount,
    Reorganisation,
    ReorganisationKind,
    ReorganisedUnit,
    Succession,
    Unit,
    UnitTree,
    UnitVersion,
    UnitWord,
    units_where,
)
from app.people.queries.chart import Tree, tree_now


def withdraw(act_id: int, actor: Account, now: datetime, today: date) -> None:
    one_at_a_time()
    act = held(sa.select(Reorganisation).where(Reorganisation.id == act_id))
    if act is None or act.is_withdrawn:
        raise Refused(_l("This plan was withdrawn already. Nothing was changed."))
    if act.kind is ReorganisationKind.CORRECTION or act.happens_on <= today:
        raise Refused(
            _l("This has taken effect and is part of the history now. Nothing was changed; plan another change.")
        )
    _refuse_strangers(act, actor)
    undo, actor_id = act.undo, actor.id
    facts = {"kind": act.kind.value, "unit_id": act.unit_id, "happens_on": act.happens_on}
    happens_on = act.happens_on
    _restore_people(undo)
    _restore_grants(undo)
    _restore_units(act_id, undo, happens_on, today, actor_id)  # and with them the head counts
    done = {"withdrawn_at": now, "withdrawn_by_id": actor_id}
    db.session.execute(sa.update(Reorganisation).where(Reorganisation.id == act_id).values(**done))
    audit.record("reorganisation.withdrawn", "reorganisation", act_id, actor_id=actor_id, before=facts)


def _refuse_strangers(act: Reorganisation, actor: Account) -> None:
    touched = {act.unit_id, *map(int, act.undo["units"])} - set(act.undo["opened"])
    if not touched <= set(db.session.scalars(units_where(actor, Permission.UNIT_EDIT))):
        raise Refused(_l("You may not change all of the units that this plan takes part in. Nothing was changed."))


def _built_upon() -> Refused:
    return Refused(
        _l(
            "Something was changed since that builds on this plan: a unit, a person's work or a role. Nothing was"
            " withdrawn; withdraw or change that first."
        )
    )


def _restore_people(undo: dict[str, Any]) -> None:
    sent, cut, added = (undo["assignments"][name] for name in ("sent", "cut", "added"))
    for post_id, unit_id, to in sent:
        _one(sa.update(Assignment).where(Assignment.id == post_id, Assignment.unit_id == to).values(unit_id=unit_id))
    for (post_id, until, since), (new_id, to) in zip(cut, added, strict=True):
        as_made = Assignment.unit_id == to, Assignment.ends_on.is_not_distinct_from(day(until))
        _one(sa.delete(Assignment).where(Assignment.id == new_id, *as_made))
        of_post = sa.and_(Assignment.id == post_id, Assignment.ends_on == day(since))
        _one(sa.update(Assignment).where(of_post).values(ends_on=day(until)))


def _restore_grants(undo: dict[str, Any]) -> None:
    for grant_id, until, ends_on, ended_at, ended_by_id, end_reason in undo["grants"]:
        of_grant = sa.and_(Grant.id == grant_id, Grant.ends_on == day(until))
        told = {"ended_at": moment(ended_at), "ended_by_id": ended_by_id, "end_reason": end_reason}
        _one(sa.update(Grant).where(of_grant).values(ends_on=day(ends_on), **told))


def _one(change: sa.Update | sa.Delete) -> None:
    if rows_changed(change.execution_options(synchronize_session=False)) != 1:
        raise _built_upon()


def _restore_units(act_id: int, undo: dict[str, Any], happens_on: date, today: date, actor_id: int) -> None:
    tree = tree_now()
    keys = {unit_id: key for key, unit_id in tree.ids.items()}
    drawing = Drawing(tree.versions, tree.codes)
    for unit_id, images in undo["units"].items():
        key = keys.get(int(unit_id))
        if key is None or image(tree.versions[key], tree.ids) != images["after"]:
            raise _built_upon()
        drawing.write(key, timeline_of(images["before"], keys))
    refuse_faults(drawing)
    _forget_successions(undo, happens_on)
    write_units(_changes(drawing, tree, set(undo["opened"])), tree.ids, today, actor_id=actor_id)
    _forget_opened(act_id, undo["opened"])  # when nothing hangs under them any more


def _changes(drawing: Drawing, tree: Tree, opened: set[int]) -> list[UnitChange]:
    return [
        UnitChange(key, tree.codes[key], tree.ids[key], drawing.before[key], timeline)
        for key, timeline in drawing.changed.items()
        if tree.ids[key] not in opened
    ]


def _forget_successions(undo: dict[str, Any], happens_on: date) -> None:
    for predecessor, successor in undo["successions"]:
        pair = sa.and_(Succession.predecessor_id == predecessor, Succession.successor_id == successor)
        _one(sa.delete(Succession).where(pair, Succession.happened_on == happens_on))


def _forget_opened(act_id: int, unit_ids: list[int]) -> None:
    """Units that were to open. Where something names one already, the plan stays."""
    if not unit_ids:
        return
    try:
        with db.session.begin_nested():
            for rows in (
                sa.delete(UnitTree).where(UnitTree.descendant_id.in_(unit_ids)),
                sa.delete(UnitTree).where(UnitTree.ancestor_id.in_(unit_ids)),
                sa.delete(UnitVersion).where(UnitVersion.unit_id.in_(unit_ids)),
                sa.delete(HeadCount).where(HeadCount.unit_id.in_(unit_ids)),
                sa.delete(UnitWord).where(UnitWord.unit_id.in_(unit_ids)),
                sa.delete(ReorganisedUnit).where(
                    ReorganisedUnit.reorganisation_id == act_id, ReorganisedUnit.unit_id.in_(unit_ids)
                ),
                sa.delete(Unit).where(Unit.id.in_(unit_ids)),
            ):
                db.session.execute(rows.execution_options(synchronize_session=False))
    except IntegrityError:
        raise _built_upon() from None
