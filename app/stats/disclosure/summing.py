"""What is kept of every published node: sums of clamped blocks, of which bands are told for groups of 20 answers only.

Below 20 answers no more of a node is shown than n and its score, and the score of a block can be had by subtraction:
a node less all published ones below it. Its bands must not be, so a node that holds one small block beside large ones
may not show, not even through the width of its interval, how many in that block were passive. Therefore, from the
leaves upwards, bands of small blocks wait until 20 answers and more wait together; then they are told as one sum, and
each block is told once. What waits at a node enters its sum as answers of the same n and P - D spread as widely as can
be, so scores are right everywhere and intervals never too narrow. The groups are disjoint, so sums and differences of
what is told are about whole groups; which blocks form a group depends on nothing but counts.
Source: methods.md 5.3, "over time", and the argument of 5.2 with 20 in the place of k.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.stats.checked import Counts, counts_or_empty
from app.stats.disclosure.clamping import clamped_bands
from app.stats.disclosure.display import EXACT_FROM, coarse, widest
from app.stats.disclosure.shifts import block_shifts
from app.stats.disclosure.tree import parents_first

Node = TypeVar("Node", bound=int | str)
NOTHING = Counts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class NodeSum:
    """The counts to keep of one node; `clamped_blocks` as `scores.team_interval` takes it, 0 below 20 answers."""

    counts: Counts
    clamped_blocks: int


@dataclass(slots=True)
class _Below:
    """All clamped blocks from a node down."""

    told: Counts = NOTHING  # groups of 20 and more
    waiting: Counts = NOTHING  # less than 20 together
    moved: int = 0  # answers that the clamp may have moved

    def add(self, other: "_Below") -> None:
        self.told = _plus(self.told, other.told)
        self.waiting = _plus(self.waiting, other.waiting)
        self.moved += other.moved

    def tell(self) -> None:
        if sum(self.waiting) >= EXACT_FROM:
            self.told, self.waiting = _plus(self.told, self.waiting), NOTHING


def sums_of_blocks(parent_of: Mapping[Node, Node | None], clamped: Mapping[Node, Counts]) -> dict[Node, NodeSum]:
    """What may be kept of each published node.

    `parent_of` as in `publishable`; `clamped` maps every published node to the clamped counts of its block, (0, 0, 0)
    where nobody is in it. From 20 answers a sum has the n and P - D of all blocks below; below 20 it is `coarse`.
    Raises ValueError as parents_first, for a node that is not in the tree, anything that is no counts, and a node with
    blocks of less than 5 answers in all.
    """
    if strangers := clamped.keys() - parent_of.keys():
        raise ValueError(f"There is a block of {strangers.pop()!r}, which is not a node of the tree.")
    below = {node: _Below() for node in parent_of}
    sums = {}
    for node in reversed(parents_first(parent_of)):
        here, parent = below[node], parent_of[node]
        if node in clamped:
            here.add(_of_block(counts_or_empty(clamped[node])))
            here.tell()
            sums[node] = _sum_of(here)
        if parent is not None:
            below[parent].add(here)
    return sums


def _of_block(counts: Counts) -> _Below:
    n = sum(counts)
    if n >= EXACT_FROM:
        return _Below(told=counts, moved=2 * clamped_bands(counts))
    # Whether it was clamped says something about its bands; whether it may have been follows from n and P - D.
    down, up = block_shifts(n).get(counts.promoters - counts.detractors, (0, 0))
    return _Below(waiting=counts, moved=max(-down, up))


def _sum_of(here: _Below) -> NodeSum:
    counts = _plus(here.told, widest(sum(here.waiting), here.waiting.promoters - here.waiting.detractors))
    if sum(counts) < EXACT_FROM:
        return NodeSum(coarse(counts), 0)
    return NodeSum(counts, -(-here.moved // 2))


def _plus(one: Counts, other: Counts) -> Counts:
    return Counts(*(here + there for here, there in zip(one, other, strict=True)))
