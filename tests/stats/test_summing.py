"""Sums up the tree: scores are right everywhere, and bands are told of groups of 20 answers only."""

import os
from random import Random

import pytest

from app.stats import disclosure, scores
from app.stats.disclosure import summing
from tests.stats.attacker import Attacker, Release
from tests.stats.organisations import random_organisation, told_groups

K = 5
SEEDS = range(300 if os.environ.get("REZONANS_LONG") else 40)


def balance(counts):
    return counts[2] - counts[0]


def blocks_of(organisation):
    """By published node its block: who is in it, what they answered, and what is left of that by the clamp."""
    parts = disclosure.blocks(organisation.parent_of, organisation.sizes, K)
    answered = {
        node: tuple(sum(organisation.direct[one][band] for one in members) for band in range(3))
        for node, members in parts.items()
    }
    return answered, {node: disclosure.clamp(counts) for node, counts in answered.items()}


def plain_sum(organisation, parts, node):
    inside = organisation.below(node)
    return tuple(sum(counts[band] for other, counts in parts.items() if other in inside) for band in range(3))


def test_a_small_block_beside_a_large_one_does_not_show_its_bands():
    """27 = 20 + 7: the score of the seven follows by subtraction, how many of them are passive from nothing."""
    parent_of = {"both": None, "large": "both", "small": "both"}
    large = (5, 5, 10)
    seen = [
        disclosure.sums_of_blocks(parent_of, {"both": (0, 0, 0), "large": large, "small": small})
        for small in ((1, 5, 1), (2, 3, 2), (3, 1, 3))
    ]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]["both"].counts == (8, 6, 13)
    assert seen[0]["large"].counts == large
    assert seen[0]["small"].counts == (3, 1, 3)


def test_many_small_blocks_tell_together_what_none_tells_alone():
    parent_of = {"whole": None, "a": "whole", "b": "whole", "c": "whole"}
    blocks = {"whole": (0, 0, 0), "a": (1, 5, 1), "b": (2, 3, 2), "c": (1, 4, 2)}
    sums = disclosure.sums_of_blocks(parent_of, blocks)
    assert sums["whole"].counts == (4, 12, 5)
    assert sums["a"].counts == (3, 1, 3)


def test_what_was_told_once_is_not_told_again_with_others():
    """Three of seven are told in the region; the seven beside it wait, and wait at the company."""
    parent_of = {"company": None, "region": "company", "a": "region", "b": "region", "c": "region", "d": "company"}
    seven, other = (1, 4, 2), (2, 2, 3)
    blocks = dict.fromkeys("abc", seven) | {"company": (0, 0, 0), "region": (0, 0, 0)}
    one, two = (disclosure.sums_of_blocks(parent_of, blocks | {"d": counts})["company"] for counts in (seven, other))
    assert one == two
    assert one.counts == (3 + 3, 12, 6 + 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_score_is_that_of_all_clamped_answers(seed):
    organisation = random_organisation(Random(seed))
    _, parts = blocks_of(organisation)
    for node, kept in disclosure.sums_of_blocks(organisation.parent_of, parts).items():
        plain = plain_sum(organisation, parts, node)
        assert sum(kept.counts) == sum(plain)
        if sum(plain) >= 20:
            assert balance(kept.counts) == balance(plain)
            assert kept.counts[1] <= plain[1], "an interval may be too wide, never too narrow"
        else:
            assert kept.counts == disclosure.coarse(plain)


@pytest.mark.parametrize("seed", SEEDS)
def test_certain_bounds_hold_what_was_answered(seed):
    organisation = random_organisation(Random(seed))
    answered, parts = blocks_of(organisation)
    for node, kept in disclosure.sums_of_blocks(organisation.parent_of, parts).items():
        low, high = disclosure.shown_certain_bounds(kept.counts, sum(kept.counts), kept.clamped_blocks)
        assert low <= scores.net_score(plain_sum(organisation, answered, node)) <= high


def influenced(organisation, parts):
    """By published node the small blocks whose bands show in its sum: found by changing one after the other."""

    def kept(changed):
        return disclosure.sums_of_blocks(organisation.parent_of, parts | changed)

    small = [node for node, counts in parts.items() if 5 <= sum(counts) < 20]
    shown = {node: set() for node in parts}
    for node in small:
        n = sum(parts[node])
        # The same n and P - D; only in the second a band holds n - 2.
        one, other = kept({node: (2, n - 4, 2)}), kept({node: (1, n - 2, 1)})
        for seen in (seen for seen in parts if one[seen] != other[seen]):
            shown[seen].add(node)
    return shown, {node: sum(parts[node]) for node in small}


def worked_out(seed):
    """Groups below 20 whose number of passives follows by adding and subtracting."""
    organisation = random_organisation(Random(seed))
    _, parts = blocks_of(organisation)
    shown, sizes = influenced(organisation, parts)
    releases = [Release(frozenset(nodes)) for nodes in shown.values()]
    return list(Attacker(sizes, releases).determined_unions(summing.EXACT_FROM, most=4))


@pytest.mark.parametrize("seed", SEEDS)
def test_bands_follow_for_no_group_below_twenty(seed):
    assert worked_out(seed) == []


def test_plain_sums_tell_them(monkeypatch):
    """The mutant: everything is told at once. Most organisations fall."""
    monkeypatch.setattr(summing, "EXACT_FROM", 0)
    monkeypatch.setattr(summing, "coarse", lambda counts: counts)
    found = 0
    for seed in range(20):
        organisation = random_organisation(Random(seed))
        shown, sizes = influenced(organisation, blocks_of(organisation)[1])
        releases = [Release(frozenset(nodes)) for nodes in shown.values()]
        found += any(Attacker(sizes, releases).determined_unions(20, most=4))
    assert found > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_the_attacker_is_told_of_the_same_groups(seed):
    """What the attackers of other tests are given agrees with what changes the sums."""
    organisation = random_organisation(Random(seed))
    _, parts = blocks_of(organisation)
    members = disclosure.blocks(organisation.parent_of, organisation.sizes, K)
    groups = told_groups(organisation, K)
    shown, _ = influenced(organisation, parts)
    for node, told in shown.items():
        assert set().union(*(members[one] for one in told)) <= groups[node]


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ({"stranger": (2, 2, 2)}, "not a node"),
        ({"unit": (2, 2)}, "three numbers"),
        ({"unit": (2, -1, 5)}, "between 0"),
        ({"unit": (1, 1, 1)}, "at least 5"),
        ({"unit": (0, 0, 0)}, "answers"),
    ],
)
def test_nonsense_is_refused(blocks, reason):
    with pytest.raises(ValueError, match=reason):
        disclosure.sums_of_blocks({"unit": None}, blocks)
