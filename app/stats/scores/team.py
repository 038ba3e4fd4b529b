"""What a team of known size thinks now, when most of it answered (methods.md 1.3)."""

import math
from collections.abc import Sequence

from app.stats.checked import Counts, checked_counts, whole_number
from app.stats.scores.net import adjusted_wald


def certain_bounds(counts: Sequence[int], headcount: int, clamped_blocks: int = 0) -> tuple[float, float]:
    """(low, high) in points: the team's score whatever those who did not answer think. No assumption.

    `headcount` is the number of people asked. `clamped_blocks` is the number of blocks among the counts in which a
    band holds n - 2 (`disclosure.clamped_bands`): there the clamp may have hidden two answers, so the bounds widen by
    200 / headcount for each. Raises ValueError as net_score, and for a headcount below the number of answers.
    Source: methods.md 1.3, steps 1 and 4.
    """
    answers, people, blocks = _checked(counts, headcount, clamped_blocks)
    low, high = _certain_sums(answers, people, blocks)
    return 100 * low / people, 100 * high / people


def team_interval(
    counts: Sequence[int], headcount: int, clamped_blocks: int = 0, *, level: float = 0.95
) -> tuple[float, float]:
    """(low, high) in points for the team as it is now: `headcount` people, of whom sum(counts) answered.

    Adjusted Wald at the effective size n (N - 1) / (N - n), cut to the certain bounds, widened outwards to multiples
    of 100 / N. When everybody answered it is the score itself. It assumes that those who did not answer are like those
    who did; show `certain_bounds` beside it when fewer than 70 % answered.
    `clamped_blocks` as in certain_bounds. Beyond the letter of step 4 the estimate is widened by it too (200 / n each):
    cut to wider bounds alone, it would exclude the truth of a unanimous team in which one person did not answer.
    Raises ValueError as certain_bounds, and for a level outside (0, 1). Source: methods.md 1.3.
    """
    answers, people, blocks = _checked(counts, headcount, clamped_blocks)
    lowest, highest = _certain_sums(answers, people, blocks)
    low, high = finite_estimate(answers, people, level)
    hidden = 2 * blocks / sum(answers)
    if sum(answers) < people:
        lowest = max(lowest, math.floor((low - hidden) * people))
        highest = min(highest, math.ceil((high + hidden) * people))
    return 100 * lowest / people, 100 * highest / people


def finite_estimate(counts: Counts, headcount: int, level: float) -> tuple[float, float]:
    """Adjusted Wald at the effective size, as proportions; the point itself when everybody answered (step 2)."""
    n = sum(counts)
    if n == headcount:
        score = (counts.promoters - counts.detractors) / n
        return score, score
    scale = (headcount - 1) / (headcount - n)
    return adjusted_wald([count * scale for count in counts], level)


def _checked(counts: Sequence[int], headcount: int, clamped_blocks: int) -> tuple[Counts, int, int]:
    answers = checked_counts(counts)
    people = whole_number(headcount, "The headcount")
    if people < sum(answers):
        raise ValueError(f"{sum(answers)} answers cannot come from a team of {people}.")
    return answers, people, whole_number(clamped_blocks, "The number of clamped blocks")


def _certain_sums(counts: Counts, headcount: int, clamped_blocks: int) -> tuple[int, int]:
    """Smallest and largest P - D that the whole team may have."""
    seen = counts.promoters - counts.detractors
    unknown = headcount - sum(counts) + 2 * clamped_blocks
    return max(seen - unknown, -headcount), min(seen + unknown, headcount)
