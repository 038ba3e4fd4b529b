"""What is measured beside eNPS and NPS: with its interval where there is one, in words where there is none."""

from datetime import datetime

import pytest

from app.core import clock
from app.stats import disclosure, scores
from app.voice.models import Metric
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means, publish_question
from tests.impact.pages import csv_rows, words_of

TEAM, NO_VERDICT = (3, 8, 19), "Whether a score has changed is told of eNPS and NPS, by quarter."


def found_in(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    header, *rest = rows
    return {row[0]: dict(zip(header, row, strict=True)) for row in rest}


def test_csat_stands_with_its_interval(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: TEAM})
    hear_customers("2026-Q3", {cast.n1: (20, 5, 25)}, metric=Metric.CSAT)
    words = words_of(browser.sign_in(cast.hanna).get("/impact/?metric=csat"))
    row = found_in(csv_rows(browser.get("/impact/export.csv?metric=csat")))["Unit N1"]
    low, high = disclosure.shown_interval(TEAM)
    assert f"{low:+.0f} … {high:+.0f}" in words, "the team's side too"
    assert (row["Team: interval from"], row["Team: interval to"]) == (f"{low:.0f}", f"{high:.0f}")
    low, high = (100 * end for end in scores.wilson(25, 50))
    assert f"50 50 {low:.0f} … {high:.0f}" in words
    assert (row["Customers: interval from"], row["Customers: interval to"]) == (f"{low:.0f}", f"{high:.0f}")
    assert NO_VERDICT in words
    assert "published mean" not in words


def test_ces_stands_with_its_interval_and_a_single_answer_without(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q3", {cast.n1: (10, 5, 25), cast.n2: (0, 0, 1)}, metric=Metric.CES)
    words = words_of(browser.sign_in(cast.hanna).get("/impact/?metric=ces"))
    rows = found_in(csv_rows(browser.get("/impact/export.csv?metric=ces")))
    low, high = scores.mean_interval(40, 10 * 2 + 5 * 4 + 25 * 6, 10 * 4 + 5 * 16 + 25 * 36)
    assert f"4.75 40 {low:.2f} … {high:.2f}" in words
    assert float(rows["Unit N1"]["Customers: interval to"]) == pytest.approx(high, abs=0.005)
    assert rows["Unit N2"]["Customers: interval to"] == ""


def test_a_mean_that_somebody_else_counted_has_no_interval_and_the_page_says_so(browser: Browser, cast: Cast) -> None:
    publish_means("engagement", "2026-Q3", {cast.n1: (7.25, 40), cast.n2: (6.5, 30)})
    hear_means("2026-Q3", {cast.n1: (8.5, 50), cast.n2: (8.0, 60)})
    words = words_of(browser.sign_in(cast.hanna).get("/impact/"))
    assert "A published mean comes without an interval." in words
    assert "Interval" not in found_in(csv_rows(browser.get("/impact/export.csv")))["Unit N1"]
    assert "Customers: interval to" not in found_in(csv_rows(browser.get("/impact/export.csv")))["Unit N1"]


@pytest.mark.parametrize("metric", [Metric.NPS, Metric.CSAT])
def test_a_running_quarter_is_left_to_those_who_ask_for_it(
    browser: Browser, cast: Cast, metric: Metric, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2026-11-15T09:00:00+00:00"))
    publish_enps("2026-Q3", {cast.n1: TEAM})
    for quarter in ("2026-Q3", "2026-Q4"):
        hear_customers(quarter, {cast.n1: (20, 5, 25)}, metric=metric)
    browser.sign_in(cast.hanna)
    assert "still running" not in words_of(browser.get(f"/impact/?metric={metric}"))
    assert "Both voices in Q3 2026." in words_of(browser.get(f"/impact/?metric={metric}"))
    asked = words_of(browser.get(f"/impact/?metric={metric}&customers=2026-Q4"))
    assert "Q4 2026 is still running: its numbers will change." in asked


def test_a_unit_of_which_customers_alone_speak_opens_on_a_quarter_that_is_over(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2026-11-15T09:00:00+00:00"))
    hear_customers("2026-Q4", {cast.n1: (20, 5, 25)})
    browser.sign_in(cast.hanna)
    assert "Q4 2026 is still running" in words_of(browser.get(f"/impact/units/{cast.n1.id}")), "there is no other"
    hear_customers("2026-Q3", {cast.n1: (5, 5, 25)})
    assert "still running" not in words_of(browser.get(f"/impact/units/{cast.n1.id}"))
    assert "Q4 2026 is still running" in words_of(browser.get(f"/impact/units/{cast.n1.id}?period=2026-Q4"))


def test_other_questions_stand_on_the_units_page_as_enps_does(browser: Browser, cast: Cast) -> None:
    publish_question("i-would-buy-here", "2026-Q2", {cast.n1: (9, 9, 12), cast.n2: (9, 9, 12)})
    publish_question("i-would-buy-here", "2026-Q3", {cast.n1: (8, 10, 12), cast.n2: (1, 1, 1), cast.north: (3, 3, 4)})
    low, high = disclosure.shown_interval((8, 10, 12))
    for unit, said in ((cast.n1, f"Q3 2026 +13 30 {round(low):+} … +{round(high)}"), (cast.n2, "Q3 2026 hidden")):
        page = words_of(browser.sign_in(cast.hanna).get(f"/impact/units/{unit.id}"))
        assert f"I would buy here {said}".replace("-", "−") in page
        assert "Q2 2026 +10" not in page, "the newest only"


def test_programs_are_told_other_questions_too(browser: Browser, cast: Cast) -> None:
    publish_question("i-would-buy-here", "2026-Q3", {cast.n1: (8, 10, 12), cast.n2: (1, 1, 1), cast.north: (3, 3, 4)})
    shown, hidden = (
        caller_for(browser, cast.hanna).get(f"/impact/units/{unit.code}").get_json()["team_questions"][0]
        for unit in (cast.n1, cast.n2)
    )
    low, high = disclosure.shown_interval((8, 10, 12))
    assert (shown["is"], shown["score"], shown["n"]) == ("shown", 13, 30)
    assert (shown["low"], shown["high"]) == (round(low), round(high))
    assert {name for name, value in hidden.items() if value not in (None, False)} == {"measure", "period", "is"}
