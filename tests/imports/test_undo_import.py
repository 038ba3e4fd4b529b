"""Taking back a whole import: a look first, one button, and who did it stays to be read."""

import re

import pytest
import sqlalchemy as sa

from app.core.audit import AuditEntry, AuditValue
from app.core.jobs import Job, JobState
from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.actions.undoing import give_up_undoing
from app.imports.jobs import check_import, undo_import
from app.imports.models import DataImport, ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.imports.things import bring_things, count_things
from tests.imports.walk import checked, newest

pytestmark = pytest.mark.usefixtures("things")


def brought(browser: Browser, text: str = "code,name\nA1,Alpha\nB2,Beta\n") -> int:
    import_id = checked(browser, text).id
    browser.post(f"/imports/{import_id}/acceptance")
    return import_id


def seen(browser: Browser, import_id: int) -> str:
    found = re.search(r'name="seen" value="(\w+)"', browser.get(f"/imports/{import_id}/undo").text)
    assert found
    return found[1]


def undo(browser: Browser, import_id: int) -> int:
    return browser.post(f"/imports/{import_id}/undo", data={"seen": seen(browser, import_id)}).status_code


def test_it_asks_first_and_says_what_goes(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    assert f"/imports/{import_id}/undo" in browser.get(f"/imports/{import_id}").text
    page = browser.get(f"/imports/{import_id}/undo").text
    assert "Undo this import?" in page
    assert "Answers of customers that go from all pages: 2." in page
    assert count_things() == 2


def test_the_whole_import_goes_and_the_list_says_who_did_it(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    assert undo(browser, import_id) == 302
    assert (count_things(), newest().status, newest().visible_at) == (0, ImportStatus.UNDONE, None)
    for page in (browser.get("/imports/").text, browser.get(f"/imports/{import_id}").text):
        assert "Undone on " in page
        assert f" by {cast.celina.name}." in page
    (entry,) = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "import.undone"))
    assert (entry.actor_id, entry.subject_id) == (cast.celina.id, import_id)


def test_pressed_twice_it_is_done_once(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    before = {"seen": seen(browser, import_id)}
    answers = [browser.post(f"/imports/{import_id}/undo", data=before).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert browser.get(f"/imports/{import_id}/undo").status_code == 409
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.action == "import.undone")) == 1


def test_a_look_that_has_aged_undoes_nothing(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    for sent in ({"seen": "other"}, {}):
        answer = browser.post(f"/imports/{import_id}/undo", data=sent)
        assert answer.status_code == 409
        assert "look again" in answer.text
    assert count_things() == 2
    assert newest().visible_at is not None


def test_the_same_file_can_be_brought_again(browser: Browser, cast: Cast) -> None:
    bring_things(browser.app, once=True)
    import_id = brought(browser.sign_in(cast.celina))
    undo(browser, import_id)
    brought(browser)
    assert (count_things(), newest().status) == (2, ImportStatus.DONE)


def test_a_file_that_was_only_checked_is_checked_again(browser: Browser, cast: Cast) -> None:
    """It found its rows there, and they have gone: its page says so, and an open page of it does nothing more."""
    bring_things(browser.app, once=False)
    import_id = brought(browser.sign_in(cast.celina))
    beside = checked(browser, "code,name\nA1,Alpha\nB2,Beta\nC3,Gamma\n")
    assert (beside.new_count, beside.unchanged_count) == (1, 2)
    page_showed = {"seen": beside.shown}
    undo(browser, import_id)
    db.session.expire_all()
    assert beside.status is ImportStatus.CHECKING
    job = db.session.scalars(sa.select(Job).order_by(Job.id.desc())).first()
    assert job
    assert (job.name, job.ids, job.state) == ("imports.check", {"import_id": beside.id}, JobState.WAITING)
    check_import(beside.id)
    db.session.commit()
    assert (beside.status, beside.new_count, beside.unchanged_count) == (ImportStatus.CHECKED, 3, 0)
    assert browser.post(f"/imports/{beside.id}/acceptance", data=page_showed).status_code == 409
    assert count_things() == 0


def test_what_was_never_done_cannot_be_undone(browser: Browser, cast: Cast) -> None:
    import_id = checked(browser.sign_in(cast.celina)).id
    assert browser.get(f"/imports/{import_id}/undo").status_code == 409
    assert browser.post(f"/imports/{import_id}/undo").status_code == 409
    assert newest().status is ImportStatus.CHECKED


def test_a_kind_without_a_way_back_says_so(browser: Browser, cast: Cast) -> None:
    bring_things(browser.app, undoing=None)
    import_id = brought(browser.sign_in(cast.celina))
    assert "/undo" not in browser.get(f"/imports/{import_id}").text
    answer = browser.get(f"/imports/{import_id}/undo")
    assert (answer.status_code, "cannot be undone" in answer.text) == (409, True)


def test_not_while_another_of_its_kind_is_written(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    look = {"seen": seen(browser, import_id)}
    other = checked(browser, "code,name\nC,c\n").id
    db.session.execute(sa.update(DataImport).where(DataImport.id == other).values(status=ImportStatus.LOADING))
    answer = browser.post(f"/imports/{import_id}/undo", data=look)
    assert (answer.status_code, count_things()) == (409, 2)
    assert db.session.get_one(DataImport, import_id).visible_at is not None


def test_a_large_one_is_hidden_at_once_and_taken_away_by_the_worker(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    monkeypatch.setattr("app.imports.views.progress.SMALL_FILE", 10)
    undo(browser, import_id)
    assert (count_things(), newest().status, newest().visible_at) == (2, ImportStatus.UNDOING, None)
    job = db.session.scalars(sa.select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    assert (job.name, job.state) == ("imports.undo", JobState.WAITING)
    assert "The import is being undone." in browser.get(f"/imports/{import_id}").text


def test_an_undo_that_is_given_up_is_gone_on_with(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    monkeypatch.setattr("app.imports.views.progress.SMALL_FILE", 10)
    undo(browser, import_id)
    give_up_undoing(import_id)
    db.session.commit()
    page = browser.get(f"/imports/{import_id}").text
    assert "The undo stopped half-way" in page
    assert browser.post(f"/imports/{import_id}/undo").status_code == 302
    undo_import(import_id)
    db.session.commit()
    assert (count_things(), newest().status) == (0, ImportStatus.UNDONE)


def test_later_imports_that_found_rows_there_are_named(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    brought(browser, "code,name\nA1,Alpha\nC3,New\n")
    assert "1 later import found rows there already." in browser.get(f"/imports/{import_id}/undo").text


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_find_nothing_and_nothing_goes(browser: Browser, cast: Cast, method: str) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    south = make_account("south@example.org")
    make_grant(south, Role.CX_LEAD, cast.south)
    for person, status in ((cast.hanna, 404), (south, 404), (cast.ewa, 403)):
        browser.sign_in(person)
        assert getattr(browser, method)(f"/imports/{import_id}/undo").status_code == status
    assert (count_things(), newest().status) == (2, ImportStatus.DONE)


def test_who_may_no_longer_bring_the_kind_cannot_undo(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    bring_things(browser.app, permission=Permission.UNIT_IMPORT)
    assert "/undo" not in browser.get(f"/imports/{import_id}").text
    assert browser.post(f"/imports/{import_id}/undo").status_code == 404


def test_the_name_of_the_file_is_only_a_name(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    hostile = "<script>alert(1)</script>\u202e%(when)s{{7*7}}.csv"
    db.session.execute(sa.update(DataImport).values(file_name=hostile))
    page = browser.get(f"/imports/{import_id}/undo").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert undo(browser, import_id) == 302
    assert "<script>alert" not in browser.get(f"/imports/{import_id}").text


def test_how_much_was_undone_stands_in_the_log(browser: Browser, cast: Cast) -> None:
    import_id = brought(browser.sign_in(cast.celina))
    undo(browser, import_id)
    told = sa.select(AuditValue.field, AuditValue.after).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    rows = db.session.execute(told.where(AuditEntry.action == "import.undone")).all()
    facts = {field: after for field, after in rows}
    assert facts == {"kind": "things", "undone": "2", "left": "0"}
