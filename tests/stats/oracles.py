"""Other ways to the same numbers, slow and independent of the product: only tests use them."""

import itertools
import math
from collections.abc import Callable, Iterator

Z = 1.959963984540054
Triple = tuple[int, int, int]


def all_counts(n: int) -> Iterator[Triple]:
    """Every (detractors, passives, promoters) of n answers."""
    for detractors in range(n + 1):
        for passives in range(n - detractors + 1):
            yield detractors, passives, n - detractors - passives


def wald(counts: Triple, z: float = Z) -> tuple[float, float]:
    d, q, p = counts
    n, score = d + q + p, (p - d) / (d + q + p)
    margin = z * math.sqrt(((p + d) / n - score**2) / n)
    return 100 * (score - margin), 100 * (score + margin)


def score_interval(counts: Triple, z: float = Z) -> tuple[float, float]:
    """Tango's (1998) score interval in points, by bisection from the raw score outwards."""
    d, q, p = counts
    n = d + q + p

    def fits(delta: float) -> bool:
        b = -d - p + (2 * n - p + d) * delta
        c = -d * delta * (1 - delta)
        share = (math.sqrt(max(b * b - 8 * n * c, 0)) - b) / (4 * n)
        return abs(p - d - n * delta) <= z * math.sqrt(max(n * (2 * share + delta * (1 - delta)), 0))

    score = (p - d) / n
    return 100 * _last_fitting(fits, score, -1.0), 100 * _last_fitting(fits, score, 1.0)


def _last_fitting(fits: Callable[[float], bool], inside: float, outside: float) -> float:
    if fits(outside):
        return outside
    for _ in range(60):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if fits(middle) else (inside, middle)
    return inside


def permutation_p(before: Triple, after: Triple) -> float:
    """Every way to deal the answers to the two sides, one by one."""
    answers = [score for side in (before, after) for score, n in zip((-1, 0, 1), side, strict=True) for _ in range(n)]
    size, rest, total = sum(before), sum(after), sum(answers)

    def distance(side: int) -> int:
        return abs(side * rest - (total - side) * size)

    seen = distance(before[2] - before[0])
    deals = [distance(sum(deal)) >= seen for deal in itertools.combinations(answers, size)]
    return sum(deals) / len(deals)


def multinomial(counts: Triple, shares: tuple[float, float, float]) -> float:
    ways = math.factorial(sum(counts)) // math.prod(math.factorial(n) for n in counts)
    return ways * math.prod(share**n for share, n in zip(shares, counts, strict=True))


def hypergeometric(sample: Triple, population: Triple) -> float:
    ways = math.prod(math.comb(whole, part) for whole, part in zip(population, sample, strict=True))
    return ways / math.comb(sum(population), sum(sample))
