"""Acts by which a unit hands over: it is merged into another, divided into new ones, or closes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core import formats
from app.core.errors import Refused
from app.people.chart.drawing.one_unit import open_unit
from app.people.chart.drawing.sheet import (
    Drawing,
    Drawn,
    Follows,
    not_open,
    refuse_top,
    refuse_unless_open,
    replace_value,
)
from app.people.chart.versions import Version
from app.people.chart.wishes import Closure, Merger, Split
from app.people.days.timeline import Span, Timeline, at, start_at
from app.people.models import SuccessionKind


def draw_merger(drawing: Drawing, wish: Merger) -> None:
    if wish.into in wish.units:
        raise Refused(_l("A unit cannot be merged into itself. Nothing was changed."))
    refuse_unless_open(drawing, wish.into, wish.day)
    for key in wish.units:
        _close_unit(drawing, key, wish.day)
        drawing.successions.append(Follows(key, wish.into, SuccessionKind.MERGED))
        drawing.destinations[key] = wish.into
    for key in wish.units:
        _send_below(drawing, key, wish.day, lambda child: wish.into)
    if (own := _parent_outside(drawing, wish)) is not None:
        drawing.write(wish.into, _rehung(drawing.after[wish.into], set(wish.units), wish.day, own))


def _parent_outside(drawing: Drawing, wish: Merger) -> str | None:
    """Where the successor hangs when it hung under one of those that close: under what was above them."""
    version = at(drawing.after[wish.into], wish.day)
    parent = version.parent if version else None
    seen: set[str] = set()
    while parent is not None and (parent in wish.units or parent == wish.into) and parent not in seen:
        seen.add(parent)
        above = at(drawing.before[parent], wish.day)
        parent = above.parent if above else None
    return parent if seen else None


def draw_split(drawing: Drawing, wish: Split) -> None:
    refuse_top(drawing, wish.unit, wish.day)
    version = at(drawing.after[wish.unit], wish.day)
    if version is None:
        raise not_open(drawing, wish.unit, wish.day)
    for part in wish.parts:
        open_unit(drawing, part.key, part.code, wish.day, replace(version, name=part.name))
        drawing.successions.append(Follows(wish.unit, part.key, SuccessionKind.SPLIT))
    places = {part.key for part in wish.parts} | ({wish.unit} if wish.stays else set())
    chosen = {wish.rest, *wish.people.values(), *wish.below.values()}
    if len(places) < 2 or not chosen <= places:
        raise Refused(_l("A split needs two parts at least, and each person a place in one. Nothing was changed."))
    if not wish.stays:
        _close_unit(drawing, wish.unit, wish.day)
    drawing.destinations[wish.unit] = wish.rest
    _send_below(drawing, wish.unit, wish.day, lambda child: wish.below.get(child, wish.rest))


def draw_closure(drawing: Drawing, wish: Closure) -> None:
    _close_unit(drawing, wish.unit, wish.day)
    if wish.people_to is not None:
        if wish.people_to == wish.unit:
            raise Refused(_l("People cannot stay in a unit that closes. Nothing was changed; choose another unit."))
        refuse_unless_open(drawing, wish.people_to, wish.day)
        drawing.destinations[wish.unit] = wish.people_to


def _close_unit(drawing: Drawing, key: str, day: date) -> None:
    refuse_top(drawing, key, day)
    timeline = drawing.after[key]
    start = start_at(timeline, day)
    if start is None:
        raise not_open(drawing, key, day)
    later = [each for each in timeline if each >= day]
    ends_on = timeline[start].ends_on
    if later or ends_on is not None:
        raise Refused(
            _l(
                "“%(unit)s” changes on %(later)s. Nothing was changed now; choose a later day, or withdraw that first.",
                unit=drawing.name(key, day),
                later=LazyString(formats.day, min(later) if later else ends_on),
            )
        )
    drawing.write(key, {**timeline, start: Span(day, timeline[start].value)})
    drawing.closed.append(key)


def _send_below(drawing: Drawing, key: str, day: date, where: Callable[[str], str]) -> None:
    """Units below hang elsewhere from that day on, also those that are only to come."""
    for child, timeline in list(drawing.after.items()):
        target = where(child)
        if child != target and target != key:
            moved = _rehung(timeline, {key}, day, target)
            if moved != timeline:
                drawing.write(child, moved)


def _rehung(timeline: Timeline[Version], parents: set[str], day: date, target: str) -> Drawn:
    result: Drawn = {}
    for start, span in timeline.items():
        result[start] = span
        if span.value.parent not in parents or (span.ends_on is not None and span.ends_on <= day):
            continue
        if start < day:
            result[start] = Span(day, span.value)
        result[max(start, day)] = replace_value(span, {"parent": target})
    return result
