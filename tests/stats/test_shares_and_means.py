"""methods.md 1.6: CSAT and CES."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.stats import scores
from app.stats.scores.means import t_quantile

SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_match_newcombe(x, n, low, high):
    assert scores.wilson(x, n) == pytest.approx((low, high), abs=5.1e-5)
    assert scores.wilson(n - x, n) == pytest.approx((1 - high, 1 - low), abs=5.1e-5)


@given(st.integers(1, 2000), st.data())
def test_a_share_lies_within_its_interval(n, data):
    x = data.draw(st.integers(0, n))
    low, high = scores.wilson(x, n, 0.99)
    assert 0 <= low <= x / n <= high <= 1


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_differences_of_shares_match_newcombe(first, second, low, high):
    assert scores.newcombe_difference(first, second) == pytest.approx((low, high), abs=5.1e-5)
    assert scores.newcombe_difference(second, first) == pytest.approx((-high, -low), abs=5.1e-5)


@pytest.mark.parametrize("share", [(1, 0), (3, 2), (-1, 2), (1.5, 2), (True, 2), (math.nan, 2)])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match=r"\.$"):
        scores.wilson(*share)
    with pytest.raises(ValueError, match=r"\.$"):
        scores.newcombe_difference((1, 2), share)


def test_the_top_of_the_scale_is_counted():
    assert scores.top_box([1, 2, 4, 8, 16]) == (24, 31)
    assert scores.top_box([1, 2, 4, 8, 16, 32, 64], boxes=3) == (112, 127)
    for histogram, boxes in (([1, 2], 2), ([1, 2], 0), ([0, 0, 0], 1), ([1, -2, 3], 1), ([], 1)):
        with pytest.raises(ValueError, match=r"\.$"):
            scores.top_box(histogram, boxes)


def interval_of(values, **options):
    return scores.mean_interval(len(values), math.fsum(values), math.fsum(v * v for v in values), **options)


def test_the_mean_of_the_sleep_study():
    assert interval_of(SLEEP) == pytest.approx((0.5955845, 2.4844155), abs=5.1e-8)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=60).filter(lambda values: len(set(values)) > 1))
def test_means_agree_with_scipy(values):
    expected = stats.t.interval(0.9, len(values) - 1, loc=sum(values) / len(values), scale=stats.sem(values))
    assert interval_of(values, level=0.9) == pytest.approx(expected, abs=1e-9)


def test_equal_answers_and_many_answers_cancel_nothing():
    assert interval_of([4, 4, 4]) == (4, 4)
    million = 10**9
    low, high = scores.mean_interval(10, 10 * million + 5, 10 * million**2 + 10 * million + 5)
    assert (low + high) / 2 == million + 0.5
    assert high - low == pytest.approx(2 * 2.2621571628 * math.sqrt(2.5 / 9 / 10), abs=1e-5)


@pytest.mark.parametrize(
    "arguments", [(1, 4, 16), (0, 0, 0), (2.5, 4, 16), (3, math.nan, 16), (3, 4, math.inf), (3, 12, 40), (3, 0, -1)]
)
def test_what_no_answers_can_have_is_refused(arguments):
    with pytest.raises(ValueError, match=r"\.$"):
        scores.mean_interval(*arguments)


@pytest.mark.parametrize("level", [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.999999])
def test_students_quantiles_agree_with_scipy(level):
    for degrees in [*range(1, 41), 99, 100, 500, 999, 1000, 1001, 5000, 10**6, 10**9]:
        assert t_quantile(level, degrees) == pytest.approx(stats.t.ppf((1 + level) / 2, degrees), rel=1e-9)
