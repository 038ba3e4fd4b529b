"""The start page: what asks for me, how my unit is doing, and the first steps of a company."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.permissions import Role
from app.extensions import db
from app.home.wording.start import start_page
from app.impact.queries.glance import MOST_UNITS
from app.imports.models import ImportStatus
from app.people.models import Assignment
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant, make_unit
from tests.impact.heard import hear_comment, hear_customers, make_import, publish_enps
from tests.impact.pages import words_of


def tell(cast: Cast) -> None:
    for period, team, customers in (("2026-Q2", (8, 10, 12), (60, 60, 80)), ("2026-Q3", (3, 8, 19), (70, 80, 238))):
        publish_enps(period, {cast.n1: team, cast.n2: (5, 10, 15), cast.s1: (9, 9, 9)}, headcount={cast.n1: 34})
        hear_customers(period, {cast.n1: customers, cast.n2: (10, 10, 20)})


def test_my_unit_stands_there_with_both_voices(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.ewa).get("/")
    words = words_of(page)
    assert page.status_code == 200
    assert "Your unit: Unit N1" in words
    assert "+53 not clearly changed 30 of 34 people answered (88%)" in words
    assert "+43 up 33 388 answers in the quarter" in words
    assert f"/impact/units/{cast.n1.id}" in page.text
    assert "Unit N2" not in words


def test_nothing_to_do_is_a_good_state(browser: Browser, cast: Cast) -> None:
    assert "Nothing asks for you" in words_of(browser.sign_in(cast.ewa).get("/"))


def test_a_happy_customer_is_quoted(browser: Browser, cast: Cast) -> None:
    hear_comment(cast.n1, date(2026, 9, 1), "Earlier praise")
    hear_comment(cast.n1, date(2026, 10, 2), "Pani Ewa <3")
    hear_comment(cast.n1, date(2026, 10, 9), "Grumbling", score=2)
    hear_comment(cast.n1, date(2026, 10, 9), "Not yet accepted", is_visible=False)
    hear_comment(cast.s1, date(2026, 10, 9), "Said elsewhere")
    words = words_of(browser.sign_in(cast.ewa).get("/"))
    assert "Pani Ewa <3" in words
    assert "NPS 10 ·" in words
    for other in ("Earlier praise", "Grumbling", "Not yet accepted", "Said elsewhere"):
        assert other not in words


def test_who_looks_after_units_sees_them_by_name(browser: Browser, cast: Cast) -> None:
    tell(cast)
    words = words_of(browser.sign_in(cast.hanna).get("/"))
    assert "Units you look after" in words
    assert words.index("Unit NORTH") < words.index("Unit SOUTH")
    assert "(n 60)" in words


def test_my_unit_stands_there_beside_any_number_of_others(browser: Browser, cast: Cast) -> None:
    for number in range(MOST_UNITS + 1):
        make_unit(f"M{number}", cast.north)
    mine = make_unit("MINE", cast.south)
    works = db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == cast.marek.employee_id)).one()
    works.unit_id = mine.id
    make_grant(cast.marek, Role.MANAGER, cast.north)
    assert "Your unit: Unit MINE" in words_of(browser.sign_in(cast.marek).get("/"))


def test_a_hidden_score_stays_hidden(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (0, 1, 3), cast.n2: (5, 10, 15), cast.north: (2, 3, 4)})
    page = browser.sign_in(cast.ewa).get("/")
    assert "hidden to protect people" in words_of(page)
    assert "+75" not in page.text


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Good morning, Ewa"), (10, "Good morning, Ewa"), (11, "Good afternoon, Ewa"), (17, "Good evening, Ewa")],
)
def test_the_greeting_knows_the_companys_hour(cast: Cast, app: Flask, hour: int, words: str) -> None:
    cast.ewa.name = "Ewa Zielińska"
    assert cast.ewa.employee is not None
    cast.ewa.employee.name = "Ewa Zielińska"
    with app.test_request_context("/"):
        page = start_page(cast.ewa, datetime(2026, 11, 22, hour, 30, tzinfo=UTC))
    assert page.greeting == words
    assert page.day == "Sunday, 22 November · Unit N1"


def test_an_unfinished_import_asks_whoever_brought_it(browser: Browser, cast: Cast) -> None:
    mine = make_import(is_visible=False)
    mine.status, mine.created_by_id = ImportStatus.CHECKED, cast.celina.id
    db.session.flush()
    words = words_of(browser.sign_in(cast.celina).get("/"))
    assert "An import is not finished" in words
    assert "1 file waits for you" in words
    assert "An import is not finished" not in words_of(browser.sign_in(cast.hanna).get("/"))


def test_the_administrator_has_first_steps_until_they_are_done(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    words = words_of(browser.get("/"))
    assert "First steps" in words
    assert "6 units so far" in words
    assert "7 people so far" in words
    assert "0 answers so far" in words
    assert "0 results published" in words
    hear_customers("2026-Q3", {cast.n1: (70, 80, 238)})
    assert "388 answers so far" in words_of(browser.get("/"))
    publish_enps("2026-Q3", {cast.n1: (3, 8, 19)})
    assert "First steps" not in words_of(browser.get("/"))


def test_first_steps_are_the_administrators(browser: Browser, cast: Cast) -> None:
    assert "First steps" not in words_of(browser.sign_in(cast.hanna).get("/"))


def test_somebody_who_works_nowhere_is_greeted_too(browser: Browser, cast: Cast) -> None:
    words = words_of(browser.sign_in(make_account("guest@example.org", name="Gość Testowy")).get("/"))
    assert "Gość" in words
    assert "Your unit" not in words


def test_a_stranger_is_asked_to_sign_in(browser: Browser, cast: Cast) -> None:
    answer = browser.get("/")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_an_empty_installation_begins(browser: Browser, database: None) -> None:
    answer = browser.get("/")
    assert answer.status_code == 302
    assert answer.location.endswith("/first-run")


def test_the_page_asks_few_questions_of_the_database(browser: Browser, cast: Cast) -> None:
    tell(cast)
    for person in cast.everybody().values():
        browser.sign_in(person).get("/")
        assert len(browser.queries) <= 12
