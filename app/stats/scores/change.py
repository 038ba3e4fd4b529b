"""Did the score change, and could we have seen it (methods.md 1.4 and 1.5)."""

import math
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

from app.stats.checked import Counts, checked_counts, critical_value, finite_number, whole_number
from app.stats.scores.net import adjusted_moments, net_score

LARGEST_EXACT = 400  # answers of both sides together, up to which the exact test is run
SIGNIFICANCE = 0.05
ALWAYS_TELLS = 20  # so many answers on one side tell the largest change, however few are on the other


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


class Change(NamedTuple):
    """`difference`, `low` and `high` in points; `p_exact` from 0 to 1, None above 400 answers on both sides."""

    difference: float
    low: float
    high: float
    p_exact: float | None
    verdict: Verdict


def change(before: Sequence[int], after: Sequence[int]) -> Change:
    """What happened from `before` to `after` (or the difference between two groups): counts on both sides.

    The difference is of the raw scores; the interval is the two-sample Adjusted Wald at 95 %, clipped to -200 and 200,
    and like the one of a single score it is not centred on the number. It "changed" only if the interval excludes 0
    and, up to 400 answers, the exact permutation test gives p <= .05 as well. The same people may have answered both
    times; the test takes them as strangers, so it misses changes and does not invent them.
    Raises ValueError when a side has no answers or holds anything that is no count. Source: methods.md 1.4.
    """
    first, second = checked_counts(before), checked_counts(after)
    shift, error = _adjusted_shift(first, second)
    margin = critical_value(1 - SIGNIFICANCE) * error
    low, high = max(100 * (shift - margin), -200.0), min(100 * (shift + margin), 200.0)
    p = _permutation_p(first, second) if sum(first) + sum(second) <= LARGEST_EXACT else None
    difference = net_score(second) - net_score(first)
    return Change(difference, low, high, p, verdict_on(difference, (low, high), p))


def verdict_on(difference: float, limits: tuple[float, float], p_exact: float | None) -> Verdict:
    """The rule of methods.md 1.4: both the interval and, where there is one, the exact test must speak."""
    if p_exact is not None and p_exact > SIGNIFICANCE:
        return Verdict.UNCLEAR
    if limits[0] > 0 and difference > 0:
        return Verdict.UP
    if limits[1] < 0 and difference < 0:
        return Verdict.DOWN
    return Verdict.UNCLEAR


@lru_cache(maxsize=512)
def can_tell(n1: int, n2: int) -> bool:
    """Whether n1 and n2 answers could tell any change from chance, were all of the one side at the lowest end of the
    scale and all of the other at the highest. False says of whatever was seen: too few answered.

    One answer takes 19 on the other side, two take 5, three take 4, and four take no more than three. Raises
    ValueError for n below 1. Source: the exact test of methods.md 1.4, in which that largest change has
    p = 1 / C(n1 + n2, n1), or twice that where n1 = n2.
    """
    sizes = [whole_number(n, "A number of answers") for n in (n1, n2)]
    if min(sizes) == 0:
        raise ValueError("Without answers on both sides no change can be told.")
    if max(sizes) >= ALWAYS_TELLS:
        return True
    return change((sizes[0], 0, 0), (0, 0, sizes[1])).verdict is not Verdict.UNCLEAR


def approximate_p(before: Sequence[int], after: Sequence[int]) -> float:
    """Two-sided p of the Adjusted Wald test, from 0 to 1, at any size. Raises ValueError as `change`.

    For `adjust` over many groups where some are too large for the exact test. Source: methods.md 1.4.
    """
    shift, error = _adjusted_shift(checked_counts(before), checked_counts(after))
    return math.erfc(abs(shift) / error / math.sqrt(2))


def minimum_detectable_change(n1: int, n2: int, variance: float = 0.61, *, power: float = 0.8) -> float:
    """The smallest true change, in points, that n1 and n2 answers show as significant with probability `power`.

    `variance` is that of one answer (.61 for shares 50/30/20). With power=0.5 it is the change that is just
    significant when seen. May exceed 200, which says "never". Raises ValueError for n below 1, a variance outside
    (0, 1] or a power outside (0, 1). Source: methods.md 1.5.
    """
    sizes = [whole_number(n, "A number of answers") for n in (n1, n2)]
    spread, chance = finite_number(variance, "A variance"), finite_number(power, "The power")
    if min(sizes) == 0:
        raise ValueError("Without answers on both sides no change can be detected.")
    if not 0 < spread <= 1 or not 0 < chance < 1:
        raise ValueError("The variance of one answer lies above 0 and up to 1, the power between 0 and 1.")
    quantiles = critical_value(1 - SIGNIFICANCE) + NormalDist().inv_cdf(chance)
    return 100 * quantiles * math.sqrt(spread / sizes[0] + spread / sizes[1])


def adjust(p_values: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg adjusted p-values, in the order given; compare each with q = .10. Empty in, empty out.

    Raises ValueError for anything outside 0 to 1. Source: Benjamini and Hochberg 1995; methods.md 1.4.
    """
    given = [finite_number(p, "A p-value") for p in p_values]
    if any(not 0 <= p <= 1 for p in given):
        raise ValueError("A p-value lies between 0 and 1.")
    adjusted, smallest = [1.0] * len(given), 1.0
    descending = sorted(range(len(given)), key=given.__getitem__, reverse=True)
    for rank, place in zip(range(len(given), 0, -1), descending, strict=True):
        smallest = min(smallest, given[place] * len(given) / rank)
        adjusted[place] = smallest
    return adjusted


def _adjusted_shift(before: Counts, after: Counts) -> tuple[float, float]:
    """Difference of the adjusted scores and its standard error, as proportions."""
    (first, first_squared), (second, second_squared) = adjusted_moments(before), adjusted_moments(after)
    return second - first, math.sqrt(first_squared + second_squared)


@lru_cache(maxsize=4096)
def _permutation_p(before: Counts, after: Counts) -> float:
    """Share of all ways to deal the answers to the two sides whose difference is at least the one seen.

    Given the column totals, a side of n1 holds (d, q, p) in C(TD, d) C(TQ, q) C(TP, p) ways. The difference moves with
    p - d alone, so the two outer bands are walked and whole numbers are added: exact, and the same on every machine.
    """
    size, everyone = sum(before), sum(before) + sum(after)
    totals = [first + second for first, second in zip(before, after, strict=True)]
    ways_d, ways_q, ways_p = ([math.comb(total, part) for part in range(total + 1)] for total in totals)
    balance = size * (totals[2] - totals[0])
    seen = abs(everyone * (before.promoters - before.detractors) - balance)
    extreme = 0
    for d, ways in enumerate(ways_d[: size + 1]):
        least = max(0, size - d - totals[1])
        most = min(totals[2], size - d)
        extreme += ways * sum(
            ways_p[p] * ways_q[size - d - p]
            for p in range(least, most + 1)
            if abs(everyone * (p - d) - balance) >= seen
        )
    return extreme / math.comb(everyone, size)
