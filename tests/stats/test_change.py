"""methods.md 1.4 and 1.5: changes, and which could be seen."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.stats import scores
from tests.stats import oracles

triples = st.tuples(*[st.integers(0, 40)] * 3).filter(lambda counts: sum(counts) > 0)


@pytest.mark.parametrize(
    ("before", "after", "limits", "approximate", "exact", "verdict"),
    [
        ((8, 10, 12), (3, 8, 19), (0.354925, 72.372348), 0.04778419, 0.0649339926, "unclear"),
        ((3, 4, 3), (0, 2, 8), (9.144301, 113.932622), 0.02133322, 0.0322695880, "up"),
    ],
)
def test_changes_match_the_packages(before, after, limits, approximate, exact, verdict):
    found = scores.change(before, after)
    assert found.difference == pytest.approx(scores.net_score(after) - scores.net_score(before))
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-6)
    assert scores.approximate_p(before, after) == pytest.approx(approximate, abs=5e-9)
    assert found.p_exact == pytest.approx(exact, abs=5e-11)
    assert found.verdict == verdict


def test_the_smallest_exact_test_is_by_hand():
    found = scores.change((4, 0, 0), (0, 0, 4))
    assert found.p_exact == 2 / 70
    assert found.difference == 200
    assert found.verdict is scores.Verdict.UP


@pytest.mark.parametrize("n", range(1, 6))
def test_the_exact_test_is_the_sum_over_all_deals(n):
    for before in oracles.all_counts(n):
        for after in [(0, 2, 4), (3, 1, 1), (0, 5, 0), (2, 0, 0)]:
            assert scores.change(before, after).p_exact == pytest.approx(oracles.permutation_p(before, after))


@given(triples, triples)
def test_there_and_back_is_the_same_change(before, after):
    there, back = scores.change(before, after), scores.change(after, before)
    assert back.difference == -there.difference
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-9)
    assert back.p_exact == there.p_exact
    opposite = {"up": "down", "down": "up", "unclear": "unclear"}
    assert back.verdict == opposite[there.verdict]


@given(triples, triples)
def test_a_verdict_has_both_reasons(before, after):
    found = scores.change(before, after)
    if found.verdict != "unclear":
        assert found.p_exact <= 0.05
        assert found.low > 0 or found.high < 0
        assert (found.verdict == "up") == (found.difference > 0)
    assert -200 <= found.low <= found.high <= 200


@given(triples)
def test_nothing_happened(counts):
    found = scores.change(counts, counts)
    assert (found.difference, found.p_exact, found.verdict) == (0, 1, "unclear")


def test_above_400_answers_the_interval_decides_alone():
    assert scores.change((100, 0, 100), (0, 100, 100)).p_exact is not None
    large = scores.change((100, 0, 100), (0, 101, 100))
    assert large.p_exact is None
    assert large.verdict == "up"
    assert scores.change((30, 0, 171), (31, 0, 170)).verdict == "unclear"


def test_the_largest_exact_test_is_quick():
    """The aim is 100 ms; ten times as much fails, so that a slow machine does not."""
    started = time.process_time()
    scores.change((68, 66, 66), (65, 67, 68))
    scores.change((101, 0, 99), (99, 0, 101))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("n", "seen", "detectable"),
    [
        (5, 96.8, 138),
        (10, 68.5, 97.9),
        (20, 48.4, 69.2),
        (30, 39.5, 56.5),
        (50, 30.6, 43.8),
        (100, 21.6, 30.9),
        (200, 15.3, 21.9),
        (400, 10.8, 15.5),
        (1000, 6.8, 9.8),
    ],
)
def test_detectable_changes_match_the_table(n, seen, detectable):
    assert scores.minimum_detectable_change(n, n, power=0.5) == pytest.approx(seen, abs=0.05)
    assert scores.minimum_detectable_change(n, n) == pytest.approx(detectable, abs=0.5 if n == 5 else 0.06)


def test_958_answers_detect_ten_points():
    assert scores.minimum_detectable_change(958, 958) <= 10 < scores.minimum_detectable_change(957, 957)


def test_unequal_sizes_lie_between_the_equal_ones():
    unequal = scores.minimum_detectable_change(20, 200, 0.5)
    assert scores.minimum_detectable_change(200, 200, 0.5) < unequal < scores.minimum_detectable_change(20, 20, 0.5)
    assert unequal == pytest.approx(280.1585 * math.sqrt(0.5 / 20 + 0.5 / 200), abs=1e-4)


@pytest.mark.parametrize("arguments", [(0, 5), (5, 0), (5, 5, 0), (5, 5, 1.1), (5, 5, math.nan), (-1, 5), (5.5, 5)])
def test_impossible_designs_are_refused(arguments):
    with pytest.raises(ValueError, match=r"\.$"):
        scores.minimum_detectable_change(*arguments)


@pytest.mark.parametrize("n", range(1, 8))
def test_too_few_is_where_no_counts_at_all_tell_a_change(n):
    def tells(more):
        deals = [
            (low, size - low - high, high)
            for size in (n, more)
            for low in range(size + 1)
            for high in range(size + 1 - low)
        ]
        return any(
            scores.change(before, after).verdict != "unclear"
            for before in deals if sum(before) == n
            for after in deals if sum(after) == more
        )  # fmt: skip

    for more in range(1, 8):
        assert scores.can_tell(n, more) == scores.can_tell(more, n) == tells(more)


def test_one_answer_takes_nineteen_beside_it():
    fewest = [next(more for more in range(1, 99) if scores.can_tell(n, more)) for n in range(1, 8)]
    assert fewest == [19, 5, 4, 3, 2, 2, 2]
    assert all(scores.can_tell(n, more) for n in range(1, 30) for more in range(19, 30))
    for wrong in (0, -1, 1.5):
        with pytest.raises(ValueError, match=r"\.$"):
            scores.can_tell(wrong, 5)


BENJAMINI_HOCHBERG = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1,
]  # fmt: skip


def test_many_tests_at_once_match_benjamini_and_hochberg():
    adjusted = scores.adjust(BENJAMINI_HOCHBERG)
    expected = [0.00150, 0.00300, 0.00950, 0.03562, 0.06030, 0.06386, 0.06386, 0.06450, 0.07650]
    assert adjusted[:9] == pytest.approx(expected, abs=5.1e-6)
    assert sum(p <= 0.05 for p in adjusted) == 4


@given(st.permutations(BENJAMINI_HOCHBERG))
@settings(max_examples=30)
def test_the_order_of_tests_does_not_matter(shuffled):
    expected = dict(zip(BENJAMINI_HOCHBERG, scores.adjust(BENJAMINI_HOCHBERG), strict=True))
    assert scores.adjust(shuffled) == [expected[p] for p in shuffled]


def test_no_tests_need_no_adjustment_and_no_p_is_above_one():
    assert scores.adjust([]) == []
    assert scores.adjust([0.9, 0.8, 1]) == [1, 1, 1]
    for wrong in (1.1, -0.1, math.nan, None):
        with pytest.raises(ValueError, match=r"\.$"):
            scores.adjust([0.5, wrong])
