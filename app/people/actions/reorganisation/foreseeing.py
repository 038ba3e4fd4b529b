"""What a wish would do to the chart, to people and roles, and to what other features hold; nothing is written."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.effects import Change, Effect, effects_of
from app.core.errors import Refused
from app.core.permissions import Permission
from app.extensions import db
from app.people.chart.drawing import draw
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.faults import refuse_faults
from app.people.chart.rights import places
from app.people.chart.wishes import Wish
from app.people.chart.work import Transfer, transfers
from app.people.days.timeline import at
from app.people.models import Account, Grant, units_where
from app.people.queries.chart import Tree, grants_ending, grants_on, posts_in, tree_now


@dataclass(frozen=True)
class Reach:
    """Roles given higher up that reach a unit no longer, or from then on."""

    lost: Sequence[Grant]
    gained: Sequence[Grant]


@dataclass(frozen=True)
class Foreseen:
    wish: Wish
    tree: Tree
    drawing: Drawing
    transfers: Sequence[Transfer]
    ending: Sequence[Grant]
    roles_end_on: date
    reach: Reach
    effects: Sequence[Effect]
    digest: str  # of all the above: whoever confirms has seen this very state

    def unit_ids(self) -> set[int]:
        """Those that are here already."""
        touched = {*self.drawing.changed, *(follows.successor for follows in self.drawing.successions)}
        return {self.tree.ids[key] for key in touched if key in self.tree.ids}


def foresee(wish: Wish, actor: Account, today: date) -> Foreseen:
    """Raises Refused where it cannot be, or is not the actor's to do."""
    tree = tree_now()
    _refuse_strangers(wish, tree, actor)
    drawing = draw(wish, tree.versions, tree.codes)
    refuse_faults(drawing)
    sent = transfers(
        drawing, wish, posts_in(_ids(tree, [*drawing.closed, *drawing.destinations]), wish.day, tree), wish.day
    )
    roles_end_on = max(wish.day, today)
    ending = grants_ending(_ids(tree, drawing.closed), roles_end_on)
    reach = _reach(drawing, tree, roles_end_on)
    divided = {each.predecessor for each in drawing.successions}  # also one that stays: people leave it
    effects = effects_of(Change(_ids(tree, drawing.changed.keys() | divided), _ids(tree, drawing.closed), wish.day))
    _refuse_barred(effects)
    told = (wish, _told(drawing), sent, [grant.id for grant in ending], [effect.fact for effect in effects])
    seen = (told, sorted(grant.id for grant in reach.lost), sorted(grant.id for grant in reach.gained))
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()
    return Foreseen(wish, tree, drawing, sent, ending, roles_end_on, reach, effects, digest)


def _ids(tree: Tree, keys: Iterable[str]) -> list[int]:
    return sorted({tree.ids[key] for key in keys if key in tree.ids})


def _refuse_strangers(wish: Wish, tree: Tree, actor: Account) -> None:
    held = set(db.session.scalars(units_where(actor, Permission.UNIT_EDIT)))
    if any(tree.ids[key] not in held for key in places(wish, tree.versions) if key in tree.ids):
        raise Refused(
            _l(
                "You may not change all of the units that this takes part in: both places must be yours."
                " Nothing was changed."
            )
        )


def _refuse_barred(effects: Iterable[Effect]) -> None:
    barring = [effect.sentence for effect in effects if effect.bars_closing]
    if barring:
        raise Refused(
            _l(
                "A unit cannot close on a day for which results are published that say it was open. Nothing was"
                " changed; choose a day after that period. %(published)s",
                published=" ".join(barring),
            )
        )


def _told(drawing: Drawing) -> list[object]:
    """In a fixed order, as it is and as it would be."""
    return [
        (key, sorted(drawing.before.get(key, {}).items()), sorted(drawing.changed[key].items()))
        for key in sorted(drawing.changed)
    ]


def _reach(drawing: Drawing, tree: Tree, day: date) -> Reach:
    before: set[int] = set()
    after: set[int] = set()
    for key in drawing.changed.keys() - drawing.opened.keys():
        old, new = _above(drawing, key, day, after=False), _above(drawing, key, day, after=True)
        before |= {tree.ids[each] for each in old - new if each in tree.ids}
        after |= {tree.ids[each] for each in new - old if each in tree.ids}
    return Reach(grants_on(before - after, day), grants_on(after - before, day))


def _above(drawing: Drawing, key: str, day: date, *, after: bool) -> set[str]:
    """All that the unit hangs under that day; where it is merged, under its successor."""
    versions = drawing.after if after else drawing.before
    follows = {each.predecessor: each.successor for each in drawing.successions if after and key in drawing.closed}
    found: set[str] = set()
    parent: str | None = key
    while parent is not None and parent not in found:
        found.add(parent)
        version = at(versions.get(parent, {}), day)
        parent = version.parent if version else follows.get(parent)
    return found - {key}
