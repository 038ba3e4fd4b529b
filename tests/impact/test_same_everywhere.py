"""Page, exports and the API say the same of one thing, and each says which time it is about."""

from app.core import formats
from app.voice.models import Metric
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means
from tests.impact.pages import csv_rows, words_of


def by_name(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    header, *others = rows
    return {row[0]: dict(zip(header, row, strict=True)) for row in others}


def test_the_companys_export_names_its_periods_and_how_many_were_asked(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q2", {cast.n1: (8, 10, 12)}, headcount={cast.n1: 34})
    hear_customers("2026-Q3", {cast.n1: (5, 5, 10)})
    browser.sign_in(cast.hanna)
    asked = "employees=2026-Q2&customers=2026-Q3"
    assert "30 of 34" in words_of(browser.get(f"/impact/?{asked}"))
    told = by_name(csv_rows(browser.get(f"/impact/export.csv?{asked}")))
    assert {name: told["Unit N1"][name] for name in ("Team: period", "Team: people", "Customers: period")} == {
        "Team: period": "Q2 2026",
        "Team: people": "34",
        "Customers: period": "Q3 2026",
    }
    assert told["Unit N2"]["Team: people"] == ""


def test_the_export_of_a_month_says_which(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-03", {cast.n1: (8, 10, 12)})
    hear_customers("2026-Q2", {cast.n1: (5, 5, 10)})
    told = by_name(csv_rows(browser.sign_in(cast.hanna).get("/impact/export.csv")))
    assert told["Unit N1"]["Team: period"] == "March 2026"
    assert "Team: people" not in told["Unit N1"]


def test_a_share_of_a_half_percent_is_rounded_alike_everywhere(browser: Browser, cast: Cast) -> None:
    """23 of 40 are 57.5 %; 0.575 times a hundred is less in a float."""
    publish_enps("2026-Q3", {cast.n1: (8, 10, 12)})
    hear_customers("2026-Q3", {cast.n1: (5, 5, 10)})
    hear_customers("2026-Q3", {cast.n1: (10, 7, 23)}, metric=Metric.CSAT)
    browser.sign_in(cast.hanna)
    assert formats.percent(0.575) == "58%"
    assert "58% satisfied" in words_of(browser.get(f"/impact/units/{cast.n1.id}?period=2026-Q3"))
    told = by_name(csv_rows(browser.get("/impact/export.csv?period=2026-Q3&metric=csat")))
    assert told["Unit N1"]["CSAT, percent satisfied"] == "58"
    answer = caller_for(browser, cast.hanna).get(f"/impact/units/{cast.n1.code}?period=2026-Q3")
    assert answer.json["satisfaction"]["csat_percent"]["value"] == 58


def test_a_mean_is_rounded_alike_on_the_page_and_in_its_export(browser: Browser, cast: Cast) -> None:
    """2.675 is written 2.68, though a float of it is a little less."""
    publish_means("advocacy", "2026", {cast.n1: (7.25, 22), cast.n2: (6.0, 22)})
    hear_means("2026", {cast.n1: (2.675, 100)})
    browser.sign_in(cast.hanna)
    assert " 2.68 " in words_of(browser.get("/impact/"))
    assert "2.68" in by_name(csv_rows(browser.get("/impact/export.csv")))["Unit N1"].values()


def test_a_month_that_is_hidden_is_told_by_its_name(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-03", {cast.n1: (1, 1, 1), cast.s1: (8, 10, 12)})
    hear_customers("2026-Q1", {cast.n1: (5, 5, 10)})
    browser.sign_in(cast.hanna)
    assert "In March 2026 too few people answered" in words_of(browser.get(f"/impact/units/{cast.n1.id}"))
    newest = csv_rows(browser.get(f"/impact/units/{cast.n1.id}/export.csv"))[1]
    assert newest[1:3] == ["Q1 2026 (team: March 2026)", "hidden to protect people"]


def test_the_home_page_names_the_month_too(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-03", {cast.n1: (8, 10, 12), cast.north: (16, 20, 24)}, headcount={cast.n1: 34})
    hear_customers("2026-Q1", {cast.n1: (5, 5, 10)})
    mine = words_of(browser.sign_in(cast.ewa).get("/"))
    assert "30 of 34 people answered (88%), March 2026" in mine
    looked = words_of(browser.sign_in(cast.hanna).get("/"))
    assert "+13 (n 90), March 2026" in looked


def test_what_could_just_be_told_is_never_nothing(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q2", {cast.n1: (300_000, 400_000, 300_000)})
    hear_customers("2026-Q3", {cast.n1: (300_000, 400_000, 300_000)})
    words = words_of(browser.sign_in(cast.hanna).get(f"/impact/units/{cast.n1.id}?period=2026-Q3"))
    assert "changes of about 0.2 points or more in the customers' score" in words
    answer = caller_for(browser, cast.hanna).get(f"/impact/units/{cast.n1.code}?period=2026-Q3")
    assert answer.json["detectable_change"] == {"team": None, "customers": 0.2}


def test_satisfaction_and_ease_stand_in_the_export_as_on_the_page(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (8, 10, 12)})
    hear_customers("2026-Q3", {cast.n1: (10, 7, 23)}, metric=Metric.CSAT)
    hear_customers("2026-Q3", {cast.n1: (3, 7, 30)}, metric=Metric.CES)
    browser.sign_in(cast.hanna)
    page = words_of(browser.get(f"/impact/units/{cast.n1.id}?period=2026-Q3"))
    assert "58% satisfied (CSAT 4 or 5 of 5) 40 answers, 42% to 71%" in page
    assert "5.4 ease (CES, mean of 1 to 7) 40 answers, 5.0 to 5.7" in page
    header, newest, before, *_ = csv_rows(browser.get(f"/impact/units/{cast.n1.id}/export.csv?period=2026-Q3"))
    assert dict(zip(header, newest, strict=True)).items() >= {
        ("CSAT, percent satisfied", "58"), ("CSAT: answers", "40"), ("CSAT: interval from", "42"),
        ("CSAT: interval to", "71"),
        ("CES, mean", "5.4"), ("CES: answers", "40"), ("CES: interval from", "5.0"), ("CES: interval to", "5.7"),
    }  # fmt: skip
    assert before[-8:] == [""] * 8
