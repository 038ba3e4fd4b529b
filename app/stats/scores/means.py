"""The mean of answers on a scale, with Student's interval (methods.md 1.6)."""

import math
from fractions import Fraction
from functools import lru_cache
from numbers import Integral

from app.stats.checked import checked_level, critical_value, finite_number, whole_number

ENOUGH_FOR_SERIES = 1000  # degrees of freedom above which four terms of the expansion are exact to 1e-12


def mean_interval(n: int, total: float, squares: float, *, level: float = 0.95) -> tuple[float, float]:
    """(low, high) around the mean total / n, in the units of the scale.

    `total` is the sum of the n answers and `squares` the sum of their squares, so that a histogram or a rollup is
    enough. Raises ValueError for n below 2, numbers that are not finite, sums that no n answers can have, or a level
    outside (0, 1). Source: Student's t; methods.md 1.6.
    """
    size = whole_number(n, "The number of answers")
    if size < 2:
        raise ValueError("The spread of a mean needs at least two answers.")
    # Fractions: with large answers of little spread nothing cancels away.
    added, squared = _exact(total, "A sum"), _exact(squares, "A sum of squares")
    deviation = (size * squared - added * added) / (size * (size - 1))
    if deviation < -Fraction(1, 10**9) * squared or squared < 0:
        raise ValueError("No answers have this sum and this sum of squares.")
    margin = t_quantile(level, size - 1) * math.sqrt(max(deviation, Fraction(0)) / size)
    mean = float(added / size)
    return mean - margin, mean + margin


@lru_cache(maxsize=1024)
def t_quantile(level: float, degrees: int) -> float:
    """t with `level` of Student's distribution between -t and t, to 1e-9 relative. `degrees` is 1 or more.

    Raises ValueError for a level outside (0, 1). Source: Abramowitz and Stegun 26.7.3 to 26.7.5.
    """
    if degrees > ENOUGH_FOR_SERIES:
        return _expanded_quantile(critical_value(level), degrees)
    inside = checked_level(level)
    low, high = 0.0, math.pi / 2
    while low < (middle := (low + high) / 2) < high:
        if _central_probability(middle, degrees) < inside:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees) * math.tan(high)


def _exact(value: float, what: str) -> Fraction:
    number = finite_number(value, what)
    return Fraction(int(value)) if isinstance(value, Integral) else Fraction(number)


def _central_probability(angle: float, degrees: int) -> float:
    """P(|T| < sqrt(degrees) tan(angle)): a finite sum of positive terms for whole degrees of freedom."""
    cosine = math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = term if degrees > 1 else 0.0
    for step in range(2 + odd, degrees - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    total *= math.sin(angle)
    return 2 / math.pi * (angle + total) if odd else total


def _expanded_quantile(z: float, degrees: int) -> float:
    """Cornish-Fisher expansion of Student's quantile around the normal one; the first term left out is of order -5."""
    squared = z * z
    terms = (
        (squared + 1) / 4,
        ((5 * squared + 16) * squared + 3) / 96,
        (((3 * squared + 19) * squared + 17) * squared - 15) / 384,
        ((((79 * squared + 776) * squared + 1482) * squared - 1920) * squared - 945) / 92160,
    )
    return z * (1 + math.fsum(term / degrees**power for power, term in enumerate(terms, start=1)))
