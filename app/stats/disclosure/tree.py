"""Which units of a tree may be shown, so that no subtraction gets below k people (methods.md 5.2 and 5.3).

L(v), here `loose`, is the number of respondents below v who are in no published proper descendant of v. Every
published node has L = 0 or L >= k; the L-sets are the blocks, the one partition of the respondents that everything
shown is a function of. Only counts decide, never answers.
"""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from app.stats.checked import whole_number
from app.stats.disclosure.floor import FLOOR

Node = TypeVar("Node", bound=int | str)


def publishable(parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int], k: int) -> set[Node]:
    """The nodes whose results may be shown.

    `parent_of` maps every node to its parent (None for a root; several roots are several trees), `direct_counts` a node
    to the number of scored answers of those who belong directly to it (0 where it is missing), `k` is the threshold.
    The answer depends on nothing but these, not on any order. Raises ValueError for k below 5, a parent or a counted
    node that is not in the tree, a cycle, or a count that is none. Source: algorithm of methods.md 5.3.
    """
    return set(_cut(parent_of, direct_counts, k).loose)


def blocks(
    parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int], k: int
) -> dict[Node, frozenset[Node]]:
    """For every published node the nodes whose direct answers form its block (its L-set); arguments as publishable.

    Each set holds those nodes whose nearest published node, upwards and beginning with themselves, is the key. Together
    their answers are none or at least k. Clamp each block, then the value of a published node is the sum of its own
    block and those of all published nodes below it. Nodes under no published node are in no set: nothing about them
    is shown, and they enter no sum. Raises ValueError as publishable. Source: methods.md 5.3.
    """
    published = publishable(parent_of, direct_counts, k)
    nearest: dict[Node, Node | None] = {}
    members: dict[Node, set[Node]] = {node: set() for node in published}
    for node in parents_first(parent_of):
        parent = parent_of[node]
        home = node if node in published else None if parent is None else nearest[parent]
        nearest[node] = home
        if home is not None:
            members[home].add(node)
    return {node: frozenset(inside) for node, inside in members.items()}


def parents_first(parent_of: Mapping[Node, Node | None]) -> list[Node]:
    """All nodes, every parent before its children. Raises ValueError for unknown parents and cycles."""
    children: dict[Node, list[Node]] = {node: [] for node in parent_of}
    order: list[Node] = []
    for node, parent in parent_of.items():
        if parent is None:
            order.append(node)
        elif parent in children:
            children[parent].append(node)
        else:
            raise ValueError(f"The parent {parent!r} of {node!r} is not a node of the tree.")
    for node in order:  # grows while it is walked
        order.extend(children[node])
    if len(order) < len(children):
        raise ValueError("Some nodes are their own ancestors, so this is no tree.")
    return order


def holds_alone(loose: int, k: int) -> bool:
    """Whether this many respondents may be told apart from everybody else: nobody, or enough of them."""
    return loose == 0 or loose >= k


class _Cut(Generic[Node]):
    """The published nodes while the tree is walked upwards: `loose` is their L, `below` the published forest."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.loose: dict[Node, int] = {}
        self.below: dict[Node, set[Node]] = {}  # the maximal published proper descendants

    def publish(self, node: Node, loose: int, below: set[Node]) -> None:
        self.below[node] = below
        if not holds_alone(loose, self.k):
            loose += self._open_shortest_way(node)
        self.loose[node] = loose

    def _open_shortest_way(self, node: Node) -> int:
        """Unpublish the way down to the nearest block, so that it joins the loose ones; says how many it holds."""
        level, above = list(self.below[node]), dict.fromkeys(self.below[node], node)
        while not any(self.loose[found] >= self.k for found in level):
            above.update((deeper, covered) for covered in level for deeper in self.below[covered])
            level = [deeper for covered in level for deeper in self.below[covered]]
        last = min((found for found in level if self.loose[found] >= self.k), key=self._least)
        joining = self.loose[last]
        while last != node:
            self._unpublish(last, above[last])
            last = above[last]
        return joining

    def _unpublish(self, node: Node, above: Node) -> None:
        """Take one node out of the forest; what was below it is now below the one above it."""
        del self.loose[node]
        inherited, kept = self.below.pop(node), self.below[above]
        kept.discard(node)
        # The smaller set moves: ten thousand units under one chain of managers stay ten thousand moves.
        self.below[above], smaller = (kept, inherited) if len(kept) >= len(inherited) else (inherited, kept)
        self.below[above] |= smaller

    def _least(self, node: Node) -> tuple[int, bool, int, str]:
        """Smallest L, then smallest id; numbers before texts."""
        return (self.loose[node], False, node, "") if isinstance(node, int) else (self.loose[node], True, 0, node)


def _cut(parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int], k: int) -> _Cut[Node]:
    threshold = whole_number(k, "The threshold")
    if threshold < FLOOR:
        raise ValueError(f"The threshold is at least {FLOOR}, not {threshold}.")
    size = _checked_answers(parent_of, direct_counts)
    loose = dict(size)
    published_below: dict[Node, set[Node]] = {node: set() for node in parent_of}
    cut: _Cut[Node] = _Cut(threshold)
    for node in reversed(parents_first(parent_of)):
        parent, is_published = parent_of[node], size[node] >= threshold
        if is_published:
            cut.publish(node, loose[node], published_below[node])
        if parent is None:
            continue
        size[parent] += size[node]
        # A node below k has nothing published below it, so its loose ones are all of it.
        if is_published:
            published_below[parent].add(node)
        else:
            loose[parent] += loose[node]
    return cut


def _checked_answers(parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int]) -> dict[Node, int]:
    strangers: Iterable[Node] = (node for node in direct_counts if node not in parent_of)
    for node in strangers:
        raise ValueError(f"There are answers for {node!r}, which is not a node of the tree.")
    return {node: whole_number(direct_counts.get(node, 0), f"The answers in {node!r}") for node in parent_of}
