"""Drawing a wish into the chart: new timelines and successions, or a refusal with a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core import formats
from app.core.errors import Refused
from app.people.chart.versions import Version, Versions
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish
from app.people.days.timeline import Span, Timeline, at, covers, opening_at, start_at
from app.people.models import SuccessionKind

Drawn = dict[date, Span[Version]]


class Follows(NamedTuple):
    """Whose history goes on in whom."""

    predecessor: str
    successor: str
    kind: SuccessionKind


@dataclass
class Drawing:
    """The chart as it stands, and what a wish makes of it."""

    before: Versions
    codes: Mapping[str, str]
    after: dict[str, Timeline[Version]] = field(init=False)
    changed: dict[str, Timeline[Version]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)  # codes by key
    closed: list[str] = field(default_factory=list)
    successions: list[Follows] = field(default_factory=list)
    destinations: dict[str, str] = field(default_factory=dict)  # whose people go where, unless somebody says otherwise

    def __post_init__(self) -> None:
        self.after = dict(self.before)

    def write(self, key: str, timeline: Timeline[Version]) -> None:
        self.after[key] = self.changed[key] = timeline

    def name(self, key: str, day: date) -> str:
        """As it is called that day, or nearest to it."""
        timeline = self.after.get(key) or self.before.get(key)
        if not timeline:
            return self.codes.get(key, key)
        past = [start for start in timeline if start <= day]
        return timeline[max(past) if past else min(timeline)].value.name


def draw(wish: Wish, before: Versions, codes: Mapping[str, str]) -> Drawing:
    drawing = Drawing(before, codes)
    draw_it: Callable[[Drawing, Any], None] = _DRAWN[type(wish)]
    draw_it(drawing, wish)
    return drawing


def _open(drawing: Drawing, wish: Opening) -> None:
    version = Version(wish.name, wish.kind, wish.parent, wish.country, wish.location)
    _open_unit(drawing, wish.key, wish.code, wish.day, version)


def _open_unit(drawing: Drawing, key: str, code: str, day: date, version: Version) -> None:
    if key in drawing.after:
        raise Refused(
            _l(
                "There is a unit with the code “%(code)s” already. Nothing was changed; choose another code.",
                code=drawing.codes.get(key, code),
            )
        )
    drawing.write(key, {day: Span(None, version)})
    drawing.opened[key] = code


def _alter(drawing: Drawing, wish: Alteration) -> None:
    values = {"name": wish.name, "kind": wish.kind, "country": wish.country, "location": wish.location}
    drawing.write(wish.unit, _altered(drawing, wish.unit, wish.day, values))


def _move(drawing: Drawing, wish: Move) -> None:
    _refuse_top(drawing, wish.unit, wish.day)
    drawing.write(wish.unit, _altered(drawing, wish.unit, wish.day, {"parent": wish.parent}))


def _altered(drawing: Drawing, key: str, day: date, values: Mapping[str, Any]) -> Drawn:
    """Other values from that day on, until a later version says something else of its own."""
    timeline = drawing.after[key]
    start = start_at(timeline, day)
    if start is None:
        raise _not_open(drawing, key, day)
    if opening_at(timeline, day) == day:
        raise Refused(
            _l(
                "“%(unit)s” opens on that very day. Nothing was changed; correct its first entry instead.",
                unit=drawing.name(key, day),
            )
        )
    before = timeline[start].value
    if replace(before, **values) == before:
        raise Refused(_l("That is how it is already. Nothing was changed."))
    result = dict(timeline)
    result[start] = Span(day, before)
    result[day] = Span(timeline[start].ends_on, replace(before, **values))
    open_values = {name: value for name, value in values.items() if getattr(before, name) != value}
    for later in sorted(each for each in timeline if each > max(start, day)):
        known = timeline[later].value
        open_values = {
            name: value for name, value in open_values.items() if getattr(known, name) == getattr(before, name)
        }
        result[later] = replace_value(timeline[later], open_values)
    return result


def replace_value(span: Span[Version], values: Mapping[str, Any]) -> Span[Version]:
    return Span(span.ends_on, replace(span.value, **values))


def _merge(drawing: Drawing, wish: Merger) -> None:
    if wish.into in wish.units:
        raise Refused(_l("A unit cannot be merged into itself. Nothing was changed."))
    _refuse_unless_open(drawing, wish.into, wish.day)
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


def _split(drawing: Drawing, wish: Split) -> None:
    _refuse_top(drawing, wish.unit, wish.day)
    version = at(drawing.after[wish.unit], wish.day)
    if version is None:
        raise _not_open(drawing, wish.unit, wish.day)
    for part in wish.parts:
        _open_unit(drawing, part.key, part.code, wish.day, replace(version, name=part.name))
        drawing.successions.append(Follows(wish.unit, part.key, SuccessionKind.SPLIT))
    places = {part.key for part in wish.parts} | ({wish.unit} if wish.stays else set())
    chosen = {wish.rest, *wish.people.values(), *wish.below.values()}
    if len(places) < 2 or not chosen <= places:
        raise Refused(_l("A split needs two parts at least, and each person a place in one. Nothing was changed."))
    if not wish.stays:
        _close_unit(drawing, wish.unit, wish.day)
    drawing.destinations[wish.unit] = wish.rest
    _send_below(drawing, wish.unit, wish.day, lambda child: wish.below.get(child, wish.rest))


def _close(drawing: Drawing, wish: Closure) -> None:
    _close_unit(drawing, wish.unit, wish.day)
    if wish.people_to is not None:
        if wish.people_to == wish.unit:
            raise Refused(_l("People cannot stay in a unit that closes. Nothing was changed; choose another unit."))
        _refuse_unless_open(drawing, wish.people_to, wish.day)
        drawing.destinations[wish.unit] = wish.people_to


def _close_unit(drawing: Drawing, key: str, day: date) -> None:
    _refuse_top(drawing, key, day)
    timeline = drawing.after[key]
    start = start_at(timeline, day)
    if start is None:
        raise _not_open(drawing, key, day)
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


def _correct(drawing: Drawing, wish: Correction) -> None:
    timeline = drawing.after[wish.unit]
    if wish.day not in timeline:
        raise Refused(_l("This entry of the unit's history is gone. Nothing was changed; look at the history again."))
    known = timeline[wish.day]
    if (known.value.parent is None) != (wish.parent is None):
        raise _top(drawing, wish.unit, wish.day)
    mended = Version(wish.name, wish.kind, wish.parent, wish.country, wish.location)
    if mended == known.value:
        raise Refused(_l("That is how it is already. Nothing was changed."))
    drawing.write(wish.unit, {**timeline, wish.day: Span(known.ends_on, mended)})


def _refuse_top(drawing: Drawing, key: str, day: date) -> None:
    if any(span.value.parent is None for span in drawing.before[key].values()):
        raise _top(drawing, key, day)


def _top(drawing: Drawing, key: str, day: date) -> Refused:
    return Refused(
        _l(
            "“%(unit)s” is the company itself: it stays at the top and open. Nothing was changed.",
            unit=drawing.name(key, day),
        )
    )


def _refuse_unless_open(drawing: Drawing, key: str, day: date) -> None:
    if not covers(drawing.before.get(key, {}), day, None):
        raise Refused(
            _l(
                "“%(unit)s” is not open from that day on for good. Nothing was changed; choose another unit or day.",
                unit=drawing.name(key, day),
            )
        )


def _not_open(drawing: Drawing, key: str, day: date) -> Refused:
    return Refused(
        _l(
            "“%(unit)s” is not open on that day. Nothing was changed; choose another day.",
            unit=drawing.name(key, day),
        )
    )


_DRAWN: dict[type, Callable[[Drawing, Any], None]] = {
    Opening: _open,
    Alteration: _alter,
    Move: _move,
    Merger: _merge,
    Split: _split,
    Closure: _close,
    Correction: _correct,
}
