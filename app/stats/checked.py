"""What every function of `stats` refuses: anything that is not a count, a level or a number, always as a ValueError."""

import math
from collections.abc import Iterable
from functools import lru_cache
from numbers import Integral, Real
from statistics import NormalDist
from typing import NamedTuple

LARGEST_COUNT = 2**53  # above this a float no longer tells n from n + 1


class Counts(NamedTuple):
    """Answers in the three bands. A plain tuple in the same order is as good everywhere."""

    detractors: int
    passives: int
    promoters: int


def whole_number(value: object, what: str) -> int:
    """`value` as an int of 0 or more; 3.0 and numpy's integers pass, True, "3", 2.5, NaN and -1 do not.

    Raises ValueError with a sentence that begins with `what`.
    """
    if not isinstance(value, bool) and isinstance(value, Integral):
        whole = int(value)
    elif (number := finite_number(value, what)).is_integer():
        whole = int(number)
    else:
        raise ValueError(f"{what} must be a whole number, not {value!r}.")
    if not 0 <= whole <= LARGEST_COUNT:
        raise ValueError(f"{what} must lie between 0 and 2**53, not {value!r}.")
    return whole


def finite_number(value: object, what: str) -> float:
    """`value` as a float; raises ValueError for bools, texts, NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ValueError(f"{what} must be a number, not {value!r}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{what} must be a finite number, not {value!r}.")
    return number


def counts_or_empty(counts: Iterable[object]) -> Counts:
    """Three whole numbers in the order of the bands, possibly all zero. Raises ValueError."""
    given = tuple(counts)
    if len(given) != 3:
        raise ValueError(f"Counts are three numbers (detractors, passives, promoters), not {len(given)}.")
    return Counts(*(whole_number(value, "A count") for value in given))


def checked_counts(counts: Iterable[object]) -> Counts:
    """The same, and at least one answer. Raises ValueError."""
    answers = counts_or_empty(counts)
    if sum(answers) == 0:
        raise ValueError("There are no answers, so there is no score.")
    return answers


@lru_cache(maxsize=64)
def critical_value(level: float) -> float:
    """z with `level` of a standard normal between -z and z: 1.959963984540054 for 0.95. Raises ValueError."""
    inside = checked_level(level)
    return -NormalDist().inv_cdf((1 - inside) / 2)


def checked_level(level: object) -> float:
    """`level` as a float strictly between 0 and 1, far enough from both to be one. Raises ValueError."""
    inside = finite_number(level, "A confidence level")
    if not 0 < inside < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, for instance 0.95, not at {level!r}.")
    return inside
