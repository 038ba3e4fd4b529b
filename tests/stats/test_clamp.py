"""methods.md 5.4: what was answered is bent so far that it proves nobody's answer."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats import disclosure, scores
from tests.stats import oracles


@pytest.mark.parametrize(
    ("counts", "clamped"),
    [
        ((5, 0, 0), (3, 2, 0)),
        ((4, 1, 0), (3, 2, 0)),
        ((4, 0, 1), (3, 1, 1)),
        ((0, 5, 0), (1, 3, 1)),
        ((0, 4, 1), (1, 3, 1)),
        ((1, 4, 0), (1, 3, 1)),
        ((3, 1, 1), (3, 1, 1)),
        ((0, 0, 8), (0, 2, 6)),
        ((0, 0, 30), (0, 2, 28)),
        ((0, 0, 0), (0, 0, 0)),
        ((3, 8, 19), (3, 8, 19)),
    ],
)
def test_vectors(counts, clamped):
    assert disclosure.clamp(counts) == clamped
    assert scores.net_score(disclosure.clamp((5, 0, 0))) == -60


def test_blocks_that_are_never_published_tell_nothing():
    assert {disclosure.clamp(counts) for counts in oracles.all_counts(3)} == {(1, 1, 1)}
    assert {disclosure.clamp(counts) for counts in oracles.all_counts(2)} == {(0, 2, 0)}
    assert {disclosure.clamp(counts) for counts in oracles.all_counts(1)} == {(0, 1, 0)}


def test_no_band_holds_more_than_all_but_two_and_nothing_else_moves():
    for n in range(3, 25):
        for counts in oracles.all_counts(n):
            clamped = disclosure.clamp(counts)
            assert sum(clamped) == n
            assert max(clamped) <= n - 2
            assert disclosure.clamp(clamped) == clamped
            assert disclosure.clamp(counts[::-1]) == clamped[::-1]
            assert clamped == counts or max(counts) > n - 2
            assert sum(abs(a - b) for a, b in zip(clamped, counts, strict=True)) <= 4


def test_nobody_can_prove_what_another_answered():
    """Every histogram of 5 to 14 answers, every own answer, every band."""
    for n in range(5, 15):
        looks_like = {}
        for counts in oracles.all_counts(n):
            looks_like.setdefault(disclosure.clamp(counts), []).append(counts)
        for possible, own, band in itertools.product(looks_like.values(), range(3), range(3)):
            thinkable = [counts for counts in possible if counts[own]]
            # He knows the others' answers are in this band when they are so in all that he can think of.
            assert not thinkable or any(counts[band] - (own == band) < n - 1 for counts in thinkable)


def test_a_unanimous_block_looks_like_one_that_is_not():
    assert disclosure.clamp((7, 0, 0)) == disclosure.clamp((5, 2, 0)) == disclosure.clamp((6, 1, 0))


histograms = st.lists(st.integers(0, 3), min_size=11, max_size=11) | st.builds(
    lambda score, n: [n * (score == bin_) for bin_ in range(11)], st.integers(0, 10), st.integers(0, 40)
)


@given(histograms)
def test_the_clamped_histogram_has_the_clamped_bands(eleven):
    clamped = disclosure.clamp_histogram(eleven)
    bands = (sum(clamped[:7]), sum(clamped[7:9]), sum(clamped[9:]))
    assert bands == disclosure.clamp((sum(eleven[:7]), sum(eleven[7:9]), sum(eleven[9:])))
    assert min(clamped) >= 0
    if sum(clamped) >= 3:
        assert disclosure.clamp_histogram(clamped) == clamped


@pytest.mark.parametrize(
    ("answers", "clamped"),
    [
        ([10] * 6, [8, 8, 10, 10, 10, 10]),
        ([9] + [10] * 5, [8, 8, 10, 10, 10, 10]),
        ([0] * 5 + [3], [0, 0, 0, 0, 7, 7]),
        ([7] * 6, [6, 7, 7, 7, 7, 9]),
        ([8] * 6, [6, 8, 8, 8, 8, 9]),
        ([7, 7, 7, 8, 8, 2], [2, 7, 7, 7, 8, 9]),
        ([7, 7, 7, 7, 7, 10], [6, 7, 7, 7, 7, 10]),
        ([6] * 5 + [10], [6, 6, 6, 6, 7, 10]),
        ([], []),
    ],
)
def test_a_surplus_answer_goes_to_the_nearest_bin_next_door(answers, clamped):
    expected = tuple(clamped.count(score) for score in range(11))
    assert disclosure.clamp_histogram([answers.count(score) for score in range(11)]) == expected


def test_a_block_knows_whether_the_clamp_may_have_moved_it():
    assert disclosure.clamped_bands((0, 2, 6))
    assert disclosure.clamped_bands((1, 3, 1))
    assert disclosure.clamped_bands((6, 0, 0)), "not clamped yet, but it will be"
    assert not disclosure.clamped_bands((1, 2, 5))
    assert not disclosure.clamped_bands((0, 0, 0))
    for n in range(5, 15):
        for counts in oracles.all_counts(n):
            assert disclosure.clamp(counts) == counts or disclosure.clamped_bands(disclosure.clamp(counts))


@pytest.mark.parametrize("counts", [(1, 2), (-1, 2, 3), (1.5, 2, 3), (math.nan, 2, 3), (True, 2, 3)])
def test_what_is_no_counts_is_refused(counts):
    for function in (disclosure.clamp, disclosure.clamped_bands, disclosure.clamp_histogram):
        with pytest.raises(ValueError, match=r"\.$"):
            function(counts)


def test_a_mean_stays_as_far_inside_as_two_steps_and_one_far_end():
    assert disclosure.clamp_mean(5, 10, low=1, high=5) == pytest.approx(4.4)
    assert disclosure.clamp_mean(1, 10, low=1, high=5) == pytest.approx(1.6)
    assert disclosure.clamp_mean(3.2, 10, low=1, high=5) == 3.2
    assert disclosure.clamp_mean(9.9, 3000, low=0, high=10) == 9.9
    assert disclosure.clamp_mean(10, 2, low=0, high=10) == 5
    assert disclosure.clamp_mean(1, 60, low=0, high=1, step=0.5) == pytest.approx(1 - 2 / 60)


def test_a_mean_proves_nobody_that_the_others_answered_the_end():
    """Every own answer on 1 to 5: among all sums that look like this one, another still may not have said 5."""
    for n in range(5, 9):
        for total in range(n, 5 * n + 1):
            shown = disclosure.clamp_mean(total / n, n, low=1, high=5)
            alike = [t for t in range(n, 5 * n + 1) if disclosure.clamp_mean(t / n, n, low=1, high=5) == shown]
            for own in range(1, 6):
                assert min(alike) - own <= 5 * (n - 1) - 2
                assert max(alike) - own >= n - 1 + 2


@pytest.mark.parametrize(
    ("mean", "n", "low", "high"), [(6, 5, 1, 5), (0, 5, 1, 5), (3, 0, 1, 5), (3, 5, 5, 1), (math.nan, 5, 1, 5)]
)
def test_a_mean_that_is_none_is_refused(mean, n, low, high):
    with pytest.raises(ValueError, match=r"\.$"):
        disclosure.clamp_mean(mean, n, low=low, high=high)
