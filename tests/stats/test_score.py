"""methods.md 1.1 and 1.2: the score of one group and its interval."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats import scores
from tests.stats import oracles

counts_of_people = st.tuples(*[st.integers(0, 500)] * 3).filter(lambda counts: sum(counts) > 0)


@pytest.mark.parametrize(
    ("counts", "score", "variance", "error"),
    [
        ((1, 2, 3), 33.3333, 5 / 9, 30.4290),
        ((1, 1, 1), 0, 2 / 3, 47.1405),
        ((0, 1, 1), 50, 1 / 4, 35.3553),
        ((3, 8, 19), 53.3333, 0.448889, 12.23232),
    ],
)
def test_score_variance_and_error_match_the_nps_package(counts, score, variance, error):
    assert scores.net_score(counts) == pytest.approx(score, abs=5e-5)
    assert scores.variance(counts) == pytest.approx(variance, abs=5e-7)
    assert scores.standard_error(counts) == pytest.approx(error, abs=5e-5)


def test_bands_end_where_they_should():
    assert [scores.counts_from_histogram([int(score == s) for s in range(11)]) for score in (0, 6, 7, 8, 9, 10)] == [
        (1, 0, 0),
        (1, 0, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 1),
        (0, 0, 1),
    ]


def test_a_histogram_is_counted_by_name():
    counts = scores.counts_from_histogram(np.arange(11))
    assert (counts.detractors, counts.passives, counts.promoters) == (21, 15, 19)


@pytest.mark.parametrize("eleven", [[0] * 11, [1] * 10, [1] * 12, [1] * 10 + [-1], [1] * 10 + [0.5], []])
def test_a_histogram_that_is_none_is_refused(eleven):
    with pytest.raises(ValueError, match=r"\.$"):
        scores.counts_from_histogram(eleven)


@pytest.mark.parametrize(
    "counts",
    [
        (0, 0, 0),
        (1, 2),
        (1, 2, 3, 4),
        (-1, 2, 3),
        (1.5, 2, 3),
        (math.nan, 2, 3),
        (math.inf, 2, 3),
        (True, 2, 3),
        (np.True_, 2, 3),
        ("1", 2, 3),
        (None, 2, 3),
        (10**400, 0, 0),
        (),
    ],
)
def test_what_is_no_counts_is_refused_with_a_sentence(counts):
    for function in (scores.net_score, scores.variance, scores.standard_error, scores.interval):
        with pytest.raises(ValueError, match=r"\.$"):
            function(counts)
    with pytest.raises(ValueError, match=r"\.$"):
        scores.change((1, 2, 3), counts)
    with pytest.raises(ValueError, match=r"\.$"):
        scores.team_interval(counts, 34)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan, True, "0.95", None])
def test_what_is_no_level_is_refused(level):
    with pytest.raises(ValueError, match="level"):
        scores.interval((1, 2, 3), level)


@pytest.mark.parametrize("counts", [(3.0, 8.0, 19.0), np.array([3, 8, 19]), [3, 8, 19], np.float32([3, 8, 19])])
def test_whole_numbers_of_any_kind_are_counts(counts):
    assert scores.net_score(counts) == pytest.approx(160 / 3)


@pytest.mark.parametrize(
    ("counts", "wald", "adjusted", "score"),
    [
        ((3, 8, 19), (29.3584, 77.3082), (24.9197, 72.0500), (24.7289, 72.6673)),
        ((1, 3, 6), (8.4229, 91.5771), (-0.2033, 77.1264), (-2.0027, 79.3180)),
        ((10, 30, 60), (36.8522, 63.1478), (35.4666, 61.6208), (35.5692, 61.8762)),
        ((1, 1, 3), (-30.1218, 110.1218), (-29.7827, 79.7827), (-34.9282, 82.6421)),
        ((0, 0, 5), (100, 100), (17.4915, 100), (13.1035, 100)),
        ((0, 5, 0), (0, 0), (-30.0057, 30.0057), (-43.4483, 43.4483)),
        ((7, 13, 1), (-51.97, -5.17), (-48.0984, -1.9016), (-51.72, -2.60)),
        ((16, 139, 6), (-11.84, -0.58), (-11.8154, -0.3798), (-12.40, -0.54)),
    ],
)
def test_the_interval_matches_the_packages(counts, wald, adjusted, score):
    assert scores.interval(counts) == pytest.approx(adjusted, abs=1e-4)
    # The oracles themselves, so that what is compared with them below means something.
    assert oracles.wald(counts) == pytest.approx(wald, abs=6e-3)
    assert oracles.score_interval(counts) == pytest.approx(score, abs=6e-3)


def test_other_levels_move_the_limits_by_their_quantiles():
    # By hand for (1, 3, 6): D' 1.75, n' 13, s' 5/13, v' = 8.5/13 - 25/169 = 85.5/169, error sqrt(85.5)/13/sqrt(13).
    error = 100 * math.sqrt(85.5) / 13 / math.sqrt(13)
    for level, z in ((0.5, 0.6744897501960817), (0.9, 1.6448536269514722), (0.99, 2.5758293035489004)):
        expected = (500 / 13 - z * error, 500 / 13 + z * error)
        assert scores.interval((1, 3, 6), level) == pytest.approx(expected, abs=1e-9)


def test_the_interval_stays_on_the_scale():
    assert scores.interval((0, 0, 1), 0.99) == pytest.approx((25 - 96.593, 100), abs=1e-3)
    assert scores.interval((0, 0, 5), 0.999999)[1] == 100
    low, high = scores.interval((2**52, 0, 2**52))
    assert -1e-5 < low < 0 < high < 1e-5
    assert scores.interval((0, 0, 2**53)) == pytest.approx((100, 100))


def test_the_interval_contains_the_score_for_every_outcome_up_to_120_answers():
    for n in range(2, 121):
        for counts in oracles.all_counts(n):
            if counts[0] > counts[2]:
                continue  # the mirror image, see below
            low, high = scores.interval(counts)
            assert low <= scores.net_score(counts) <= high, counts
    assert scores.interval((0, 0, 1))[1] < 100, "at one answer it does not, and the documentation says so"


def test_the_interval_holds_its_level_at_ten_answers_in_171_populations():
    grid = [share / 20 for share in range(1, 19)]
    populations = [(d, 1 - d - p, p) for d in grid for p in grid if d + p < 0.975]
    assert len(populations) == 171
    limits = {counts: scores.interval(counts) for counts in oracles.all_counts(10)}
    covered = [
        sum(
            oracles.multinomial(counts, shares)
            for counts, (low, high) in limits.items()
            if low - 1e-9 <= 100 * (shares[2] - shares[0]) <= high + 1e-9
        )
        for shares in populations
    ]
    assert min(covered) >= 0.93
    assert sum(covered) / 171 == pytest.approx(0.955, abs=5e-4)


@given(counts_of_people)
def test_exchanging_the_outer_bands_mirrors_everything(counts):
    mirrored = counts[::-1]
    low, high = scores.interval(counts)
    assert scores.net_score(mirrored) == -scores.net_score(counts)
    assert scores.interval(mirrored) == pytest.approx((-high, -low), abs=1e-9)


@given(counts_of_people)
def test_more_certainty_is_a_wider_interval_and_more_answers_a_narrower(counts):
    assert scores.interval(counts, 0.99)[0] <= scores.interval(counts)[0]
    assert scores.interval(counts, 0.99)[1] >= scores.interval(counts)[1]
    tenfold = scores.interval([10 * count for count in counts], 0.95)
    assert tenfold[1] - tenfold[0] <= scores.interval(counts)[1] - scores.interval(counts)[0] + 1e-9


@given(counts_of_people)
def test_it_is_never_far_from_the_score_interval(counts):
    adjusted, score = scores.interval(counts), oracles.score_interval(counts)
    slack = 250 / (sum(counts) + 3)
    assert adjusted == pytest.approx(score, abs=slack)
