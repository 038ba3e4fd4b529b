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
    """Publish as the product does: blocks, clamp, sums; the exact counts from 20 answers, below that the score.

    Rounding to 5 hides nothing about P - D below 20 answers, so the attacker is given it exactly.
    """
    blocks = disclosure.blocks(organisation.parent_of, organisation.sizes, k)
    clamped = {
        node: disclosure.clamp(_sum(organisation.direct[one] for one in members)) for node, members in blocks.items()
    }
    releases = []
    for node in blocks:
        below = organisation.below(node)
        counts = _sum(clamped[other] for other in blocks if other in below)
        if disclosure.shares_allowed(sum(counts)):
            releases.append(Release(below, counts=counts))
        else:
            releases.append(Release(below, balance=(counts[2] - counts[0],) * 2))
    return releases


def _sum(histograms):
    return tuple(map(sum, zip((0, 0, 0), *histograms, strict=True)))
