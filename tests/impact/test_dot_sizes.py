"""A dot of the company's picture says by its area how many answers stand behind it."""

import re

import pytest

from app.impact.wording.dots import LARGEST, SMALLEST, across, examples
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means
from tests.impact.pages import words_of
from tests.impact.test_show_company import chart_of

LEGEND = "The larger a dot, the more answers stand behind it: its area is the n of the side with fewer."


def test_few_answers_make_a_small_dot_and_many_a_large_one(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 5, 7), cast.n2: (20, 30, 42), cast.s1: (100, 100, 200)})
    hear_customers("2026-Q3", {cast.n1: (50, 50, 100), cast.n2: (200, 200, 400), cast.s1: (10, 10, 20)})
    page = browser.sign_in(cast.hanna).get("/impact/")
    sizes = {point["name"]: point["across"] for point in chart_of(page.text)["points"]}
    assert sizes["Unit N2"] ** 2 / sizes["Unit N1"] ** 2 == pytest.approx(92 / 15, rel=0.02)
    assert sizes["Unit N2"] ** 2 / sizes["Unit S1"] ** 2 == pytest.approx(92 / 40, rel=0.02)
    assert LEGEND in words_of(page)
    assert LEGEND in chart_of(page.text)["describe"]


def test_the_legend_shows_sizes_as_they_are_drawn(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (3, 5, 7), cast.n2: (20, 30, 42)})
    hear_customers("2026-Q3", {cast.n1: (50, 50, 100), cast.n2: (200, 200, 400)})
    page = browser.sign_in(cast.hanna).get("/impact/")
    assert "n 20 n 50 n 100" in words_of(page)
    shown = [2 * float(radius) for radius in re.findall(r'<circle r="([\d.]+)"', page.text)]
    assert shown == [across(n, most=92) for n in (20, 50, 100)]


def test_means_have_their_answers_too(browser: Browser, cast: Cast) -> None:
    publish_means("advocacy", "2022-Q3", {cast.n1: (7.25, 25), cast.n2: (6.0, 100)})
    hear_means("2022-11", {cast.n1: (2.6, 400), cast.n2: (2.7, 400)})
    points = chart_of(browser.sign_in(cast.hanna).get("/impact/").text)["points"]
    assert [point["across"] for point in points] == [LARGEST / 2, LARGEST]


@pytest.mark.parametrize(
    ("counts", "told"),
    [([15, 92], [20, 50, 100]), ([7], [5]), ([40, 55], [50]), ([8, 3000], [10, 200, 2000]), ([5, 6, 7], [5])],
)
def test_examples_are_round_numbers_near_those_there_are(counts: list[int], told: list[int]) -> None:
    assert examples(counts) == told


def test_the_smallest_can_still_be_seen() -> None:
    assert across(5, most=50_000) == SMALLEST
    assert across(50_000, most=50_000) == LARGEST
