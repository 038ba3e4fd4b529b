"""The customers' page of a unit."""

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.imports.models import DataImport
from tests.voice.files import bring

HEAD = "unit_code,date,metric,score,touchpoint,comment,language\n"
LINES = (
    "N1,2026-01-05,nps,9,Counter,Szybko i miło,pl\n" * 30
    + "N1,2026-04-05,nps,9,Counter,Bardzo dobrze,pl\n" * 20
    + "N1,2026-04-06,nps,3,App,,\nN2,2026-04-07,nps,10,,Świetnie,pl\nS1,2026-04-08,nps,0,App,Nie wrócę,pl\n"
    + "N1,2026-04-06,csat,5,,,\nN1,2026-04-06,csat,2,,,\nN1,2026-04-06,ces,6,,,\n"
)
MEANS = "unit_code,period,metric,mean,n\nN1,2025,csat,4.25,300\n"


def test_it_shows_scores_touchpoints_and_the_latest_words(cast, browser, tmp_path):
    bring(tmp_path, HEAD + LINES)
    bring(tmp_path, MEANS)
    page = browser.sign_in(cast.marek).get(f"/voice/units/{cast.n1.id}")
    assert page.status_code == 200
    for words in ("+90", "n 21", "Q2 2026", "Counter", "Bardzo dobrze", "50%", "4.25 on a scale from 1 to 5"):
        assert words in page.text, words
    assert "Nie wrócę" not in page.text


def test_what_stands_below_a_unit_is_part_of_it(cast, browser, tmp_path):
    bring(tmp_path, HEAD + LINES)
    page = browser.sign_in(cast.leon).get(f"/voice/units/{cast.north.id}")
    assert "n 22" in page.text
    assert "Świetnie" in page.text
    assert "Nie wrócę" not in page.text


def test_what_is_not_visible_yet_is_nowhere(cast, browser, tmp_path):
    bring(tmp_path, HEAD + LINES)
    db.session.execute(sa.update(DataImport).values(visible_at=None))
    page = browser.sign_in(cast.marek).get(f"/voice/units/{cast.n1.id}")
    assert "No customer has been heard here yet" in page.text


@pytest.mark.parametrize("number", [1, 2])
def test_few_answers_make_a_page_too(cast, browser, tmp_path, number):
    metrics = "".join(f"N1,2026-04-06,{metric},3,,,\n" * number for metric in ("nps", "csat", "ces"))
    bring(tmp_path, HEAD + metrics)
    assert browser.sign_in(cast.marek).get(f"/voice/units/{cast.n1.id}").status_code == 200


def test_the_interval_of_a_single_answer_contains_its_score(cast, browser, tmp_path):
    """As on the page of the unit: +100 beside an interval up to +98 would contradict itself."""
    bring(tmp_path, HEAD + "N1,2026-04-06,nps,10,Counter,,\n")
    page = browser.sign_in(cast.marek).get(f"/voice/units/{cast.n1.id}").text
    assert "… +98" not in page
    assert page.count("… +100") == 3  # on the card, of the touchpoint and of the quarter


def test_people_are_led_to_their_own_customers(cast, browser):
    assert browser.sign_in(cast.ewa).get("/voice/").location == f"/voice/units/{cast.n1.id}"
    assert browser.sign_in(cast.leon).get("/voice/").location == f"/voice/units/{cast.company.id}"


def test_a_stranger_does_not_find_it(cast, browser):
    assert browser.sign_in(cast.stranger).get(f"/voice/units/{cast.n1.id}").status_code == 404
    assert browser.sign_in(cast.ewa).get(f"/voice/units/{cast.n2.id}").status_code == 404


def test_it_needs_sign_in(cast, browser):
    assert browser.get(f"/voice/units/{cast.n1.id}").status_code in (302, 303)
