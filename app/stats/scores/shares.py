"""Shares of satisfied customers: top box, its interval, a difference of two (methods.md 1.6)."""

import math
from collections.abc import Sequence

from app.stats.checked import critical_value, whole_number


def top_box(histogram: Sequence[int], boxes: int = 2) -> tuple[int, int]:
    """(x, n): how many of n answers lie in the highest `boxes` answers of the scale; x / n is the share.

    `histogram` counts the answers from the lowest of the scale to the highest: five bins for CSAT (boxes 2, answers 4
    and 5), seven for CES (boxes 3, answers 5 to 7). Raises ValueError for no answers, or boxes that do not leave a part
    of the scale on both sides. Source: methods.md 1.6.
    """
    bins = [whole_number(value, "A bin of the histogram") for value in histogram]
    top = whole_number(boxes, "The number of boxes")
    if not 0 < top < len(bins):
        raise ValueError(f"The top {top} of a scale of {len(bins)} answers is no part of it.")
    if sum(bins) == 0:
        raise ValueError("There are no answers, so there is no share.")
    return sum(bins[-top:]), sum(bins)


def wilson(x: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """(low, high) for the share x / n, as proportions from 0 to 1.

    Raises ValueError for n = 0, x above n, anything but whole numbers, or a level outside (0, 1).
    Source: Wilson 1927 in Newcombe 1998; methods.md 1.6.
    """
    part, total = _checked_share(x, n)
    z = critical_value(level)
    centre = (part + z * z / 2) / (total + z * z)
    margin = z / (total + z * z) * math.sqrt(part * (total - part) / total + z * z / 4)
    # At the ends the limit is the end itself; the formula only nearly says so.
    return 0.0 if part == 0 else max(centre - margin, 0.0), 1.0 if part == total else min(centre + margin, 1.0)


def newcombe_difference(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> tuple[float, float]:
    """(low, high) for share of `first` minus share of `second`, each (x, n); proportions from -1 to 1.

    The hybrid score interval from the two Wilson intervals. Raises ValueError as wilson.
    Source: Newcombe 1998, method 10; methods.md 1.6.
    """
    (low1, high1), (low2, high2) = wilson(*first, level), wilson(*second, level)
    share1, share2 = first[0] / first[1], second[0] / second[1]
    difference = share1 - share2
    below = math.hypot(share1 - low1, high2 - share2)
    above = math.hypot(high1 - share1, share2 - low2)
    return max(difference - below, -1.0), min(difference + above, 1.0)


def _checked_share(x: object, n: object) -> tuple[int, int]:
    part, total = whole_number(x, "The number of successes"), whole_number(n, "The number of answers")
    if total == 0:
        raise ValueError("There are no answers, so there is no share.")
    if part > total:
        raise ValueError(f"{part} of {total} answers is more than all of them.")
    return part, total
