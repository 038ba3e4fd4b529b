"""Random organisations with answers, and what the product would publish of them."""

from dataclasses import dataclass
from random import Random

from app.stats import disclosure
from tests.stats.attacker import Release


@dataclass
class Organisation:
    parent_of: dict
    direct: dict  # node -> (detractors, passives, promoters) of those who belong directly to it

    @property
    def sizes(self):
        return {node: sum(counts) for node, counts in self.direct.items()}

    def below(self, node):
        """The node and everything under it."""
        found = {node}
        for other in disclosure.tree.parents_first(self.parent_of):
            if self.parent_of[other] in found:
                found.add(other)
        return frozenset(found)

    def size(self, node):
        return sum(self.sizes[inside] for inside in self.below(node))


def random_tree(random: Random) -> dict:
    """One to three levels below the company, numbered from 0."""
    parent_of, level = {0: None}, [0]
    for _ in range(random.randint(1, 3)):
        deeper = []
        for parent in level:
            for _ in range(random.choice((0, 2, 3, 4)) if parent else random.randint(2, 4)):
                deeper.append(len(parent_of))
                parent_of[len(parent_of)] = parent
        level = deeper
    return parent_of


def random_organisation(random: Random) -> Organisation:
    """Nasty on purpose: heads answer alone, teams are about as large as the threshold, opinions are strong."""
    parent_of = random_tree(random)
    leaves = set(parent_of) - set(parent_of.values())
    direct = {}
    for node in parent_of:
        people = random.randint(2, 14) if node in leaves else random.choice((0, 1, 1, 2))
        mood = random.choice(((1, 1, 1), (1, 1, 8), (8, 1, 1), (1, 8, 1)))
        answers = random.choices(range(3), weights=mood, k=people)
        direct[node] = tuple(answers.count(band) for band in range(3))
    return Organisation(parent_of, direct)


def releases_of(organisation: Organisation, k: int) -> list[Release]:
    """Publish as the product does: blocks, clamp, sums; what those can tell, below 20 answers the score alone.

    Rounding to 5 hides nothing about P - D below 20 answers, so the attacker is given it exactly.
    """
    blocks = disclosure.blocks(organisation.parent_of, organisation.sizes, k)
    clamped = {
        node: disclosure.clamp(_sum(organisation.direct[one] for one in members)) for node, members in blocks.items()
    }
    kept = disclosure.sums_of_blocks(organisation.parent_of, clamped)
    exact = {node: _sum(clamped[other] for other in blocks if other in organisation.below(node)) for node in blocks}
    releases = []
    for node in blocks:
        detractors, passives, promoters = exact[node] if sum(exact[node]) < 20 else kept[node].counts
        releases += told_by(organisation, k, node, passives=passives, balance=promoters - detractors)
    return releases


def told_by(organisation: Organisation, k: int, node, *, passives: int, balance: int) -> list[Release]:
    """What somebody who knows the algorithm learns from the kept sum of one node.

    P - D of all in it; and of those in groups of 20 how many are passive, but for the one that may stand in the sum for
    whoever is in no group.
    """
    below, grouped = organisation.below(node), told_groups(organisation, k)[node]
    told = [Release(below, balance=(balance, balance))]
    if grouped:
        others = sum(organisation.sizes[one] for one in below - grouped)
        told.append(Release(frozenset(grouped), passives=(passives - min(others, 1), passives)))
    return told


def told_groups(organisation: Organisation, k: int) -> dict:
    """By published node, everybody below it whose bands are told, in one group of 20 answers and more or another."""
    blocks = disclosure.blocks(organisation.parent_of, organisation.sizes, k)
    told: dict = {node: set() for node in organisation.parent_of}
    for node in reversed(disclosure.tree.parents_first(organisation.parent_of)):
        for child in (child for child, parent in organisation.parent_of.items() if parent == node):
            told[node] |= told[child]
        if node in blocks:
            large = {one for one in blocks[node] if sum(organisation.sizes[each] for each in blocks[node]) >= 20}
            told[node] |= large
            inside = set().union(*(blocks[other] for other in blocks if other in organisation.below(node)))
            waiting = inside - told[node]
            if sum(organisation.sizes[one] for one in waiting) >= 20:
                told[node] |= waiting
    return told


def _sum(histograms):
    return tuple(map(sum, zip((0, 0, 0), *histograms, strict=True)))
