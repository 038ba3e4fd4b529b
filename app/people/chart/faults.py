"""What must be true of the whole chart after a wish, on every day: one top, no loops, nobody left hanging."""

from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.versions import is_held_up, loop_through


def refuse_faults(drawing: Drawing) -> None:
    for key, timeline in drawing.changed.items():
        for start, span in timeline.items():
            _refuse_loop(drawing, key, start, span.ends_on)
    touched = drawing.changed.keys()
    for key, timeline in drawing.after.items():
        for start, span in timeline.items():
            if (key in touched or span.value.parent in touched) and not is_held_up(drawing.after, key, start):
                raise _hanging(drawing, key, start)


def _refuse_loop(drawing: Drawing, key: str, start: date, end: date | None) -> None:
    loop = loop_through(drawing.after, key, start, end)
    if loop is not None:
        names = " → ".join(drawing.name(each, loop.day) for each in loop.path)
        raise Refused(
            _l("A unit would stand under itself: %(names)s. Nothing was changed; choose another unit.", names=names)
        )


def _hanging(drawing: Drawing, key: str, start: date) -> Refused:
    """Either the unit itself is to hang under one that is not open, or it is left behind by one that closes."""
    parent = drawing.after[key][start].value.parent
    assert parent is not None
    told = {"unit": drawing.name(key, start), "parent": drawing.name(parent, start)}
    if key in drawing.changed:
        return Refused(
            _l(
                "“%(parent)s” is not open on every day on which “%(unit)s” would stand under it. Nothing was changed.",
                **told,
            )
        )
    return Refused(
        _l(
            "“%(unit)s” stands under “%(parent)s” and would be left without a unit above it. Nothing was changed; move"
            " or close it first.",
            **told,
        )
    )
