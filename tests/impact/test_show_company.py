"""The company's page: units side by side, what goes together, and what may not be drawn."""

import json
import re
from typing import Any

import numpy as np
import pytest

from app.people.models import Unit, UnitKind
from app.stats import linkage
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_unit, make_units
from tests.impact.heard import Bands, hear_customers, hear_means, publish_enps, publish_means
from tests.impact.pages import words_of


def chart_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def make_branches(cast: Cast, count: int) -> list[Unit]:
    return make_units({f"B{number:02}": f"Branch {number:02}" for number in range(count)}, cast.north)


def tell(cast: Cast, count: int = 12) -> list[Unit]:
    """Branches whose two scores rise together."""
    units = make_branches(cast, count)
    team: dict[Unit, Bands] = {unit: (60 - place, 10, 10 + place) for place, unit in enumerate(units)}
    customers: dict[Unit, Bands] = {unit: (40, 30, 30 + place**2) for place, unit in enumerate(units)}
    publish_enps("2026-Q3", team)
    hear_customers("2026-Q3", customers)
    return units


def test_units_that_rise_together_are_said_to_go_together(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.hanna).get("/impact/")
    words = words_of(page)
    points = chart_of(page.text)["points"]
    x, y = (
        [100 * (2 * place - 50) / 80 for place in range(12)],
        [100 * (place**2 - 10) / (100 + place**2) for place in range(12)],
    )
    found = linkage.correlate(x, y)
    assert len(points) == 12
    assert "customers' score tends to be higher too : the two go together." in words
    assert f"Pearson's r +{found.r:.2f} (+{found.low:.2f} to +{found.high:.2f})" in words
    assert f"Spearman's rho +{found.rho:.2f}" in words
    assert "12 units" in words
    assert found.r == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-12)
    assert "does not show that one causes the other" in words


def test_too_few_units_say_nothing(browser: Browser, cast: Cast) -> None:
    tell(cast, 9)
    words = words_of(browser.sign_in(cast.hanna).get("/impact/"))
    assert "Too few units to say whether the two go together: 9 units show both, and it takes at least 10." in words
    assert "Pearson" not in words


def test_a_hidden_unit_is_counted_in_words_and_never_drawn(browser: Browser, cast: Cast) -> None:
    units = make_branches(cast, 2)
    publish_enps("2026-Q3", {units[0]: (5, 10, 15), units[1]: (1, 0, 3), cast.n1: (3, 3, 4)})
    hear_customers("2026-Q3", {units[0]: (5, 5, 10), units[1]: (5, 5, 10)})
    page = browser.sign_in(cast.hanna).get("/impact/")
    names = [point["name"] for point in chart_of(page.text)["points"]]
    assert names == ["Branch 00"]
    assert "units are hidden to protect people." in words_of(page)
    assert "+50" not in page.text  # what the four answered


def test_a_parent_and_its_child_never_stand_in_one_picture(browser: Browser, cast: Cast) -> None:
    inner = make_unit("N1A", cast.n1, name="Inner branch")
    publish_enps("2026-Q3", {inner: (5, 10, 15), cast.n1: (5, 10, 15), cast.n2: (5, 10, 15), cast.s1: (5, 9, 15)})
    hear_customers("2026-Q3", {inner: (5, 5, 10), cast.n1: (5, 5, 10), cast.n2: (5, 5, 10), cast.s1: (5, 5, 10)})
    browser.sign_in(cast.hanna)
    for level in ("leaf", UnitKind.BRANCH.value):
        names = {point["name"] for point in chart_of(browser.get(f"/impact/?level={level}").text)["points"]}
        assert names == {"Inner branch", "Unit N2", "Unit S1"}
    regions = {point["name"] for point in chart_of(browser.get("/impact/?level=region").text)["points"]}
    assert regions == {"Unit NORTH", "Unit SOUTH"}


def test_the_period_and_the_level_stand_in_the_address(browser: Browser, cast: Cast) -> None:
    tell(cast)
    hear_customers("2026-Q2", {cast.n1: (1, 2, 30)})
    publish_enps("2026-Q2", {cast.n1: (2, 4, 24)})
    browser.sign_in(cast.hanna)
    page = browser.get("/impact/?period=2026-Q2&level=leaf&q=n1")
    found = re.search(r'id="copy-link" value="http://[^/]+([^"]+)"', page.text)
    assert found
    assert words_of(browser.get(found[1].replace("&amp;", "&"))) == words_of(page)
    assert "Both voices in Q2 2026." in words_of(page)
    assert "Branch 00" not in words_of(page)


def test_search_looks_at_the_table_only(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.hanna).get("/impact/?q=branch+03")
    assert len(chart_of(page.text)["points"]) == 12
    assert "Branch 04" not in words_of(page)
    none = browser.get("/impact/?q=nowhere")
    assert "No unit is called that" in words_of(none)


def test_the_table_has_pages(browser: Browser, cast: Cast) -> None:
    tell(cast, 60)
    browser.sign_in(cast.hanna)
    first, last = browser.get("/impact/"), browser.get("/impact/?page=3")
    assert "Branch 00" in words_of(first)
    assert "Branch 59" not in words_of(first)
    assert "Branch 59" in words_of(last)
    assert browser.get("/impact/?page=99").status_code == 200


def test_means_are_paired_with_what_had_ended_before(browser: Browser, cast: Cast) -> None:
    """As with the public data: staff in January, April and July, patients in November."""
    units = make_branches(cast, 12)
    scores = [(6 + (place * 5 % 7) / 10, 7 + (place * 3 % 8) / 10) for place in range(12)]
    for period in ("2022-Q1", "2022-Q2", "2022-Q3"):
        shift = 0.0 if period == "2022-Q3" else 1.0
        publish_means(
            "advocacy", period, {unit: (staff + shift, 200) for unit, (staff, _) in zip(units, scores, strict=True)}
        )
    hear_means("2022-11", {unit: (patients, 300) for unit, (_, patients) in zip(units, scores, strict=True)})
    page = browser.sign_in(cast.hanna).get("/impact/")
    words = words_of(page)
    x, y = [staff for staff, _ in scores], [patients for _, patients in scores]
    r, (low, high) = np.corrcoef(x, y)[0, 1], linkage.bootstrap_interval(x, y)
    assert f"Pearson's r {r:+.2f} ({low:+.2f} to {high:+.2f})".replace("-", "−") in words
    assert "Employees in Q3 2022, which had ended before the customers' period, November 2022, began." in words
    assert "From published means" in words
    assert "not clearly changed" not in words
    chosen = browser.get("/impact/?measure=advocacy&employees=2022-Q1&metric=csat&customers=2022-11")
    assert "Employees in Q1 2022, which had ended" in words_of(chosen)
    assert chart_of(chosen.text)["points"][0]["x"] == pytest.approx(7.0)


def test_who_sees_one_unit_only_is_led_there(browser: Browser, cast: Cast) -> None:
    tell(cast)
    answer = browser.sign_in(cast.ewa).get("/impact/")
    assert answer.status_code == 302
    assert answer.location.endswith(f"/impact/units/{cast.n1.id}")


def test_only_units_the_person_may_see_are_there(browser: Browser, cast: Cast) -> None:
    tell(cast)
    publish_enps("2026-Q2", {cast.s1: (5, 10, 15)})
    cast.marek.employee_id = None
    inner = make_unit("N1A", cast.n1, name="Inner branch")
    words = words_of(browser.sign_in(cast.marek).get("/impact/?level=leaf"))
    assert inner.name in words
    assert "Branch 00" not in words
    assert "Unit S1" not in words


def test_a_company_without_results_says_what_will_be_here(browser: Browser, cast: Cast) -> None:
    assert "Nothing has been heard yet" in words_of(browser.sign_in(cast.hanna).get("/impact/"))


def test_customers_alone_are_a_table_without_a_picture(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q3", {cast.n1: (10, 10, 40)})
    words = words_of(browser.sign_in(cast.hanna).get("/impact/"))
    assert "No unit shows both voices" in words
    assert "+50" in words


def test_it_needs_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get("/impact/").status_code == 302


def test_it_needs_the_permission(browser: Browser, cast: Cast) -> None:
    cast.ewa.employee_id = None
    assert browser.sign_in(cast.ewa).get("/impact/").status_code == 403
