"""Published sets: listed, and withdrawn whole."""

import sqlalchemy as sa

from app.core.permissions import Role
from app.extensions import db
from app.results.models import ResultFigure, ResultSet, SetStatus
from tests.factories import make_account, make_grant
from tests.results.door import answers_of, publish_now


def test_sets_are_listed_with_their_threshold(cast, browser):
    publish_now(answers_of({cast.n1: (3, 8, 19)}), threshold=7)
    page = browser.sign_in(cast.hanna).get("/pulse/sets")
    assert page.status_code == 200
    assert "eNPS, Q1 2026" in page.text
    assert "Withdraw for ever" in page.text
    assert '<th scope="col">Published</th><th scope="col" class="cell-number">Reporting threshold</th>' in page.text


def test_withdrawing_takes_every_figure_away_once(cast, browser):
    published = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    hanna = browser.sign_in(cast.hanna)
    address = f"/pulse/sets/{published.id}/withdrawal"
    assert [hanna.post(address).status_code for _ in range(2)] == [302, 409]
    assert db.session.scalars(sa.select(ResultSet.status)).one() is SetStatus.WITHDRAWN
    assert db.session.scalar(sa.select(sa.func.count(ResultFigure.id))) == 0
    assert "withdrawn on" in hanna.get("/pulse/sets").text


def test_a_stranger_does_not_find_it(cast, browser):
    published = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    assert browser.sign_in(nora).post(f"/pulse/sets/{published.id}/withdrawal").status_code == 404


def test_it_needs_the_role(cast, browser):
    published = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    for person in (cast.ewa, cast.marek, cast.leon):
        assert browser.sign_in(person).post(f"/pulse/sets/{published.id}/withdrawal").status_code == 403
    assert browser.sign_in(cast.ewa).get("/pulse/sets").status_code == 403


def test_the_list_says_what_will_be_here(cast, browser):
    assert "Nothing is published yet" in browser.sign_in(cast.hanna).get("/pulse/sets").text
