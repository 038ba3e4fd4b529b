"""Drafts: listed and looked at without a score in sight."""

import sqlalchemy as sa

from app.core.permissions import Role
from app.extensions import db
from app.pulse.models import DraftSet
from tests.factories import make_account, make_grant, make_unit
from tests.pulse.files import HEADER, answers, bring

FILE = HEADER + answers("N1", "9 9 10 8 3 9 10") + answers("N2", "1 2") + answers("S1", "7 7 10 10 10 3")


def draft_id() -> int:
    return db.session.scalars(sa.select(DraftSet.id)).one()


def test_a_draft_is_listed_with_what_it_will_show_and_hide(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    page = browser.sign_in(cast.hanna).get("/pulse/drafts")
    assert page.status_code == 200
    assert "eNPS, Q1 2026" in page.text
    assert "results.csv" in page.text
    assert ">15<" in page.text
    assert '<th scope="col">Source</th><th scope="col" class="cell-number">Answers</th>' in page.text


def test_the_draft_names_hidden_units_without_any_number_of_theirs(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    page = browser.sign_in(cast.hanna).get(f"/pulse/drafts/{draft_id()}")
    assert page.status_code == 200
    assert "hidden to protect people" in page.text
    assert "Unit N2" in page.text
    assert "Publish for ever" in page.text


def test_too_few_answers_are_not_counted_aloud(cast, browser, tmp_path):
    bring(tmp_path, HEADER + answers("N1", "9 9 10"))
    hanna = browser.sign_in(cast.hanna)
    assert "too few to show" in hanna.get("/pulse/drafts").text
    page = hanna.get(f"/pulse/drafts/{draft_id()}")
    assert "too few to show" in page.text
    assert "Publish for ever" not in page.text


def test_the_list_says_what_will_be_here(cast, browser):
    assert "No draft waits" in browser.sign_in(cast.hanna).get("/pulse/drafts").text


def test_many_drafts_cost_no_more_queries(cast, browser, tmp_path):
    bring(
        tmp_path,
        HEADER + "".join(answers("N1", "9 9 10 8 3 9 10", period=f"202{y}-Q{q}") for y in "0123" for q in "1234"),
    )
    assert browser.sign_in(cast.hanna).get("/pulse/drafts").status_code == 200


def test_a_draft_is_not_found_by_who_may_publish_only_for_a_part(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    assert browser.sign_in(nora).get(f"/pulse/drafts/{draft_id()}").status_code == 404


def test_it_needs_the_role(cast, browser):
    assert browser.sign_in(cast.marek).get("/pulse/drafts").status_code == 403


def test_it_needs_sign_in(cast, browser):
    assert browser.get("/pulse/drafts").status_code in (302, 303)


def test_how_many_answered_is_said_of_no_small_tree_beside_the_first(cast, browser, tmp_path):
    """The total of both, less what is published of the first, would be the number of the second."""
    make_unit("ALONE")
    bring(tmp_path, FILE + answers("ALONE", "9 3"))
    page = browser.sign_in(cast.hanna).get("/pulse/drafts").text
    assert ">15<" in page
    assert ">17<" not in page
    assert "17" not in facts_of(browser.get(f"/pulse/drafts/{draft_id()}").text)


def facts_of(page):
    return page[page.index("Answers") : page.index("How answers are counted")]
