"""The chart as it stands and what a wish makes of it, and the refusals that several acts share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.people.chart.versions import Version, Versions
from app.people.days.timeline import Span, Timeline, covers
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


def replace_value(span: Span[Version], values: Mapping[str, Any]) -> Span[Version]:
    return Span(span.ends_on, replace(span.value, **values))


def refuse_top(drawing: Drawing, key: str, day: date) -> None:
    if any(span.value.parent is None for span in drawing.before[key].values()):
        raise stays_on_top(drawing, key, day)


def stays_on_top(drawing: Drawing, key: str, day: date) -> Refused:
    return Refused(
        _l(
            "“%(unit)s” is the company itself: it stays at the top and open. Nothing was changed.",
            unit=drawing.name(key, day),
        )
    )


def refuse_unless_open(drawing: Drawing, key: str, day: date) -> None:
    if not covers(drawing.before.get(key, {}), day, None):
        raise Refused(
            _l(
                "“%(unit)s” is not open from that day on for good. Nothing was changed; choose another unit or day.",
                unit=drawing.name(key, day),
            )
        )


def not_open(drawing: Drawing, key: str, day: date) -> Refused:
    return Refused(
        _l(
            "“%(unit)s” is not open on that day. Nothing was changed; choose another day.",
            unit=drawing.name(key, day),
        )
    )
