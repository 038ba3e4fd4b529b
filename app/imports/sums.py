"""Rows that add up others, found by their numbers: no name tells that `DOD` is the sum of the six rows below it.

That a row of counts is the sum of its neighbours by chance is the less likely the larger the counts and the fewer the
rows. Only what is hardly chance is called a total; a small one also where a total of all shows that it must be one.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import prod

HARDLY_CHANCE = 0.02
NO_SUM = float("inf")
OF_A_PAIR = 10  # two numbers make the third more easily than six the seventh
SAME_MEAN, BY_CHANCE_THE_SAME = 0.06, 0.1
DEEPEST = 7  # levels of totals above each other
FEWEST = 3  # rows that say the same of different units


@dataclass(frozen=True)
class Counted:
    """One row of counts. Only rows of one `series` (a question in a period, say) may add up."""

    line: int
    series: Hashable
    counts: tuple[int, ...]
    mean: float | None = None


def lines_of_totals(rows: Iterable[Counted]) -> set[int]:
    """The lines of rows that are the sum of all others of their series, or of those right above or below."""
    by_series: dict[Hashable, list[Counted]] = defaultdict(list)
    for row in rows:
        if any(row.counts):
            by_series[row.series].append(row)
    return {row.line for series in by_series.values() for row in _totals(series)}


def _totals(rows: list[Counted]) -> list[Counted]:
    """Parts first: a total of totals is the sum of what is left when they are gone."""
    leaves, found = list(rows), list[Counted]()
    while len(leaves) >= FEWEST and (total := _next_total(leaves)) is not None:
        found.append(total)
        leaves.remove(total)
    return found or _all_or_none(leaves)


def _next_total(leaves: Sequence[Counted]) -> Counted | None:
    grand, chance = _grand_total(leaves)
    if grand is not None and chance < HARDLY_CHANCE:
        return grand
    return next((row for place, row in enumerate(leaves) if _chance_of(leaves, place) < HARDLY_CHANCE), None)


def _all_or_none(rows: list[Counted]) -> list[Counted]:
    """Sums that may be chance each, unless without them the largest row is the sum of all others."""
    leaves, unsure, together = list(rows), list[Counted](), 1.0
    if max(row.counts[0] for row in rows) * (DEEPEST + 1) < sum(row.counts[0] for row in rows):
        return []
    for row in sorted(rows, key=lambda row: row.counts)[:-1]:  # the smaller of two totals is a part of the larger
        chance = _chance_of(leaves, leaves.index(row))
        if chance < NO_SUM:
            unsure.append(row)
            leaves.remove(row)
            together *= min(chance, 1)
    grand, chance = _grand_total(leaves)
    return [*unsure, grand] if grand and unsure and chance * together < HARDLY_CHANCE else []


def _chance_of(leaves: Sequence[Counted], place: int) -> float:
    """How probable it is that this row is the sum of its neighbours by chance; NO_SUM where it is none."""
    row, tries = leaves[place], 2 * len(leaves)
    sides = (range(place + 1, len(leaves)), range(place - 1, -1, -1))
    found = (_parts(row.counts, leaves, side) for side in sides)
    return min((_chance(row, parts) * tries for parts in found if len(parts) > 1), default=NO_SUM)


def _parts(wanted: tuple[int, ...], leaves: Sequence[Counted], side: range) -> list[Counted]:
    """The neighbours on one side that add up to just these counts; none where they do not."""
    left, parts = list(wanted), list[Counted]()
    for place in side:
        parts.append(leaves[place])
        left = [rest - count for rest, count in zip(left, leaves[place].counts, strict=True)]
        if not any(left):
            return parts
        if min(left) < 0:
            break
    return []


def _grand_total(leaves: Sequence[Counted]) -> tuple[Counted | None, float]:
    if len(leaves) < FEWEST:
        return None, NO_SUM
    largest = max(leaves, key=lambda row: row.counts)
    others = [row for row in leaves if row is not largest]
    sums = tuple(map(sum, zip(*(row.counts for row in others), strict=True)))
    return (largest, _chance(largest, others)) if sums == largest.counts else (None, NO_SUM)


def _chance(row: Counted, parts: Sequence[Counted]) -> float:
    """Sums of ever more numbers meet a given one about as often as one number in their mean."""
    chance = prod(1 / max(count / len(parts), 1) for count in row.counts)
    if len(parts) == 2:
        chance *= OF_A_PAIR
    if row.mean is None or any(part.mean is None for part in parts):
        return chance
    weights = sum(part.counts[0] for part in parts)
    mean = sum((part.mean or 0) * part.counts[0] for part in parts) / max(weights, 1)
    return chance * BY_CHANCE_THE_SAME if abs(mean - row.mean) <= SAME_MEAN else chance
