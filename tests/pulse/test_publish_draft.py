"""The button that publishes for ever."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core import company_time, settings, uploads
from app.core.jobs import Job
from app.core.permissions import Role
from app.extensions import db
from app.imports.queries import refusals_of
from app.pulse.jobs import forget_published_file
from app.pulse.models import DraftSet, DraftTally
from app.results.models import ResultSet
from tests.factories import make_account, make_grant
from tests.pulse.files import HEADER, answers, as_shown, bring
from tests.results.door import figures_in

FILE = HEADER + answers("N1", "9 9 10 8 3 9 10 10") + answers("S1", "7 7 10 10 10 3 1")


GONE = "That draft is no longer here"


def draft_id() -> int:
    return db.session.scalars(sa.select(DraftSet.id)).one()


def rows(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_it_publishes_with_the_threshold_of_the_day_and_destroys_the_draft(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    settings.set_company("reporting_threshold", 8, actor_id=None)
    answer = browser.sign_in(cast.hanna).post(f"/pulse/drafts/{draft_id()}/publication", data=as_shown(draft_id()))
    assert answer.status_code == 302
    published = db.session.scalars(sa.select(ResultSet)).one()
    assert (published.threshold, published.published_by_id) == (8, cast.hanna.id)
    assert (rows(DraftSet), rows(DraftTally)) == (0, 0)
    shown = figures_in(published)
    assert shown[cast.company.id].n == 15
    assert shown[cast.s1.id].is_hidden


def test_a_draft_that_could_show_nothing_is_refused_and_stays(cast, browser, tmp_path):
    bring(tmp_path, HEADER + answers("N1", "9 9 10"))
    answer = browser.sign_in(cast.hanna).post(f"/pulse/drafts/{draft_id()}/publication", data=as_shown(draft_id()))
    assert answer.status_code == 409
    assert (rows(DraftSet), rows(ResultSet)) == (1, 0)


def test_doing_it_twice_says_the_second_time_that_nothing_was_done(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    address = f"/pulse/drafts/{draft_id()}/publication"
    hanna, data = browser.sign_in(cast.hanna), as_shown(draft_id())
    assert [hanna.post(address, data=data).location for _ in range(2)] == ["/pulse/sets", "/pulse/drafts"]
    assert GONE in hanna.get("/pulse/drafts").text
    assert rows(ResultSet) == 1


def test_the_button_sends_what_the_page_shows(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    page = browser.sign_in(cast.hanna).get(f"/pulse/drafts/{draft_id()}").text
    assert f'name="seen" value="{as_shown(draft_id())["seen"]}"' in page


def test_a_page_that_was_left_open_publishes_what_it_showed_or_nothing(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    address, data = f"/pulse/drafts/{draft_id()}/publication", as_shown(draft_id())
    hanna = browser.sign_in(cast.hanna)
    settings.set_company("reporting_threshold", 8, actor_id=None)
    for sent in (data, {}):
        answer = hanna.post(address, data=sent)
        assert answer.status_code == 409
        assert "the draft is still there" in answer.text
    assert (rows(DraftSet), rows(ResultSet)) == (1, 0)
    assert hanna.post(address, data=as_shown(draft_id())).status_code == 302


@pytest.mark.parametrize(("ends", "warned"), [(0, True), (1, True), (-1, False)])
def test_a_period_that_has_not_ended_is_said_to_be_running(cast, browser, tmp_path, monkeypatch, ends, warned):
    bring(tmp_path, FILE)
    today = date(2026, 3, 31) - timedelta(days=ends)
    monkeypatch.setattr(company_time, "today", lambda: today)
    page = browser.sign_in(cast.hanna).get(f"/pulse/drafts/{draft_id()}").text
    assert ("This period runs until 31 Mar 2026." in page) is warned


def test_the_number_of_a_draft_is_never_another_ones(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    address, data = f"/pulse/drafts/{draft_id()}/publication", as_shown(draft_id())
    hanna = browser.sign_in(cast.hanna)
    assert hanna.post(f"/pulse/drafts/{draft_id()}/removal").status_code == 302
    bring(tmp_path, FILE.replace("2026-Q1", "2025-Q4"))
    assert hanna.post(address, data=data).location == "/pulse/drafts"
    assert GONE in hanna.get("/pulse/drafts").text
    assert rows(ResultSet) == 0


def test_a_stranger_does_not_find_it(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    assert (
        browser.sign_in(nora).post(f"/pulse/drafts/{draft_id()}/publication", data=as_shown(draft_id())).status_code
        == 404
    )
    assert rows(ResultSet) == 0


def test_it_needs_the_role(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    for person in (cast.ewa, cast.marek, cast.leon, cast.celina):
        assert (
            browser.sign_in(person)
            .post(f"/pulse/drafts/{draft_id()}/publication", data=as_shown(draft_id()))
            .status_code
            == 403
        )


def test_the_file_with_the_answers_goes_once_all_of_it_is_published(cast, browser, tmp_path):
    done = bring(tmp_path, FILE + answers("N1", "9 9 9 9 9 9 9", period="2026-Q2"))
    first, second = db.session.scalars(sa.select(DraftSet.id).order_by(DraftSet.id)).all()
    hanna = browser.sign_in(cast.hanna)
    hanna.post(f"/pulse/drafts/{first}/publication", data=as_shown(first))
    assert uploads.path_of(done.digest).exists()
    hanna.post(f"/pulse/drafts/{second}/publication", data=as_shown(second))
    jobs = db.session.scalars(sa.select(Job).where(Job.name == "pulse.forget_file")).all()
    assert [job.ids for job in jobs] == [{"import_id": done.id}]
    forget_published_file(**jobs[0].ids)
    assert not uploads.path_of(done.digest).exists()


def test_removing_a_draft_destroys_it_unseen(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    hanna = browser.sign_in(cast.hanna)
    address = f"/pulse/drafts/{draft_id()}/removal"
    assert [hanna.post(address).location for _ in range(2)] == ["/pulse/drafts", "/pulse/drafts"]
    assert GONE in hanna.get("/pulse/drafts").text
    assert (rows(DraftSet), rows(DraftTally), rows(ResultSet)) == (0, 0, 0)


def test_removing_needs_the_role(cast, browser, tmp_path):
    bring(tmp_path, FILE)
    assert browser.sign_in(cast.marek).post(f"/pulse/drafts/{draft_id()}/removal").status_code == 403
    assert rows(DraftSet) == 1


def test_the_file_of_a_draft_that_another_replaced_goes_too(cast, tmp_path):
    first = bring(tmp_path, FILE)
    second = bring(tmp_path, FILE.replace("N1,2026-Q1,8", "N1,2026-Q1,1"))
    waiting = sa.select(Job.ids).where(Job.name == "pulse.forget_file")
    assert db.session.scalars(waiting).all() == [{"import_id": first.id}]
    forget_published_file(first.id)
    assert not uploads.path_of(first.digest).exists()
    assert uploads.path_of(second.digest).exists()


def test_what_stood_in_refused_rows_goes_with_the_file(cast, browser, tmp_path):
    done = bring(tmp_path, FILE + "N1,2026-Q1,11\n")
    assert [each.value for each in db.session.scalars(refusals_of(done))] == ["11"]
    browser.sign_in(cast.hanna).post(f"/pulse/drafts/{draft_id()}/publication", data=as_shown(draft_id()))
    forget_published_file(done.id)
    assert [(each.line, each.value) for each in db.session.scalars(refusals_of(done))] == [(17, "")]


def test_the_file_of_an_import_that_changed_nothing_goes_at_once(cast, tmp_path):
    first = bring(tmp_path, FILE)
    again = bring(tmp_path, FILE)
    assert (again.unchanged_count, again.digest) == (15, first.digest)
    forget_published_file(again.id)
    assert uploads.path_of(first.digest).exists()  # the same file, and the first still waits
    other = bring(tmp_path, FILE.replace("2026-Q1,8", "2026-Q1, 8"))
    forget_published_file(other.id)
    assert not uploads.path_of(other.digest).exists()
