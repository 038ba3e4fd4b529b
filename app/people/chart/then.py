"""The tree as it was on days gone by, beside today's: which units counted where then, and do not now.

Most units never move, so today's sums are taken and only what hung elsewhere is taken out here and put in there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

Parents = Mapping[int, int | None]


class Held(NamedTuple):
    """One version of a unit; `successor` is the unit into which it was merged when the version ended."""

    starts_on: date
    ends_on: date | None
    parent: int | None
    successor: int | None


def parents_on(day: date, versions: Mapping[int, Sequence[Held]]) -> dict[int, int | None]:
    """Where each of these units hung: by that day's version; closed ones by their last, coming ones by their first."""
    return {unit_id: _parent_on(day, sorted(held)) for unit_id, held in versions.items() if held}


def _parent_on(day: date, held: Sequence[Held]) -> int | None:
    begun = [version for version in held if version.starts_on <= day]
    version = begun[-1] if begun else held[0]
    is_merged = version.successor is not None and version.ends_on is not None and version.ends_on <= day
    return version.successor if is_merged else version.parent


class Shift(NamedTuple):
    """Of one unit: the units above it then and not now, and now and not then."""

    gained: frozenset[int]
    lost: frozenset[int]


def shifts(roots: Collection[int], units: Iterable[int], now: Parents, then: Parents) -> dict[int, Shift]:
    """For each of these units that counted in another of the roots then than it does now."""
    wanted, found = frozenset(roots), {}
    for unit_id in units:
        before, after = way_up(unit_id, {}, now) & wanted, way_up(unit_id, then, now) & wanted
        if before != after:
            found[unit_id] = Shift(after - before, before - after)
    return found


def way_up(unit_id: int, then: Parents, now: Parents) -> frozenset[int]:
    """The unit and all above it."""
    found: set[int] = set()
    above: int | None = unit_id
    while above is not None and above not in found:
        found.add(above)
        above = then[above] if above in then else now.get(above)
    return frozenset(found)
