"""methods.md 1.3: what a team of known size thinks now."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats import disclosure, scores
from app.stats.scores.team import finite_estimate
from tests.stats import oracles


@st.composite
def teams(draw):
    counts = draw(st.tuples(*[st.integers(0, 60)] * 3).filter(lambda counts: sum(counts) > 0))
    return counts, sum(counts) + draw(st.integers(0, 60))


def test_thirty_of_thirty_four():
    assert scores.certain_bounds((3, 8, 19), 34) == pytest.approx((35.2941, 58.8235), abs=5e-5)
    estimate = finite_estimate(scores.Counts(3, 8, 19), 34, 0.95)
    assert [100 * limit for limit in estimate] == pytest.approx([44.3611, 61.0281], abs=5e-5)
    assert scores.team_interval((3, 8, 19), 34) == pytest.approx((1500 / 34, 2000 / 34), abs=1e-9)


@given(teams())
def test_limits_are_scores_that_the_team_can_have(team):
    counts, headcount = team
    low, high = scores.team_interval(counts, headcount)
    lowest, highest = scores.certain_bounds(counts, headcount)
    assert -100 <= lowest <= low <= high <= highest <= 100
    for limit in (low, high):
        assert limit * headcount / 100 == pytest.approx(round(limit * headcount / 100), abs=1e-6)


@given(teams())
def test_exchanging_the_outer_bands_mirrors_the_team(team):
    counts, headcount = team
    low, high = scores.team_interval(counts, headcount)
    assert scores.team_interval(counts[::-1], headcount) == pytest.approx((-high, -low), abs=1e-9)


@pytest.mark.parametrize("counts", [(3, 8, 19), (0, 0, 5), (0, 1, 0), (7, 0, 0)])
def test_when_everybody_answered_the_interval_is_the_score(counts):
    low, high = scores.team_interval(counts, sum(counts))
    assert low == high == scores.net_score(counts)


def test_an_answer_too_many_is_refused():
    with pytest.raises(ValueError, match="30 answers cannot come from a team of 29"):
        scores.team_interval((3, 8, 19), 29)


@pytest.mark.parametrize("headcount", [34.5, -34, math.nan, True, "34", None, 0])
def test_what_is_no_headcount_is_refused(headcount):
    with pytest.raises(ValueError, match=r"\.$"):
        scores.team_interval((3, 8, 19), headcount)


def test_other_levels_are_wider_or_narrower():
    width = [high - low for low, high in (scores.team_interval((30, 30, 40), 400, level=q) for q in (0.5, 0.95, 0.999))]
    assert width[0] < width[1] < width[2]


def coverage(headcount, answered):
    """How often the interval holds the truth, for every team of this size: exact, no random numbers."""
    limits = {sample: scores.team_interval(sample, headcount) for sample in oracles.all_counts(answered)}
    return {
        team: sum(
            oracles.hypergeometric(sample, team)
            for sample, (low, high) in limits.items()
            if all(part <= whole for part, whole in zip(sample, team, strict=True))
            and low - 1e-9 <= 100 * (team[2] - team[0]) / headcount <= high + 1e-9
        )
        for team in oracles.all_counts(headcount)
    }


@pytest.mark.parametrize(("headcount", "answered", "least"), [(12, 8, 0.939), (10, 8, 0.978), (8, 6, 0.964)])
def test_it_holds_its_level_in_every_team(headcount, answered, least):
    worst = min(coverage(headcount, answered).values())
    assert worst >= 0.93
    assert worst == pytest.approx(least, abs=1e-3)


def test_thirty_of_thirty_four_hold_their_level_but_for_one_silent_dissenter():
    """One detractor among 33 promoters is silent in 4 of 34 cases, and then nothing points to him."""
    covered = coverage(34, 30)
    assert covered.pop((1, 0, 33)) == pytest.approx(30 / 34)
    assert covered.pop((33, 0, 1)) == pytest.approx(30 / 34)
    assert min(covered.values()) == pytest.approx(0.967, abs=1e-3)


def test_the_shortcut_is_not_what_is_computed():
    """Adjusted Wald times sqrt((N - n) / (N - 1)) never covers a team in which everybody is a promoter."""
    low, high = scores.interval((0, 0, 50))
    half = (50 / 53 * 100 - low) * math.sqrt(10 / 59)
    assert 50 / 53 * 100 + half < 100, "the shortcut misses the truth"
    assert scores.team_interval((0, 0, 50), 60)[1] == 100
    low, high = scores.interval((3, 8, 19))
    shortcut = (high - low) * math.sqrt(4 / 33)
    final = scores.team_interval((3, 8, 19), 34)
    assert abs((final[1] - final[0]) - shortcut) > 1


def test_a_clamped_block_widens_the_bounds_by_two_answers():
    # methods.md 1.3 step 4: 8 promoters of 8 clamp to (0, 2, 6), shown +75, while the truth is +100.
    shown = disclosure.clamp((0, 0, 8))
    assert shown == (0, 2, 6)
    assert scores.certain_bounds(shown, 8, 1) == (50, 100)
    assert scores.team_interval(shown, 8, 1) == (50, 100)
    assert scores.certain_bounds((3, 8, 19), 34, 2) == pytest.approx((100 * 8 / 34, 100 * 24 / 34))


def test_certain_bounds_are_certain_after_the_clamp():
    for answered in range(5, 13):
        for truth in oracles.all_counts(answered):
            shown = disclosure.clamp(truth)
            for silent in range(3):
                headcount = answered + silent
                low, high = scores.certain_bounds(shown, headcount, int(disclosure.clamped_bands(shown)))
                for balance in (truth[2] - truth[0] - silent, truth[2] - truth[0] + silent):
                    assert low - 1e-9 <= 100 * balance / headcount <= high + 1e-9


def test_the_clamp_does_not_push_a_unanimous_team_out_of_its_interval():
    for headcount in range(6, 40):
        shown = disclosure.clamp((0, 0, headcount - 1))
        assert scores.team_interval(shown, headcount, 1)[1] == 100
