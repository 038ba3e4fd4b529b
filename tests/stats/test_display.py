"""methods.md 5.3: below 20 answers everything shown follows from n and the rounded score."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats import disclosure, scores
from app.stats.disclosure.shifts import clamp_shifts
from tests.stats import oracles

SMALL = range(5, 20)
large = st.tuples(*[st.integers(0, 60)] * 3).filter(lambda counts: sum(counts) >= 20)


def everything_shown(counts):
    """All that leaves the house about one node, beside another node and in teams of several sizes."""
    n, other = sum(counts), ((2, 2, 4), (10, 5, 9))
    return (
        disclosure.shown_score(counts),
        disclosure.shown_interval(counts),
        disclosure.coarse(counts),
        [disclosure.shown_change(counts, side) for side in other],
        [disclosure.shown_change(side, counts) for side in other],
        [
            shown(counts, n + silent, clamped)
            for shown in (disclosure.shown_team_interval, disclosure.shown_certain_bounds)
            for silent in (0, 1, 5)
            # Whether a band holds n - 2 is a fact about the counts, handed in by who publishes: it may not show either.
            for clamped in (0, int(disclosure.clamped_bands(counts)))
        ],
    )


@pytest.mark.parametrize("n", SMALL)
def test_equal_size_and_equal_rounded_score_show_the_same(n):
    looks = {}
    for counts in oracles.all_counts(n):
        by_hand = 5 * round(20 * (counts[2] - counts[0]) / n)
        assert disclosure.shown_score(counts) == by_hand
        assert looks.setdefault(by_hand, everything_shown(counts)) == everything_shown(counts)


@pytest.mark.parametrize("n", SMALL)
def test_the_number_of_clamped_blocks_does_not_show(n):
    for counts in oracles.all_counts(n):
        for shown in (disclosure.shown_team_interval, disclosure.shown_certain_bounds):
            assert shown(counts, n + 2, 0) == shown(counts, n + 2, 1)


@pytest.mark.parametrize("n", SMALL)
def test_what_is_shown_is_coarse_and_wide_enough(n):
    for counts in oracles.all_counts(n):
        score, exact = disclosure.shown_score(counts), scores.interval(counts)
        low, high = disclosure.shown_interval(counts)
        assert score % 5 == low % 5 == high % 5 == 0
        assert low <= score <= high
        assert low <= exact[0] <= exact[1] <= high
        for silent in range(4):
            low, high = disclosure.shown_team_interval(counts, n + silent)
            exact = scores.team_interval(counts, n + silent)
            lowest, highest = disclosure.shown_certain_bounds(counts, n + silent)
            assert low % 5 == high % 5 == lowest % 5 == highest % 5 == 0
            assert -100 <= lowest <= low <= score <= high <= highest <= 100
            # The shown one is not drawn to multiples of 1 / N, so it may end before, but not before the estimate.
            assert low - 100 / (n + silent) <= exact[0] <= exact[1] <= high + 100 / (n + silent)


def test_representatives_have_the_score_and_the_widest_spread():
    assert disclosure.coarse((1, 2, 4)) == (2, 0, 5)
    assert disclosure.coarse((0, 3, 4)) == (1, 1, 5)
    assert disclosure.coarse((0, 7, 0)) == (3, 1, 3)
    for n in SMALL:
        for counts in oracles.all_counts(n):
            fair = disclosure.coarse(counts)
            assert sum(fair) == n
            assert min(fair) >= 0
            assert scores.net_score(fair) == scores.net_score(counts), "rounding to 5 can be undone, and is no secret"
            assert scores.variance(fair) >= scores.variance(counts)


@given(large, large)
def test_from_twenty_answers_everything_is_exact(counts, other):
    headcount = sum(counts) + 7
    assert disclosure.coarse(counts) == counts
    assert disclosure.shown_score(counts) == scores.net_score(counts)
    assert disclosure.shown_interval(counts) == scores.interval(counts)
    assert disclosure.shown_team_interval(counts, headcount, 1) == scores.team_interval(counts, headcount, 1)
    assert disclosure.shown_certain_bounds(counts, headcount, 1) == scores.certain_bounds(counts, headcount, 1)
    assert disclosure.shown_change(counts, other) == scores.change(counts, other)


def small_nodes():
    """True counts of nodes of one or two blocks, with what is published of them."""
    for n in (5, 6, 8, 9, 19):
        for truth in oracles.all_counts(n):
            yield truth, disclosure.clamp(truth)
    for one, two in itertools.product(oracles.all_counts(5), oracles.all_counts(6)):
        shown = map(sum, zip(disclosure.clamp(one), disclosure.clamp(two), strict=True))
        yield tuple(map(sum, zip(one, two, strict=True))), tuple(shown)


def test_certain_bounds_are_certain():
    for truth, shown in small_nodes():
        n, balance = sum(truth), truth[2] - truth[0]
        for silent in range(3):
            low, high = disclosure.shown_certain_bounds(shown, n + silent)
            assert low <= 100 * (balance - silent) / (n + silent)
            assert 100 * (balance + silent) / (n + silent) <= high


def test_when_everybody_answered_the_truth_behind_the_clamp_is_inside():
    for truth, shown in small_nodes():
        for headcount in (sum(truth), sum(truth) + 1):
            low, high = disclosure.shown_team_interval(shown, headcount)
            assert low <= scores.net_score(truth) <= high


def test_shifts_are_those_of_the_clamp():
    assert clamp_shifts(8)[6] == (0, 2)
    assert clamp_shifts(8)[5] == (0, 1)
    assert clamp_shifts(8)[3] == (0, 0)
    assert clamp_shifts(8)[0] == (-1, 1)
    assert 7 not in clamp_shifts(8)
    assert clamp_shifts(10)[6] == (0, 4), "two blocks of five, both unanimous"


def test_a_change_of_small_teams():
    found = disclosure.shown_change((4, 3, 1), (0, 2, 6))
    assert (found.difference, found.verdict) == (115, "up"), "+75 is shown, and -37.5 as -40"
    assert found.low % 5 == found.high % 5 == 0
    assert found.low > 0
    unclear = disclosure.shown_change((2, 3, 3), (1, 3, 4))
    assert unclear.verdict == "unclear"


def test_a_shown_verdict_never_contradicts_the_shown_limits():
    for before, after in itertools.product(oracles.all_counts(7), oracles.all_counts(8)):
        found = disclosure.shown_change(before, after)
        assert found.verdict == "unclear" or found.low > 0 or found.high < 0
        assert found.difference == disclosure.shown_score(after) - disclosure.shown_score(before)


@pytest.mark.parametrize("counts", [(1, 1, 2), (0, 0, 0), (0, 0, 1)])
def test_nothing_is_shown_below_five_answers(counts):
    for shown in (disclosure.coarse, disclosure.shown_score, disclosure.shown_interval):
        with pytest.raises(ValueError, match="answers"):
            shown(counts)
    for shown in (disclosure.shown_team_interval, disclosure.shown_certain_bounds):
        with pytest.raises(ValueError, match="answers"):
            shown(counts, 40)
    for pair in ((counts, (5, 5, 5)), ((5, 5, 5), counts)):
        with pytest.raises(ValueError, match="answers"):
            disclosure.shown_change(*pair)


def test_a_team_smaller_than_its_answers_is_refused():
    for shown in (disclosure.shown_team_interval, disclosure.shown_certain_bounds):
        with pytest.raises(ValueError, match="team of 7"):
            shown((2, 3, 3), 7)


def test_finer_pictures_need_more_answers():
    assert [disclosure.shares_allowed(n) for n in (0, 19, 20, 500)] == [False, False, True, True]
    assert [disclosure.histogram_allowed(n) for n in (29, 30)] == [False, True]
    assert [disclosure.comments_allowed(n) for n in (9, 10)] == [False, True]
    for wrong in (-1, 9.5, math.nan, None):
        with pytest.raises(ValueError, match=r"\.$"):
            disclosure.comments_allowed(wrong)
