"""Do two series go together? Correlation with its uncertainty, over units (methods.md 2.2).

Employees' side: hand in published values only; then nothing here tells more than they do.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.stats.checked import checked_level, critical_value, finite_number, whole_number

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

FEWEST = 3
ROOM = 1_000_000  # resampled pairs held in memory at once


class Correlation(NamedTuple):
    """Pearson's r with its limits at 95 %, Spearman's rho, and n pairs. All but n from -1 to 1."""

    r: float
    low: float
    high: float
    rho: float
    n: int


def correlate(x: Sequence[float], y: Sequence[float]) -> Correlation:
    """Pearson (Fisher z interval at 95 %) and Spearman (average ranks for ties) of n pairs; any units of measure.

    Three pairs give limits of -1 and 1: they say nothing. Raises ValueError for unequal lengths, fewer than 3 pairs,
    values that are not finite, and a side where all values are equal (it has no correlation).
    Source: Fisher 1915; methods.md 2.2.
    """
    first, second = _checked_pairs(x, y)
    r = _pearson(first, second)
    low, high = fisher_interval(r, len(first))
    return Correlation(r, low, high, _pearson(_ranks(first), _ranks(second)), len(first))


def fisher_interval(r: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """(low, high) for Pearson's r of n pairs: tanh(atanh r +- z / sqrt(n - 3)). At r = 1 or -1 it is that point.

    Raises ValueError for r outside -1 to 1, n below 3, or a level outside (0, 1). Source: Fisher 1915.
    """
    return _limits(r, n, level, 1.0)


def spearman_interval(rho: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """(low, high) for Spearman's rho of n pairs; as fisher_interval, with SE of z sqrt((1 + rho^2 / 2) / (n - 3)).

    Raises ValueError as fisher_interval. Source: Bonett and Wright 2000; methods.md 2.2.
    """
    return _limits(rho, n, level, 1 + finite_number(rho, "A correlation") ** 2 / 2)


def bootstrap_interval(
    x: Sequence[float], y: Sequence[float], *, draws: int = 2000, seed: int = 20260101, level: float = 0.95
) -> tuple[float, float]:
    """(low, high) for Pearson's r: percentiles over `draws` resamples of whole pairs, one pair a unit.

    The same seed gives the same limits, in whatever order the pairs come: a unit that gets another name does not move
    them. Resamples in which a side has no spread have no correlation and are left out;
    if they are more than half, the units are too few or too alike and it refuses.
    Raises ValueError as correlate, for draws below 100, a level outside (0, 1), and in that case.
    Source: Efron 1979; methods.md 2.2.
    """
    import numpy as np  # noqa: PLC0415 - slow to import, and only worth it for thousands of resamples

    ordered = sorted(zip(*_checked_pairs(x, y), strict=True))
    pairs = np.array([_deviations(side) for side in zip(*ordered, strict=True)])
    repeats, inside, n = whole_number(draws, "The number of draws"), checked_level(level), pairs.shape[1]
    if repeats < 100:
        raise ValueError("Percentiles need at least 100 draws.")
    generator, found = np.random.default_rng(seed), []
    for start in range(0, repeats, rows := max(ROOM // n, 1)):
        picks = generator.integers(0, n, size=(min(rows, repeats - start), n))
        found.append(_row_correlations(pairs[0][picks], pairs[1][picks]))
    values = np.concatenate(found)
    if 2 * len(values) < repeats:
        raise ValueError("In more than half of the resamples a side has no spread: the units are too few or too alike.")
    low, high = np.quantile(values, [(1 - inside) / 2, (1 + inside) / 2])
    return float(low), float(high)


def _row_correlations(x: "NDArray[float64]", y: "NDArray[float64]") -> "NDArray[float64]":
    """Pearson's r of each row, without the rows where a side is constant."""
    varied = (x.max(axis=1) > x.min(axis=1)) & (y.max(axis=1) > y.min(axis=1))
    x, y = x[varied], y[varied]
    x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    lengths = (x * x).sum(axis=1) ** 0.5 * (y * y).sum(axis=1) ** 0.5
    measurable = lengths > 0
    r: NDArray[float64] = (x * y).sum(axis=1)[measurable] / lengths[measurable]
    return r.clip(-1, 1)


def _checked_pairs(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
    first, second = ([finite_number(value, "A value") for value in side] for side in (x, y))
    if len(first) != len(second):
        raise ValueError(f"{len(first)} values cannot be paired with {len(second)}.")
    if len(first) < FEWEST:
        raise ValueError(f"A correlation needs at least {FEWEST} pairs, not {len(first)}.")
    if min(first) == max(first) or min(second) == max(second):
        raise ValueError("Where all values of a side are equal, nothing can go together with them.")
    return first, second


def _pearson(x: Sequence[float], y: Sequence[float]) -> float:
    first, second = _deviations(x), _deviations(y)
    covariance = math.fsum(a * b for a, b in zip(first, second, strict=True))
    r = covariance / math.sqrt(math.fsum(a * a for a in first) * math.fsum(b * b for b in second))
    return min(max(r, -1.0), 1.0)


def _deviations(values: Sequence[float]) -> list[float]:
    """Deviations from the mean, the largest being 1: squares of what is huge or tiny stay within floats."""
    largest = max(map(abs, values))
    scaled = [value / largest for value in values]
    mean = math.fsum(scaled) / len(scaled)
    widest = max(abs(value - mean) for value in scaled)
    return [(value - mean) / widest for value in scaled]


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    places: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(rank)
    return [(places[value][0] + places[value][-1]) / 2 for value in values]


def _limits(r: float, n: int, level: float, factor: float) -> tuple[float, float]:
    centre, size, z = finite_number(r, "A correlation"), whole_number(n, "The number of pairs"), critical_value(level)
    if not -1 <= centre <= 1 or size < FEWEST:
        raise ValueError(f"A correlation of {r!r} from {n!r} pairs is none.")
    if abs(centre) == 1:
        return centre, centre
    if size == FEWEST:
        return -1.0, 1.0
    margin = z * math.sqrt(factor / (size - 3))
    return math.tanh(math.atanh(centre) - margin), math.tanh(math.atanh(centre) + margin)
