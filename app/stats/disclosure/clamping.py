"""The clamp: answers are moved before anything is summed, so that no block proves what anybody answered.

Sums of clamped blocks are clamped too, and clamping twice is clamping once. Source: methods.md 5.4.
"""

from collections.abc import Sequence

from app.stats.checked import Counts, counts_or_empty, finite_number, whole_number
from app.stats.scores.net import bands_of, checked_histogram


def clamp(counts: Sequence[int]) -> Counts:
    """The counts of one block with at most n - 2 answers in any band; n stays the same.

    A surplus of detractors or promoters becomes passive; a surplus of passives goes to the emptier outer band, one to
    each if there are two. Blocks below 5 are never published, but the function is total: 3 answers always become
    (1, 1, 1), 1 or 2 always passive, so that the result tells nothing, and no answers stay no answers.
    Raises ValueError for anything that is no counts. Source: methods.md 5.4.
    """
    detractors, passives, promoters = counts_or_empty(counts)
    n = detractors + passives + promoters
    if n < 3:
        return Counts(0, n, 0)
    most = n - 2
    kept_low, kept_high = min(detractors, most), min(promoters, most)
    middle = n - kept_low - kept_high
    surplus = max(middle - most, 0)
    # One goes to the emptier side; a second one finds the other side the emptier.
    to_low = surplus // 2 + (surplus % 2 if kept_low < kept_high else 0)
    return Counts(kept_low + to_low, middle - surplus, kept_high + surplus - to_low)


def clamp_histogram(eleven: Sequence[int]) -> tuple[int, ...]:
    """The same clamp on the histogram of answers 0 to 10: the bands of the result are clamp(bands of `eleven`).

    A surplus answer moves to the nearest bin of the neighbouring band (a 9 or 10 becomes an 8, a 6 or less a 7, a 7
    becomes a 6, an 8 a 9), and the answers nearest to it move first. Everything that is shown of a block derives from
    this one histogram: a second clamp elsewhere would contradict it and prove unanimity.
    Raises ValueError for another length or anything but whole numbers of 0 or more. Source: methods.md 5.4.
    """
    bins = list(checked_histogram(eleven))
    before = bands_of(bins)
    after = clamp(before)
    _move(bins, before.detractors - after.detractors, sources=range(6, -1, -1), target=7)
    _move(bins, before.promoters - after.promoters, sources=range(9, 11), target=8)
    _move(bins, after.detractors - before.detractors, sources=(7, 8), target=6)
    _move(bins, after.promoters - before.promoters, sources=(8, 7), target=9)
    return tuple(bins)


def clamped_bands(counts: Sequence[int]) -> bool:
    """Whether a band of this one block holds n - 2 (or more): what was answered may be up to two answers from it.

    Count the blocks for which it is true and hand the number to `scores.team_interval` as `clamped_blocks`.
    Raises ValueError for anything that is no counts. Source: methods.md 1.3, step 4.
    """
    answers = counts_or_empty(counts)
    n = sum(answers)
    return n > 0 and max(answers) >= n - 2


def clamp_mean(mean: float, n: int, *, low: float, high: float, step: float = 1.0) -> float:
    """A mean of n answers on a scale from `low` to `high`, kept so far inside that it proves nobody's answer.

    For groups of which nothing but a mean is known (with a histogram, take the mean of clamp_histogram). A mean at the
    end of the scale proves that everybody answered the end; a mean two steps short of it proves so to the one person
    who answered two below. So the distance from either end is at least what one answer at the far end and two answers
    one step inside would make, (high - low + 2 step) / n: whoever knows his own answer, wherever on the scale, still
    finds room for two others who did not answer the end. In a group too small for that the middle of the scale is
    returned. It guards the ends of the scale, not bands of it.
    Raises ValueError for numbers that are not finite, a mean outside the scale, n = 0, or a scale without length.
    Source: the argument of methods.md 5.4, carried over to means.
    """
    size = whole_number(n, "The number of answers")
    value, bottom, top = (finite_number(number, "A mean or an end of its scale") for number in (mean, low, high))
    stride = finite_number(step, "The step of a scale")
    if size == 0 or stride <= 0 or not bottom < top or not bottom <= value <= top:
        raise ValueError(f"A mean of {value} from {size} answers does not fit a scale from {bottom} to {top}.")
    distance = min((top - bottom + 2 * stride) / size, (top - bottom) / 2)
    return min(max(value, bottom + distance), top - distance)


def _move(bins: list[int], surplus: int, *, sources: Sequence[int], target: int) -> None:
    """Move `surplus` answers (none if negative) into the target bin, from the first sources first."""
    for source in sources:
        moved = max(min(surplus, bins[source]), 0)
        bins[source] -= moved
        bins[target] += moved
        surplus -= moved
