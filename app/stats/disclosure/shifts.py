"""How far the clamp may have moved a small node's score: what its bounds must allow for without saying whether it did.

Whether a block was clamped is a fact about its counts and may not show below 20 answers. So all answers are enumerated
that could stand behind a shown P - D, in every way n answers fall into blocks. Source: methods.md 1.3 step 4 and 5.4.
"""

from functools import cache

from app.stats.disclosure.clamping import clamp
from app.stats.disclosure.floor import FLOOR

Shifts = dict[int, tuple[int, int]]


@cache
def clamp_shifts(n: int) -> Shifts:
    """For n answers, by shown P - D: the least and the greatest (true P - D) - (shown P - D).

    Meant for n from 5 to 19: the work grows with n cubed. Sums that no clamped blocks show are missing.
    """
    possible = dict(block_shifts(n))
    for first in range(FLOOR, n - FLOOR + 1):
        for one, (one_down, one_up) in block_shifts(first).items():
            for rest, (rest_down, rest_up) in clamp_shifts(n - first).items():
                _widen(possible, one + rest, one_down + rest_down, one_up + rest_up)
    return possible


@cache
def block_shifts(n: int) -> Shifts:
    """The same for answers that are one block, not several."""
    possible: Shifts = {}
    for detractors in range(n + 1):
        for promoters in range(n - detractors + 1):
            shown = clamp((detractors, n - detractors - promoters, promoters))
            balance = shown.promoters - shown.detractors
            shift = promoters - detractors - balance
            _widen(possible, balance, shift, shift)
    return possible


def _widen(possible: Shifts, balance: int, down: int, up: int) -> None:
    known_down, known_up = possible.get(balance, (down, up))
    possible[balance] = min(known_down, down), max(known_up, up)
