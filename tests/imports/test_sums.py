"""Totals are found by their numbers, and numbers that merely happen to add up are not."""

import random

import pytest

from app.imports.sums import Counted, lines_of_totals


def totals(*counts: int | tuple[int, ...], means: list[float] | None = None) -> list[int]:
    rows = [
        Counted(place, "", count if isinstance(count, tuple) else (count,), means[place] if means else None)
        for place, count in enumerate(counts)
    ]
    return sorted(lines_of_totals(rows))


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((289_942, 225, 40_100, 162_698, 86_919, 14_500, 13_671, 20_201, 16_278, 22_269), [0, 4]),
        ((800, 1200, 3500, 5500), [3]),
        ((1000, 520, 260, 260, 480, 200, 280), [0, 1, 4]),
        ((500, 200, 150, 150), [0]),
        (((60, 30, 20, 10), (25, 13, 8, 4), (35, 17, 12, 6), (7, 1, 5, 1)), [0]),
        ((9, 8, 20, 37), []),
        ((12, 8, 20), []),
        ((30, 20, 50, 81), []),
        ((5, 5), []),
        ((0, 0, 0), []),
        ((), []),
    ],
)
def test_sums_of_others_are_found_where_they_are_hardly_chance(
    counts: tuple[int | tuple[int, ...], ...], found: list[int]
) -> None:
    assert totals(*counts) == found


def test_a_mean_that_agrees_makes_a_small_sum_sure() -> None:
    assert totals(60, 40, 30, 130, means=[8.0, 7.0, 6.5, 7.35]) == [3]
    assert totals(60, 40, 30, 130, means=[8.0, 7.0, 6.5, 4.0]) == []


def test_each_series_adds_up_for_itself() -> None:
    rows = [Counted(line, line % 2, (count,)) for line, count in enumerate((500, 700, 100, 300, 150, 250, 250, 150))]
    assert lines_of_totals(rows) == {0, 1}


def test_numbers_drawn_by_chance_have_no_totals() -> None:
    """As teams are large, and as branches are: few small ones among many, many large ones among few."""
    draw = random.Random(20260922)
    for _ in range(100):
        teams = [draw.randint(7, 60) for _ in range(draw.randint(5, 200))]
        branches = [int(draw.lognormvariate(5, 1)) + 1 for _ in range(draw.randint(5, 200))]
        assert totals(*teams) == totals(*branches) == []
