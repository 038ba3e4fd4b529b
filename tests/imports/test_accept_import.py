"""From the dry run to the end."""

import re

import pytest
import sqlalchemy as sa

from app.core.audit import ACTING_FOR, AuditEntry, AuditValue
from app.core.jobs import Job, JobState
from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus
from app.people.models import Grant
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_deputy, make_grant
from tests.imports.things import bring_things, count_things
from tests.imports.walk import checked, choices, newest

pytestmark = pytest.mark.usefixtures("things")


def test_the_dry_run_says_what_it_found_and_writes_nothing(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{import_.id}").text
    assert "2 rows can be imported, 1 is refused." in page
    assert "Import 2 rows" in page
    assert "There is no sheet “X3”" in page
    assert count_things() == 0


def test_accepting_writes_the_good_rows(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    answer = browser.post(f"/imports/{import_.id}/acceptance")
    assert answer.location == f"/imports/{import_.id}"
    import_ = newest()
    assert (import_.status, import_.loaded_count, import_.accepted_by_id) == (ImportStatus.DONE, 2, cast.celina.id)
    assert import_.visible_at is not None
    assert count_things() == 2
    page = browser.get(f"/imports/{import_.id}").text
    assert "2 rows were added." in page
    assert db.session.scalar(sa.select(AuditEntry.actor_id).where(AuditEntry.action == "import.accepted"))


def test_a_deputy_acts_by_the_right_of_its_kind(browser: Browser, cast: Cast) -> None:
    """Hanna may use the pages of imports herself; this kind she brings in Celina's place."""
    make_deputy(db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.celina.id)).one(), cast.hanna)
    first = checked(browser.sign_in(cast.hanna)).id
    browser.post(f"/imports/{first}/acceptance")
    second = checked(browser).id
    browser.post(f"/imports/{second}/removal")
    told = sa.select(AuditEntry.action, AuditValue.after).join(AuditValue, AuditValue.entry_id == AuditEntry.id)
    for_celina = sa.select(told.where(AuditValue.field == ACTING_FOR).subquery())
    assert db.session.execute(for_celina).all() == [
        ("import.accepted", str(cast.celina.id)),
        ("import.set_aside", str(cast.celina.id)),
    ]


def test_a_page_that_was_left_open_accepts_what_it_showed_or_nothing(browser: Browser, cast: Cast) -> None:
    """Read in another way meanwhile, from another window or by a colleague, its rows are others."""
    import_ = checked(browser.sign_in(cast.celina))
    (seen,) = re.findall(r'name="seen" value="(\w+)"', browser.get(f"/imports/{import_.id}").text)
    browser.post(f"/imports/{import_.id}/mapping", data=choices(column_name="code"))
    answer = browser.post(f"/imports/{import_.id}/acceptance", data={"seen": seen})
    assert answer.status_code == 409
    assert "checked again since you looked" in answer.text
    assert count_things() == 0
    (seen,) = re.findall(r'name="seen" value="(\w+)"', browser.get(f"/imports/{import_.id}").text)
    assert browser.post(f"/imports/{import_.id}/acceptance", data={"seen": seen}).status_code == 302
    assert count_things() == 2


def test_accepting_twice_imports_once(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    browser.post(f"/imports/{import_.id}/acceptance")
    answer = browser.post(f"/imports/{import_.id}/acceptance")
    assert answer.status_code == 409
    assert count_things() == 2


def test_two_of_a_kind_are_not_written_at_once(browser: Browser, cast: Cast) -> None:
    first = checked(browser.sign_in(cast.celina)).id
    second = checked(browser, "code,name\nC,c\n").id
    db.session.execute(sa.update(DataImport).where(DataImport.id == first).values(status=ImportStatus.LOADING))
    answer = browser.post(f"/imports/{second}/acceptance")
    assert answer.status_code == 409
    assert "Another import of this kind is being written." in answer.text
    assert db.session.get_one(DataImport, second).status is ImportStatus.CHECKED
    assert count_things() == 0


def test_a_file_that_was_imported_before_is_said_to_be(browser: Browser, cast: Cast) -> None:
    first = checked(browser.sign_in(cast.celina)).id
    browser.post(f"/imports/{first}/acceptance")
    second = checked(browser).id
    page = browser.get(f"/imports/{second}").text
    assert "This very file was imported before" in page
    assert "Nothing changes: every row that can be imported is already there." in page
    assert "2 rows are already here, 1 is refused." in page
    assert "can be imported," not in page


def test_what_is_here_already_is_not_said_to_come_in(browser: Browser, cast: Cast) -> None:
    rows = "code,name\nA,a\nB,b\n"
    first = checked(browser.sign_in(cast.celina), rows).id
    assert "All 2 rows can be imported." in browser.get(f"/imports/{first}").text
    browser.post(f"/imports/{first}/acceptance")
    page = browser.get(f"/imports/{checked(browser, rows).id}").text
    assert "All 2 rows are already here." in page
    assert "can be imported." not in page


def test_what_would_count_twice_is_refused(browser: Browser, cast: Cast) -> None:
    bring_things(browser.app, once=True)
    first = checked(browser.sign_in(cast.celina)).id
    browser.post(f"/imports/{first}/acceptance")
    assert browser.post(f"/imports/{checked(browser).id}/acceptance").status_code == 409


def test_a_large_file_goes_to_the_worker_and_the_page_says_how_far_it_is(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.views.progress.SMALL_FILE", 10)
    import_ = checked(browser.sign_in(cast.celina))
    assert import_.status is ImportStatus.CHECKING
    job = db.session.scalars(sa.select(Job)).one()
    assert (job.name, job.ids, job.state) == ("imports.check", {"import_id": import_.id}, JobState.WAITING)
    page = browser.get(f"/imports/{import_.id}").text
    assert "0 rows checked so far." in page
    assert "is not running at the moment" in page
    assert browser.get(f"/imports/{import_.id}/progress").status_code == 200


def test_progress_ends_by_asking_for_the_whole_page(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    answer = browser.get(f"/imports/{import_.id}/progress", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/imports/{import_.id}")
    assert browser.get(f"/imports/{import_.id}/progress").location == f"/imports/{import_.id}"


def test_refused_rows_can_be_downloaded_and_start_no_formula(browser: Browser, cast: Cast) -> None:
    text = 'code,name\nA,a\nX=1,"=HYPERLINK(1)"\n'
    import_ = checked(browser.sign_in(cast.celina), text)
    answer = browser.get(f"/imports/{import_.id}/refusals")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines[0] == "line,column,value,reason"
    assert lines[1].startswith("3,Code,X=1,")


def test_an_import_can_be_set_aside_before_it_is_accepted(browser: Browser, cast: Cast) -> None:
    import_id = checked(browser.sign_in(cast.celina)).id
    assert browser.post(f"/imports/{import_id}/removal").location == "/imports/"
    assert newest() is None
    assert not db.session.scalars(sa.select(ImportRefusal)).all()
    assert browser.post(f"/imports/{import_id}/removal").status_code == 404


def test_what_was_written_cannot_be_set_aside(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    browser.post(f"/imports/{import_.id}/acceptance")
    assert browser.post(f"/imports/{import_.id}/removal").status_code == 409
    assert count_things() == 2


def test_a_file_of_bad_rows_offers_nothing_to_accept(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina), "code,name\nX1,a\nX2,b\n")
    page = browser.get(f"/imports/{import_.id}").text
    assert "All 2 rows are refused." in page
    assert "/acceptance" not in page


def test_a_file_that_breaks_off_says_where(browser: Browser, cast: Cast) -> None:
    rows = "".join(f"T{number},x\n" for number in range(30_000))
    import_ = checked(browser.sign_in(cast.celina), f'code,name\n{rows}B,"open\n')
    assert import_.status is ImportStatus.FAILED
    page = browser.get(f"/imports/{import_.id}").text
    assert "a quotation mark is opened and never closed" in page
    assert "/acceptance" not in page


@pytest.mark.parametrize("path", ["", "/refusals", "/progress", "/acceptance", "/removal"])
def test_strangers_find_nothing_and_nothing_changes(browser: Browser, cast: Cast, path: str) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    ask = browser.post if path in ("/acceptance", "/removal") else browser.get
    browser.sign_in(cast.hanna)
    assert ask(f"/imports/{import_.id}{path}").status_code == 404
    browser.sign_in(cast.ewa)
    assert ask(f"/imports/{import_.id}{path}").status_code == 403
    assert newest().status is ImportStatus.CHECKED


def test_who_holds_the_kind_on_a_part_only_sees_their_own(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    other = make_account("south@example.org")
    make_grant(other, Role.CX_LEAD, cast.south)
    assert browser.sign_in(other).get(f"/imports/{import_.id}").status_code == 404
    assert browser.post(f"/imports/{import_.id}/acceptance").status_code == 404
    own = checked(browser)
    assert browser.post(f"/imports/{own.id}/acceptance").status_code == 302


def test_who_may_no_longer_bring_the_kind_cannot_accept(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina))
    bring_things(browser.app, permission=Permission.UNIT_IMPORT)
    assert browser.get(f"/imports/{import_.id}").status_code == 200
    assert browser.post(f"/imports/{import_.id}/acceptance").status_code == 404
    assert count_things() == 0
