"""Acts on one unit that is there afterwards: it opens, is described anew, moves, or an entry of it is mended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.people.chart.drawing.sheet import Drawing, Drawn, not_open, refuse_top, replace_value, stays_on_top
from app.people.chart.versions import Version
from app.people.chart.wishes import Alteration, Correction, Move, Opening
from app.people.days.timeline import Span, opening_at, start_at


def draw_opening(drawing: Drawing, wish: Opening) -> None:
    version = Version(wish.name, wish.kind, wish.parent, wish.country, wish.location)
    open_unit(drawing, wish.key, wish.code, wish.day, version)


def open_unit(drawing: Drawing, key: str, code: str, day: date, version: Version) -> None:
    if key in drawing.after:
        raise Refused(
            _l(
                "There is a unit with the code “%(code)s” already. Nothing was changed; choose another code.",
                code=drawing.codes.get(key, code),
            )
        )
    drawing.write(key, {day: Span(None, version)})
    drawing.opened[key] = code


def draw_alteration(drawing: Drawing, wish: Alteration) -> None:
    values = {"name": wish.name, "kind": wish.kind, "country": wish.country, "location": wish.location}
    drawing.write(wish.unit, _altered(drawing, wish.unit, wish.day, values))


def draw_move(drawing: Drawing, wish: Move) -> None:
    refuse_top(drawing, wish.unit, wish.day)
    drawing.write(wish.unit, _altered(drawing, wish.unit, wish.day, {"parent": wish.parent}))


def _altered(drawing: Drawing, key: str, day: date, values: Mapping[str, Any]) -> Drawn:
    """Other values from that day on, until a later version says something else of its own."""
    timeline = drawing.after[key]
    start = start_at(timeline, day)
    if start is None:
        raise not_open(drawing, key, day)
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


def draw_correction(drawing: Drawing, wish: Correction) -> None:
    timeline = drawing.after[wish.unit]
    if wish.day not in timeline:
        raise Refused(_l("This entry of the unit's history is gone. Nothing was changed; look at the history again."))
    known = timeline[wish.day]
    if (known.value.parent is None) != (wish.parent is None):
        raise stays_on_top(drawing, wish.unit, wish.day)
    mended = Version(wish.name, wish.kind, wish.parent, wish.country, wish.location)
    if mended == known.value:
        raise Refused(_l("That is how it is already. Nothing was changed."))
    drawing.write(wish.unit, {**timeline, wish.day: Span(known.ends_on, mended)})
