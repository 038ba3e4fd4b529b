"""Which units of a tree may be shown, so that no subtraction gets below k people (methods.md 5.2 and 5.3).

L(v), here `loose`, is the number of respondents below v who are in no published proper descendant of v. Every
published node has L = 0 or L >= k; the L-sets are the blocks, the one partition of the respondents that everything
shown is a function of. Only counts decide, never answers.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from app.stats.checked import whole_number
from app.stats.disclosure.floor import FLOOR

Node = TypeVar("Node", bound=int | str)
STEADY_FROM = 10  # below this many answers one who joined or left moves the score too much
NOBODY: Mapping[Any, int] = MappingProxyType({})


def publishable(
    parent_of: Mapping[Node, Node | None],
    direct_counts: Mapping[Node, int],
    k: int,
    moved: Mapping[Node, int] = NOBODY,
) -> set[Node]:
    """The nodes whose results may be shown.

    `parent_of` maps every node to its parent (None for a root; several roots are several trees), `direct_counts` a node
    to the number of scored answers of those who belong directly to it (0 where it is missing), `k` is the threshold.
    `moved` maps a node to the number of people who joined or left it (all below it together) since the results before:
    where that is from 1 to k - 1, a node of fewer than 10 answers is not shown this time, for the change of its score
    would tell of them. The answer depends on nothing but these, not on any order. Raises ValueError for k below 5, a
    parent or a counted node that is not in the tree, a cycle, or a count that is none.
    Source: algorithm of methods.md 5.3, and "over time" there.
    """
    return set(_cut(parent_of, direct_counts, k, moved))


def has_small(parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int], k: int) -> bool:
    """Whether any node is so small that `moved` decides. Raises ValueError as publishable."""
    sizes = _checked_answers(parent_of, direct_counts)
    for node in reversed(parents_first(parent_of)):
        if k <= sizes[node] < STEADY_FROM:
            return True
        if (parent := parent_of[node]) is not None:
            sizes[parent] += sizes[node]
    return False


def blocks(
    parent_of: Mapping[Node, Node | None],
    direct_counts: Mapping[Node, int],
    k: int,
    moved: Mapping[Node, int] = NOBODY,
) -> dict[Node, frozenset[Node]]:
    """For every published node the nodes whose direct answers form its block (its L-set); arguments as publishable.

    Each set holds those nodes whose nearest published node, upwards and beginning with themselves, is the key. Together
    their answers are none or at least k. Clamp each block, then the value of a published node is the sum of its own
    block and those of all published nodes below it. Nodes under no published node are in no set: nothing about them
    is shown, and they enter no sum. Raises ValueError as publishable. Source: methods.md 5.3.
    """
    published = publishable(parent_of, direct_counts, k, moved)
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


def _cut(
    parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int], k: int, moved: Mapping[Node, int]
) -> dict[Node, int]:
    """The published nodes with their L."""
    threshold = whole_number(k, "The threshold")
    if threshold < FLOOR:
        raise ValueError(f"The threshold is at least {FLOOR}, not {threshold}.")
    size = _checked_answers(parent_of, direct_counts)
    loose, published = dict(size), dict[Node, int]()
    # Whoever is large and steady enough is published when his turn comes, and unpublished by nobody before his parent's
    # turn: so the maximal published nodes below a node are its published children, and ways down are ways in the tree.
    below: dict[Node, list[Node]] = {node: [] for node in parent_of}
    for node in reversed(parents_first(parent_of)):
        parent = parent_of[node]
        is_published = size[node] >= threshold and _is_steady(size[node], moved.get(node, 0), threshold)
        if is_published and not holds_alone(loose[node], threshold):
            way = _shortest_way(node, below, published, threshold)
            loose[node] += sum(published.pop(opened) for opened in way)
        if is_published:
            published[node] = loose[node]
        if parent is None:
            continue
        size[parent] += size[node]
        if is_published:
            below[parent].append(node)
        else:  # a small one that waits may stand above larger blocks
            below[parent] += below[node]
            loose[parent] += loose[node]
    return published


def _is_steady(size: int, moved: int, k: int) -> bool:
    return size >= STEADY_FROM or not 0 < moved < k


def _shortest_way(node: Node, below: Mapping[Node, list[Node]], loose: Mapping[Node, int], k: int) -> list[Node]:
    """Published nodes from `node` (not among them) down, all covered but the last, which is a block of k or more."""
    level = [[found] for found in below[node]]
    while level and not any(loose[way[-1]] >= k for way in level):
        level = [[*way, found] for way in level for found in below[way[-1]]]
    return min((way for way in level if loose[way[-1]] >= k), key=lambda way: (loose[way[-1]], *_order(way[-1])))


def _order(node: int | str) -> tuple[bool, int, str]:
    """Smallest id first, numbers before texts."""
    return (False, node, "") if isinstance(node, int) else (True, 0, node)


def _checked_answers(parent_of: Mapping[Node, Node | None], direct_counts: Mapping[Node, int]) -> dict[Node, int]:
    if strangers := direct_counts.keys() - parent_of.keys():
        raise ValueError(f"There are answers for {strangers.pop()!r}, which is not a node of the tree.")
    return {node: whole_number(direct_counts.get(node, 0), f"The answers in {node!r}") for node in parent_of}
