"""methods.md 5.3: which units of a tree may be shown."""

import os
import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats import disclosure
from tests.stats.organisations import random_organisation

COMPANY = {
    "company": None,
    "dep1": "company",
    "a": "dep1",
    "b": "dep1",
    "c": "dep1",
    "dep2": "company",
    "d": "dep2",
    "e": "dep2",
}
ANSWERS = {"company": 1, "dep1": 1, "a": 8, "b": 4, "c": 6, "dep2": 1, "d": 9, "e": 3}


def residuals(parent_of, direct, k):
    blocks = disclosure.blocks(parent_of, direct, k)
    return {node: sum(direct.get(member, 0) for member in members) for node, members in blocks.items()}


def published_by_definition(parent_of, direct, k, moved=None):
    """The algorithm of methods.md 5.3 word by word: everything is worked out again at every step."""
    published = set()

    def below(node):
        return [child for child, parent in parent_of.items() if parent == node]

    def size(node):
        return direct.get(node, 0) + sum(map(size, below(node)))

    def loose(node):
        return direct.get(node, 0) + sum(loose(child) for child in below(node) if child not in published)

    def maximal(node):
        return [n for child in below(node) for n in ([child] if child in published else maximal(child))]

    def ways(node):
        for found in maximal(node):
            yield from [[found]] if loose(found) >= k else ([found, *way] for way in ways(found))

    def visit(node):
        for child in below(node):
            visit(child)
        if size(node) < k or (size(node) < 10 and 1 <= (moved or {}).get(node, 0) <= k - 1):
            return
        if 0 < loose(node) < k:
            published.difference_update(min(ways(node), key=lambda way: (len(way), loose(way[-1]), way[-1])))
        published.add(node)

    for root in below(None):
        visit(root)
    return published


def test_two_departments_of_which_one_is_small():
    parent_of = {"company": None, "Sales": "company", "Technology": "company"}
    assert disclosure.publishable(parent_of, {"Sales": 4, "Technology": 9}, 5) == {"company"}


def test_three_departments_of_which_one_is_small():
    parent_of = {"company": None, "Sales": "company", "Technology": "company", "Ops": "company"}
    direct = {"Sales": 4, "Technology": 9, "Ops": 6}
    assert disclosure.publishable(parent_of, direct, 5) == {"company", "Technology"}
    assert residuals(parent_of, direct, 5) == {"company": 10, "Technology": 9}


def test_heads_who_answer_alone_cost_a_department():
    assert disclosure.publishable(COMPANY, ANSWERS, 5) == {"company", "dep2", "a", "c"}
    assert residuals(COMPANY, ANSWERS, 5) == {"company": 6, "dep2": 13, "a": 8, "c": 6}
    blocks = disclosure.blocks(COMPANY, ANSWERS, 5)
    assert blocks["company"] == {"company", "dep1", "b"}
    assert blocks["dep2"] == {"dep2", "d", "e"}


def test_a_covered_unit_is_opened_on_the_way_to_a_block():
    parent_of = {"company": None, "division": "company", "a": "division", "b": "division"}
    direct = {"company": 1, "a": 5, "b": 7}
    assert disclosure.publishable(parent_of, direct, 5) == {"company", "b"}


def test_ties_go_to_the_smallest_name_and_numbers_come_before_texts():
    parent_of = {"r": None, "b": "r", "a": "r", 10: "r", 9: "r"}
    direct = dict.fromkeys(("a", "b", 9, 10), 6) | {"r": 1}
    assert disclosure.publishable(parent_of, direct, 5) == {"r", "a", "b", 10}


def test_nobody_answered_and_nobody_is_there():
    assert disclosure.publishable(COMPANY, {}, 5) == set()
    assert disclosure.publishable({}, {}, 5) == set()
    assert disclosure.blocks(COMPANY, {}, 5) == {}


def test_several_trees_stand_apart():
    parent_of = {1: None, 2: None, 3: 2, 4: 2}
    assert disclosure.publishable(parent_of, {1: 5, 3: 4, 4: 8}, 5) == {1, 2}


@pytest.mark.parametrize("k", [4, 0, -1, 5.5, None, True])
def test_no_threshold_is_below_five(k):
    with pytest.raises(ValueError, match="threshold"):
        disclosure.publishable(COMPANY, ANSWERS, k)


@pytest.mark.parametrize(
    ("parent_of", "direct", "reason"),
    [
        ({"a": "b", "b": "a"}, {}, "ancestors"),
        ({"a": "a"}, {}, "ancestors"),
        ({"root": None, "a": "b", "b": "a"}, {}, "ancestors"),
        ({"a": "nowhere"}, {}, "not a node"),
        ({"a": None}, {"b": 5}, "not a node"),
        ({"a": None}, {"a": -5}, "between 0"),
        ({"a": None}, {"a": 5.5}, "whole number"),
    ],
)
def test_what_is_no_tree_is_refused(parent_of, direct, reason):
    for function in (disclosure.publishable, disclosure.blocks):
        with pytest.raises(ValueError, match=reason):
            function(parent_of, direct, 5)


@given(st.randoms(use_true_random=False), st.integers(5, 9))
def test_it_is_the_algorithm_of_the_specification_in_any_order(random, k):
    organisation = random_organisation(random)
    expected = published_by_definition(organisation.parent_of, organisation.sizes, k)
    shuffled = list(organisation.parent_of.items())
    random.shuffle(shuffled)
    assert disclosure.publishable(dict(shuffled), organisation.sizes, k) == expected


@pytest.mark.parametrize(("size", "moved", "is_shown"), [
    (9, 0, True), (9, 1, False), (9, 4, False), (9, 5, True), (5, 3, False), (10, 1, True), (4, 0, False),
])  # fmt: skip
def test_a_small_unit_waits_where_a_few_joined_or_left(size, moved, is_shown):
    parent_of = {"company": None, "team": "company", "others": "company"}
    direct = {"team": size, "others": 30}
    assert ("team" in disclosure.publishable(parent_of, direct, 5, {"team": moved, "company": moved})) == is_shown


def test_a_small_unit_that_waits_above_a_larger_block_gives_that_block_way():
    """X waits, Y below it is shown, and P's own three need somebody to hide among: Y gives way."""
    parent_of = {"P": None, "X": "P", "Y": "X"}
    assert disclosure.publishable(parent_of, {"P": 3, "X": 1, "Y": 7}, 7, {"X": 1, "P": 1}) == {"P"}


def test_it_is_the_specification_where_many_small_units_wait():
    """Narrow trees of small units, in which those that wait stand above blocks that are shown."""
    for seed in range(20_000 if os.environ.get("REZONANS_LONG") else 2000):
        random, k = Random(seed), 5 + seed % 3
        parent_of: dict[int, int | None] = {0: None}
        for node in range(1, random.randint(2, 8)):
            parent_of[node] = random.randrange(max(node - 2, 0), node)
        direct = {node: random.choice((0, 1, 2, 3, 7, 8, 9)) for node in parent_of}
        moved = {node: random.choice((0, 0, 1, k - 1, k)) for node in parent_of}
        shown = disclosure.publishable(parent_of, direct, k, moved)
        assert shown == published_by_definition(parent_of, direct, k, moved), seed
        parts = disclosure.blocks(parent_of, direct, k, moved)
        assert all(n == 0 or n >= k for n in (sum(direct[one] for one in inside) for inside in parts.values())), seed


@given(st.randoms(use_true_random=False), st.integers(5, 9))
def test_units_that_wait_leave_no_small_remainder(random, k):
    organisation = random_organisation(random)
    moved = {node: random.choice((0, 0, 1, k - 1, k)) for node in organisation.parent_of}
    shown = disclosure.publishable(organisation.parent_of, organisation.sizes, k, moved)
    assert shown == published_by_definition(organisation.parent_of, organisation.sizes, k, moved)
    parts = disclosure.blocks(organisation.parent_of, organisation.sizes, k, moved)
    assert all(n == 0 or n >= k for n in (sum(organisation.sizes[one] for one in inside) for inside in parts.values()))
    small = {node for node in organisation.parent_of if k <= organisation.size(node) < 10}
    assert disclosure.has_small(organisation.parent_of, organisation.sizes, k) == bool(small)


@given(st.randoms(use_true_random=False))
def test_deep_and_narrow_trees_follow_it_too(random):
    parent_of = {0: None} | {node: random.randrange(max(0, node - 3), node) for node in range(1, 25)}
    direct = {node: random.choice((0, 0, 0, 1, 2, 5, 6)) for node in parent_of}
    assert disclosure.publishable(parent_of, direct, 5) == published_by_definition(parent_of, direct, 5)


def test_no_block_is_below_the_threshold_and_enough_stays_visible():
    random, k, large, shown = Random(20260101), 5, 0, 0
    for _ in range(2903 if os.environ.get("REZONANS_LONG") else 500):
        organisation = random_organisation(random)
        found = residuals(organisation.parent_of, organisation.sizes, k)
        assert all(loose == 0 or loose >= k for loose in found.values())
        enough = [node for node in organisation.parent_of if organisation.size(node) >= k]
        assert set(found) <= set(enough)
        assert (0 in found) == (0 in enough), "the whole company is shown whenever it is large enough"
        large, shown = large + len(enough), shown + len(found)
    assert 0.6 < shown / large < 0.95


@pytest.mark.parametrize(
    "parent", [lambda node, random: random.randrange(node), lambda node, _: node - 1, lambda node, _: 0]
)
def test_ten_thousand_units_are_cut_within_a_second(parent):
    """In one heap, in one chain, under one head; three times as much fails, so that a slow machine does not."""
    random = Random(1)
    parent_of = {0: None} | {node: parent(node, random) for node in range(1, 10_000)}
    direct = {node: random.choice((0, 0, 1, 1, 2, 5, 8)) for node in parent_of}
    started = time.process_time()
    found = disclosure.blocks(parent_of, direct, 5)
    assert time.process_time() - started < 3
    assert all(sum(direct[member] for member in members) not in range(1, 5) for members in found.values())
