"""methods.md 2.2: correlation with its uncertainty."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from app.stats import linkage

# Henderson and Velleman 1981, as in R's mtcars: miles per gallon and weight.
MPG = [
    21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
]  # fmt: skip
WEIGHT = [
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424,
    5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
]  # fmt: skip


def test_cars_correlate_as_in_r():
    found = linkage.correlate(MPG, WEIGHT)
    assert found.r == pytest.approx(-0.8676594, abs=5.1e-8)
    assert (found.low, found.high) == pytest.approx((-0.9338264, -0.7440872), abs=5.1e-8)
    assert found.rho == pytest.approx(-0.886422, abs=5.1e-7)
    assert found.n == 32


@pytest.mark.parametrize(
    ("n", "low", "high"), [(10, -0.19, 0.86), (20, 0.07, 0.77), (30, 0.17, 0.73), (50, 0.26, 0.68)]
)
def test_few_units_tell_little(n, low, high):
    assert linkage.fisher_interval(0.5, n) == pytest.approx((low, high), abs=0.0051)


def test_spearmans_interval_is_wider_than_pearsons():
    error = math.sqrt((1 + 0.25 / 2) / 27)
    expected = [math.tanh(math.atanh(0.5) + sign * 1.959963984540054 * error) for sign in (-1, 1)]
    assert linkage.spearman_interval(0.5, 30) == pytest.approx(expected, abs=1e-12)


pairs = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=4, max_size=40).filter(
    lambda pairs: len({x for x, _ in pairs}) > 1 and len({y for _, y in pairs}) > 1
)


@given(pairs)
def test_it_agrees_with_numpy_and_scipy(pairs):
    x, y = zip(*pairs, strict=True)
    found = linkage.correlate(x, y)
    assert found.r == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-12)
    assert found.rho == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    assert -1 <= found.low <= found.r <= found.high <= 1


@given(pairs, st.sampled_from([0.001, 3, 1e150]), st.integers(-5, 5))
def test_units_of_measure_do_not_matter(pairs, factor, offset):
    x, y = zip(*pairs, strict=True)
    moved = linkage.correlate([factor * (value + offset) for value in x], y)
    assert moved == pytest.approx(linkage.correlate(x, y), abs=1e-9)
    assert linkage.correlate(y, x) == pytest.approx(linkage.correlate(x, y), abs=1e-12)


def test_a_perfect_line_has_no_width():
    assert linkage.correlate([1, 2, 3, 4], [10, 20, 30, 40]) == (1, 1, 1, 1, 4)
    assert linkage.correlate([1, 2, 3, 4], [9, 8, 7, 6]) == (-1, -1, -1, -1, 4)


def test_three_units_say_nothing():
    found = linkage.correlate([1, 2, 3], [1, 3, 2])
    assert (found.r, found.low, found.high) == pytest.approx((0.5, -1, 1))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([1, 2, 3], [1, 2]),
        ([1, 2], [1, 2]),
        ([], []),
        ([1, 1, 1, 1], [1, 2, 3, 4]),
        ([1, 2, 3, 4], [0.1, 0.1, 0.1, 0.1]),
        ([1, 2, 3, math.nan], [1, 2, 3, 4]),
        ([1, 2, 3, math.inf], [1, 2, 3, 4]),
        ([1, 2, 3, None], [1, 2, 3, 4]),
        ([1, 2, 3, True], [1, 2, 3, 4]),
    ],
)
def test_what_has_no_correlation_is_refused(x, y):
    for function in (linkage.correlate, linkage.bootstrap_interval):
        with pytest.raises(ValueError, match=r"\.$"):
            function(x, y)


@pytest.mark.parametrize(("r", "n"), [(1.1, 10), (math.nan, 10), (0.5, 2), (0.5, 10.5)])
def test_what_is_no_correlation_has_no_interval(r, n):
    for function in (linkage.fisher_interval, linkage.spearman_interval):
        with pytest.raises(ValueError, match=r"\.$"):
            function(r, n)


def test_the_bootstrap_is_the_one_of_scipy_up_to_chance():
    low, high = linkage.bootstrap_interval(MPG, WEIGHT, draws=20_000)
    expected = stats.bootstrap(
        (MPG, WEIGHT), lambda x, y: stats.pearsonr(x, y).statistic, paired=True, vectorized=False,
        n_resamples=4000, method="percentile", rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    assert (low, high) == pytest.approx(tuple(expected), abs=0.01)


def test_the_bootstrap_repeats_itself_and_follows_its_seed():
    assert linkage.bootstrap_interval(MPG, WEIGHT) == linkage.bootstrap_interval(MPG, WEIGHT)
    assert linkage.bootstrap_interval(MPG, WEIGHT, seed=1) != linkage.bootstrap_interval(MPG, WEIGHT, seed=2)
    narrow, wide = (linkage.bootstrap_interval(MPG, WEIGHT, level=level) for level in (0.5, 0.99))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_the_order_of_the_units_does_not_move_the_bootstrap():
    turned = linkage.bootstrap_interval(MPG[::-1], WEIGHT[::-1])
    assert turned == linkage.bootstrap_interval(MPG, WEIGHT)


def test_every_unit_can_be_drawn():
    """One far pair makes the correlation: wherever it stands, it is left out of about a third of the resamples."""
    x, y = [0, 1, 2, 3, 4, 5, 6, 7, 8], [3, 1, 4, 1, 5, 9, 2, 6, 5]
    ends = [linkage.bootstrap_interval([900, *x], [900, *y]), linkage.bootstrap_interval([*x, 900], [*y, 900])]
    for low, high in ends:
        assert low < 0.3
        assert high > 0.999


@given(pairs)
@settings(max_examples=30)
def test_the_bootstrap_survives_resamples_without_spread(pairs):
    x, y = zip(*pairs, strict=True)
    try:
        low, high = linkage.bootstrap_interval(x, y, draws=200)
    except ValueError:
        assume(False)
    assert -1 <= low <= high <= 1


def test_the_bootstrap_refuses_when_most_resamples_have_no_spread():
    # The single different unit is left out of (9/10)^10 = 35 % of resamples on each side, of most on one of them.
    x, y = [0] * 9 + [1], [1] + [0] * 9
    with pytest.raises(ValueError, match="too alike"):
        linkage.bootstrap_interval(x, y)
    with pytest.raises(ValueError, match="draws"):
        linkage.bootstrap_interval(MPG, WEIGHT, draws=99)


WITHOUT_THE_APPLICATION = """
import sys, types
app = sys.modules["app"] = types.ModuleType("app")
app.__path__ = ["app"]
import app.stats.scores, app.stats.disclosure, app.stats.linkage
sys.exit(any(name in sys.modules for name in ("numpy", "scipy", "flask", "sqlalchemy")))
"""


def test_neither_numpy_nor_the_application_is_needed_to_start():
    root = Path(linkage.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", WITHOUT_THE_APPLICATION], cwd=root, check=False).returncode == 0
