"""What is shown of a node of employees' answers: below 20 answers nothing but n and the score rounded to 5.

An exact interval beside a rounded score gives the counts back, so below 20 answers everything here (interval, verdict,
p, bounds) is computed from n and that rounded score alone, as if the answers were spread as widely as the score allows,
and rounded outwards to 5. All functions take the counts as published, which are clamped. What is below 5 answers is
never shown: ValueError. Source: methods.md 5.3, "over time", and 1.3 step 4.

What this hides, and what not: below 20 answers two different values of P - D are more than 5 points apart, so whoever
knows n can work P - D out again. What stays hidden is how many answered in which band.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from app.stats.checked import Counts, checked_counts, whole_number
from app.stats.disclosure.floor import FLOOR
from app.stats.disclosure.shifts import clamp_shifts
from app.stats.scores.change import Change, change, verdict_on
from app.stats.scores.net import interval, net_score
from app.stats.scores.team import certain_bounds, finite_estimate, team_interval

EXACT_FROM = 20
SHARES_FROM = EXACT_FROM  # methods.md 5.2 allows 10, but three shares give away more than the rounded score does
HISTOGRAM_FROM = 30
COMMENTS_FROM = 10
STEP = 5
LEVEL = 0.95


def shares_allowed(n: int) -> bool:
    """Whether the shares of the three bands may be shown of n answers (from 20). ValueError if n is no count."""
    return whole_number(n, "The number of answers") >= SHARES_FROM


def histogram_allowed(n: int) -> bool:
    """Whether the counts of answers 0 to 10 may be shown of n answers (from 30). ValueError if n is no count."""
    return whole_number(n, "The number of answers") >= HISTOGRAM_FROM


def comments_allowed(n: int) -> bool:
    """Whether comments may be shown of a block of n answers (from 10). ValueError if n is no count."""
    return whole_number(n, "The number of answers") >= COMMENTS_FROM


def coarse(counts: Sequence[int]) -> Counts:
    """From 20 answers the counts themselves; below, counts that stand for all of the same n and rounded score.

    They are the ones of largest variance: P - D as near to the rounded score as whole answers come, and as few passives
    (none or one) as its parity allows. Never show them as shares: they are a way to compute.
    Raises ValueError for less than 5 answers or anything that is no counts.
    """
    answers = _published(counts)
    n = sum(answers)
    if n >= EXACT_FROM:
        return answers
    return widest(n, balance=round(Fraction(_rounded_score(answers) * n, 100)))


def widest(n: int, balance: int) -> Counts:
    """The n answers with this P - D (from -n to n) of which the fewest are passive, none or one: none vary more."""
    passives = (n - balance) % 2
    promoters = (n - passives + balance) // 2
    return Counts(n - passives - promoters, passives, promoters)


def shown_score(counts: Sequence[int]) -> float:
    """The net score in points; below 20 answers rounded to 5 (a half to the even multiple). ValueError as coarse."""
    answers = _published(counts)
    return net_score(answers) if sum(answers) >= EXACT_FROM else float(_rounded_score(answers))


def shown_interval(counts: Sequence[int]) -> tuple[float, float]:
    """`scores.interval` at 95 % in points, for the climate; below 20 answers from `coarse`, outwards to multiples of 5.

    Raises ValueError as coarse.
    """
    limits = interval(coarse(counts), LEVEL)
    return limits if sum(counts) >= EXACT_FROM else _outwards(*limits)


def shown_certain_bounds(counts: Sequence[int], headcount: int, clamped_blocks: int = 0) -> tuple[float, float]:
    """`scores.certain_bounds` in points; below 20 answers outwards to multiples of 5, and for every clamp that may be.

    Below 20 answers `clamped_blocks` is not looked at, because whether a band holds n - 2 tells something about the
    counts. Instead the bounds hold for all answers, in any blocks of 5 or more, that look like this once clamped.
    Raises ValueError as coarse and certain_bounds.
    """
    plain = certain_bounds(coarse(counts), headcount, clamped_blocks)
    if sum(counts) >= EXACT_FROM:
        return plain
    fair, (down, up) = coarse(counts), _possible_shifts(counts)
    seen, unknown = fair.promoters - fair.detractors, headcount - sum(fair)
    lowest, highest = max(seen - unknown + down, -headcount), min(seen + unknown + up, headcount)
    # In whole numbers: a limit that is a multiple of 5 already must not slip to the next one.
    per_step = 100 // STEP
    return float(STEP * (per_step * lowest // headcount)), float(-STEP * (-per_step * highest // headcount))


def shown_team_interval(counts: Sequence[int], headcount: int, clamped_blocks: int = 0) -> tuple[float, float]:
    """`scores.team_interval` at 95 % in points; below 20 answers from `coarse`, cut to shown_certain_bounds.

    `clamped_blocks` as there. Raises ValueError as coarse and team_interval.
    """
    if sum(_published(counts)) >= EXACT_FROM:
        return team_interval(counts, headcount, clamped_blocks, level=LEVEL)
    lowest, highest = shown_certain_bounds(counts, headcount, clamped_blocks)
    fair, n = coarse(counts), sum(counts)
    if n == headcount:
        return lowest, highest
    low, high = finite_estimate(fair, headcount, LEVEL)
    down, up = _possible_shifts(counts)
    low, high = _outwards(max(100 * (low + down / n), -100.0), min(100 * (high + up / n), 100.0))
    return max(lowest, low), min(highest, high)


def shown_change(before: Sequence[int], after: Sequence[int]) -> Change:
    """`scores.change`, with both sides `coarse`; the difference is that of the shown scores.

    If a side has less than 20 answers the limits are rounded outwards to multiples of 5 and the verdict is taken on
    those. Raises ValueError as coarse.
    """
    exact = change(coarse(before), coarse(after))
    if min(sum(before), sum(after)) >= EXACT_FROM:
        return exact
    difference = shown_score(after) - shown_score(before)
    low, high = _outwards(exact.low, exact.high)
    return Change(difference, low, high, exact.p_exact, verdict_on(difference, (low, high), exact.p_exact))


def _published(counts: Sequence[int]) -> Counts:
    answers = checked_counts(counts)
    if sum(answers) < FLOOR:
        raise ValueError(f"Nothing is shown of {sum(answers)} answers: at least {FLOOR} are needed.")
    return answers


def _rounded_score(answers: Counts) -> int:
    return STEP * round(Fraction(100 * (answers.promoters - answers.detractors), STEP * sum(answers)))


def _possible_shifts(counts: Sequence[int]) -> tuple[int, int]:
    fair = coarse(counts)
    return clamp_shifts(sum(fair)).get(fair.promoters - fair.detractors, (0, 0))


def _outwards(low: float, high: float) -> tuple[float, float]:
    return float(STEP * math.floor(low / STEP)), float(STEP * math.ceil(high / STEP))
