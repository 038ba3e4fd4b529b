"""The net score of one group and the interval around it (methods.md 1.1 and 1.2)."""

import math
from collections.abc import Sequence

from app.stats.checked import Counts, checked_counts, critical_value, whole_number

DETRACTORS, PASSIVES, PROMOTERS = slice(0, 7), slice(7, 9), slice(9, 11)
# Rocks (2016): three invented answers, half of them passive, pull the estimate off the ends of the scale.
PSEUDO_COUNTS = (0.75, 1.5, 0.75)


def counts_from_histogram(eleven: Sequence[int]) -> Counts:
    """Bands of a histogram of answers 0 to 10: 0-6 detractors, 7-8 passives, 9-10 promoters.

    `eleven[s]` is the number of answers s. Raises ValueError for another length, for anything but whole numbers of 0
    or more, and when there is no answer at all. Source: Reichheld's bands, methods.md 1.1.
    """
    return checked_counts(bands_of(checked_histogram(eleven)))


def checked_histogram(eleven: Sequence[int]) -> tuple[int, ...]:
    """Eleven whole numbers, possibly all zero. Raises ValueError."""
    given = tuple(eleven)
    if len(given) != 11:
        raise ValueError(f"A histogram of answers 0 to 10 has 11 bins, not {len(given)}.")
    return tuple(whole_number(value, "A bin of the histogram") for value in given)


def bands_of(eleven: Sequence[int]) -> Counts:
    """The bands of a histogram that is already checked; all zero stays all zero."""
    return Counts(sum(eleven[DETRACTORS]), sum(eleven[PASSIVES]), sum(eleven[PROMOTERS]))


def net_score(counts: Sequence[int]) -> float:
    """100 (P - D) / n, in points from -100 to 100. Raises ValueError for no answers or anything that is no count.

    Never average the scores of groups: add their counts. Source: methods.md 1.1.
    """
    detractors, passives, promoters = checked_counts(counts)
    return 100 * (promoters - detractors) / (detractors + passives + promoters)


def variance(counts: Sequence[int]) -> float:
    """Variance of one answer coded -1, 0, +1, from 0 to 1, with divisor n (not n - 1). Raises ValueError as net_score.

    Source: methods.md 1.1.
    """
    return spread(checked_counts(counts))


def standard_error(counts: Sequence[int]) -> float:
    """Standard error of the net score in points, without any correction: 100 sqrt(variance / n). ValueError as above.

    For display of intervals use `interval`: this one is zero when everybody agrees. Source: methods.md 1.1.
    """
    answers = checked_counts(counts)
    return 100 * math.sqrt(spread(answers) / sum(answers))


def interval(counts: Sequence[int], level: float = 0.95) -> tuple[float, float]:
    """(low, high) in points: where the climate behind these answers may lie. Clipped to -100 and 100.

    Adjusted Wald with pseudo-counts 3/4, 1 1/2, 3/4. It is not centred on the net score, and contains it for every
    outcome of 2 to 120 answers at 95 %. Two overlapping intervals do not mean "no difference": use `change`.
    Raises ValueError as net_score, and for a level outside (0, 1). Source: Rocks, The American Statistician 2016;
    methods.md 1.2.
    """
    low, high = adjusted_wald(checked_counts(counts), level)
    return 100 * low, 100 * high


def interval_around_score(counts: Sequence[int]) -> tuple[float, float]:
    """`interval` at 95 % as it is shown beside its score: around a single answer it does not reach the score itself
    (methods.md 1.2), and a page would contradict itself. Raises ValueError as net_score.
    """
    score, (low, high) = net_score(counts), interval(counts)
    return min(low, score), max(high, score)


def adjusted_wald(counts: Sequence[float], level: float) -> tuple[float, float]:
    """The interval as proportions, for counts that may be real numbers (methods.md 1.3 scales them)."""
    centre, squared_error = adjusted_moments(counts)
    margin = critical_value(level) * math.sqrt(squared_error)
    return max(centre - margin, -1.0), min(centre + margin, 1.0)


def adjusted_moments(counts: Sequence[float]) -> tuple[float, float]:
    """Centre and squared standard error after the pseudo-counts, as proportions."""
    padded = [count + pseudo for count, pseudo in zip(counts, PSEUDO_COUNTS, strict=True)]
    total = sum(padded)
    return (padded[2] - padded[0]) / total, spread(padded) / total


def spread(counts: Sequence[float]) -> float:
    """(P + D) / n - ((P - D) / n)^2, written so that nothing cancels: ((P + D) Q + 4 P D) / n^2."""
    detractors, passives, promoters = counts
    total = detractors + passives + promoters
    return ((promoters + detractors) * passives + 4 * promoters * detractors) / total**2
