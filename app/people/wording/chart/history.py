"""A unit's history and plans on its own page, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.core.formats import day as written
from app.core.texts import _
from app.people.models import ReorganisationKind
from app.people.queries import Shown, Version
from app.people.queries.reorganisations import Act
from app.people.wording.chart import words


@dataclass(frozen=True)
class Decided:
    """One act, as the page lists it."""

    id: int
    title: str
    day: str
    units: Sequence[tuple[str, str]]  # the other units in it, with their addresses
    by: str
    reason: str
    is_planned: bool


def menu(unit: Shown) -> list[tuple[str, str, bool]]:
    """The acts that make sense on this unit: the company itself stays where it is."""
    if not unit.is_open:
        acts = ["correction"]
    elif unit.parent_id is None:
        acts = ["opening", "alteration", "correction"]
    else:
        acts = list(words.ACTS)
    return [(str(words.ACTS[act]), url_for("people.show_change", unit_id=unit.id, act=act), False) for act in acts]


def decided(acts: Iterable[Act], unit_id: int, today: date) -> dict[str, list[Decided]]:
    rows = [_decided(act, unit_id, today) for act in acts]
    planned = [row for row in reversed(rows) if row.is_planned]
    return {"planned": planned, "done": [row for row in rows if not row.is_planned]}


def _decided(act: Act, unit_id: int, today: date) -> Decided:
    is_planned = act.happens_on > today and act.kind is not ReorganisationKind.CORRECTION
    links = [_link(act, int(other)) for other in act.undo["names"] if int(other) != unit_id]
    title, by = str(words.DONE[act.kind]), act.decided_by or ""
    return Decided(act.id, title, words.since(act.happens_on), links, by, act.reason, is_planned)


def _link(act: Act, unit_id: int) -> tuple[str, str]:
    """By the name that the unit had when it was decided."""
    return act.undo["names"].get(str(unit_id), ""), url_for("people.show_unit", unit_id=unit_id)


def not_decided_here(versions: Sequence[Version], acts: Iterable[Act], today: date) -> list[str]:
    """What is to come by an import: days on which something begins or ends, and no act says why."""
    known = {act.happens_on for act in acts}
    starts = {version.starts_on for version in versions}
    told = []
    for version in versions:
        if version.starts_on > today and version.starts_on not in known:
            place = _(", under “%(parent)s”", parent=version.above) if version.above else ""
            told.append(_("From %(day)s: “%(name)s”", day=written(version.starts_on), name=version.name) + place)
        ends = version.ends_on
        if ends and ends > today and ends not in known | starts:
            told.append(_("Closes on %(day)s", day=written(ends)))
    return told[::-1]


def followed_sentences(acts: Iterable[Act], unit_id: int, today: date) -> list[tuple[str, str, str, str]]:
    """Whose history goes on in whom: each a sentence, the name of the other unit, its address, and what stays where."""
    return [
        (
            _sentence(act, is_successor=successor == unit_id),
            *_link(act, predecessor if successor == unit_id else successor),
            _of_answers(act, is_successor=successor == unit_id),
        )
        for act in acts
        if act.happens_on <= today
        for predecessor, successor in act.undo["successions"]
        if unit_id in (predecessor, successor)
    ]


def _sentence(act: Act, *, is_successor: bool) -> str:
    day = written(act.happens_on)
    if act.kind is ReorganisationKind.SPLIT:
        return _("On %(day)s it came out of", day=day) if is_successor else _("On %(day)s it gave a part to", day=day)
    return _("On %(day)s it took over", day=day) if is_successor else _("On %(day)s it became part of", day=day)


def _of_answers(act: Act, *, is_successor: bool) -> str:
    """Answers before a split cannot be told apart (docs/decisions/0009)."""
    if act.kind is not ReorganisationKind.SPLIT:
        return ""
    if is_successor:
        return _("Customers' answers given before that day stay there: nobody can say to which part they belong.")
    return _("Customers' answers given before that day stay here: nobody can say to which part they belong.")
