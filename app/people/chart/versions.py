"""What a unit is for a while, and the timelines of all units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.core.blanks import fold_spaces
from app.people.days.timeline import Timeline, covers
from app.people.models import UnitKind


@dataclass(frozen=True)
class Version:
    """What a unit is for a while; `parent` is the key of the unit above it, None for the company."""

    name: str
    kind: UnitKind
    parent: str | None
    country: str | None
    location: str | None


Versions = Mapping[str, Timeline[Version]]


def key_of(text: str) -> str:
    """Codes are the same however their letters are cased and their blanks are set."""
    return fold_spaces(text).casefold()


class Loop(NamedTuple):
    """Units that would stand under themselves, from the one asked about back to it, and the first day of it."""

    path: tuple[str, ...]
    day: date


def loop_through(versions: Versions, key: str, start: date, end: date | None) -> Loop | None:
    """The first loop that this unit is in on some day of the span; loops above it others answer for."""
    found: list[Loop] = []
    ways: list[tuple[tuple[str, ...], date, date | None]] = [((key,), start, end)]
    while ways:
        path, first, last = ways.pop()
        for begins, ends, parent in _parents_within(versions, path[-1], first, last):
            if parent == key:
                found.append(Loop((*path, key), begins))
            elif parent not in path:
                ways.append(((*path, parent), begins, ends))
    return min(found, key=lambda loop: loop.day, default=None)


def _parents_within(
    versions: Versions, key: str, first: date, last: date | None
) -> Iterator[tuple[date, date | None, str]]:
    for start, span in versions.get(key, {}).items():
        ends = [day for day in (span.ends_on, last) if day is not None]
        begin, end = max(start, first), min(ends, default=None)
        if span.value.parent is not None and (end is None or begin < end):
            yield begin, end, span.value.parent


def is_held_up(versions: Versions, key: str, start: date) -> bool:
    """Whether the unit above is open on every day of this version; the company needs none."""
    span = versions[key][start]
    parent = span.value.parent
    return parent is None or covers(versions.get(parent, {}), start, span.ends_on)


def left_hanging(versions: Versions) -> Iterator[tuple[str, date]]:
    """Versions of units (and their first days) of which the unit above is closed on some day."""
    for key, timeline in versions.items():
        for start in timeline:
            if not is_held_up(versions, key, start):
                yield key, start
