"""How large a unit's dot is: its area stands for the answers behind it, so that five look less sure than a hundred."""

import math
from collections.abc import Sequence

from app.core.texts import _

SMALLEST, LARGEST = 8, 26  # points across


def across(n: int, *, most: int) -> float:
    """Of the unit with the most answers the largest; below the smallest nothing could be seen, or hit with a finger."""
    return round(max(LARGEST * math.sqrt(n / most), SMALLEST), 1)


def examples(counts: Sequence[int]) -> list[int]:
    """Round numbers near the fewest, the middle and the most: at most three, each once."""
    low, high = min(counts), max(counts)
    return list(dict.fromkeys(_round_number(n) for n in (low, math.sqrt(low * high), high)))


def legend() -> str:
    return _("The larger a dot, the more answers stand behind it: its area is the n of the side with fewer.")


def _round_number(n: float) -> int:
    """1, 2 or 5 times a power of ten: the nearest, as ratios go."""
    power = int(10 ** math.floor(math.log10(n)))
    return min((power, 2 * power, 5 * power, 10 * power), key=lambda each: abs(math.log(each / n)))
