"""The pages on which somebody says which unit a file means."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.jobs import Job, JobState, run, run_now
from app.core.permissions import Role
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport, ImportStatus, WaitingName, WaitingRow
from app.people.actions.unit_aliases import Meaning, decide
from app.people.models import UnitAlias
from app.voice.models import Feedback
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.voice.files import HEADER, bring, rows

FILE = "n-1,2026-01-05,nps,9\nn-1,2026-01-06,nps,3\nNowhere,2026-01-06,nps,4\nS1,2026-01-06,nps,5\n"
LIST = "/imports/unmatched-units"


@pytest.fixture
def import_(cast: Cast, tmp_path: Path) -> DataImport:
    """N1 is written otherwise, and nobody knows Nowhere."""
    return bring(tmp_path, HEADER + FILE, actor_id=cast.celina.id)


def name(code: str) -> WaitingName:
    return db.session.scalars(sa.select(WaitingName).where(WaitingName.code == code)).one()


def first_named(code: str) -> WaitingName:
    found = sa.select(WaitingName).where(WaitingName.code == code).order_by(WaitingName.id).limit(1)
    return db.session.scalars(found).one()


def aliases() -> list[tuple[str, int | None]]:
    return [(each.code, each.unit_id) for each in db.session.scalars(sa.select(UnitAlias).order_by(UnitAlias.id))]


def test_the_list_tells_what_waits_and_what_is_probably_meant(
    browser: Browser, cast: Cast, import_: DataImport
) -> None:
    page = browser.sign_in(cast.celina).get(LIST)
    first, second = (page.text.split('<th scope="row">')[place] for place in (1, 2))
    assert all(words in first for words in ("n-1", "Unit N1 (N1)", " checked"))
    assert "differs only in case, spaces, hyphens or accents" in first
    assert all(words in second for words in ("Nowhere", "No unit is like it."))
    assert "3 rows wait for a unit: 2 unknown units." in browser.get("/imports/").text
    assert "done; 3 rows wait for a unit" in browser.get("/imports/").text
    assert "Nowhere" not in browser.get(f"{LIST}?q=n-1").text
    assert "No such words wait" in browser.get(f"{LIST}?q=zzz").text


def test_where_nothing_can_be_ticked_no_button_offers_it(browser: Browser, cast: Cast, import_: DataImport) -> None:
    assert "Decide as ticked" in browser.sign_in(cast.celina).get(LIST).text
    page = browser.get(f"{LIST}?q=nowhere").text
    assert "No unit is like it." in page
    assert "ticked" not in page


def test_rows_of_a_file_that_was_brought_twice_are_counted_once(
    browser: Browser, cast: Cast, import_: DataImport, tmp_path: Path
) -> None:
    bring(tmp_path, HEADER + FILE, actor_id=cast.celina.id)
    bring(tmp_path, HEADER + "n-1,2026-02-05,nps,9\n", actor_id=cast.celina.id)
    page = browser.sign_in(cast.celina).get(LIST)
    counted = [part.split('class="cell-number">')[1].split("<")[0] for part in page.text.split('<th scope="row">')[1:]]
    assert counted == ["3", "1"]
    assert "4 rows wait for a unit: 2 unknown units." in browser.get("/imports/").text
    browser.post(f"{LIST}/decisions", data={"take": [f"{first_named('n-1').id}:{cast.n1.id}"]})
    assert rows(Feedback) == 1 + 3


def test_what_is_ticked_is_decided_and_comes_in(browser: Browser, cast: Cast, import_: DataImport) -> None:
    browser.sign_in(cast.celina)
    answer = browser.post(f"{LIST}/decisions", data={"take": [f"{name('n-1').id}:{cast.n1.id}"]})
    assert answer.location == LIST
    assert "1 name is decided." in browser.get(LIST).text
    assert aliases() == [("n-1", cast.n1.id)]
    assert db.session.scalars(sa.select(Feedback.unit_id).where(Feedback.score == 3)).all() == [cast.n1.id]
    assert "1 row waits for a unit: 1 unknown unit." in browser.get(f"/imports/{import_.id}").text


@pytest.mark.parametrize("is_in", [False, True])
def test_one_that_somebody_else_has_decided_holds_up_no_other(
    browser: Browser, cast: Cast, import_: DataImport, is_in: bool
) -> None:
    """Whether its rows are still to come or in already."""
    take = [f"{name(code).id}:{cast.n1.id}" for code in ("n-1", "Nowhere")]
    meaning = Meaning("feedback", UnitWords("n-1"), cast.s1.id)
    jobs = decide(meaning, actor_id=cast.adam.id, now=clock.now())
    db.session.commit()
    for job, found in jobs if is_in else ():
        run_now(job, import_id=found.id)
    assert browser.sign_in(cast.celina).post(f"{LIST}/decisions", data={"take": take}).status_code == 302
    page = browser.get(LIST).text
    assert "1 name is decided" in page
    assert ("decided otherwise by somebody else" in page) == (not is_in)
    assert aliases() == [("n-1", cast.s1.id), ("Nowhere", cast.n1.id)]


def test_nothing_ticked_decides_nothing_and_rubbish_neither(browser: Browser, cast: Cast, import_: DataImport) -> None:
    browser.sign_in(cast.celina).post(f"{LIST}/decisions", data={"take": ["", "x:1", "1", "9" * 30 + ":1"]})
    assert "Nothing was ticked" in browser.get(LIST).text
    assert aliases() == []


def test_one_name_is_decided_with_its_days(browser: Browser, cast: Cast, import_: DataImport) -> None:
    address = f"{LIST}/{name('n-1').id}"
    page = browser.sign_in(cast.celina).get(address).text
    assert "2 rows wait for this unit" in page
    assert "feedback.csv" in page
    browser.post(f"{address}/decision", data={"meant": "other", "unit": "Unit N2", "first_day": "2026-01-06"})
    assert db.session.scalars(sa.select(Feedback.unit_id).where(Feedback.score == 3)).all() == [cast.n2.id]
    assert name("n-1").row_count == 1
    told = browser.get("/imports/unit-names").text
    assert "Unit N2 (N2)" in told
    assert "from Jan 6, 2026" in told or "from 6 Jan 2026" in told


def test_where_no_unit_is_like_it_there_is_nothing_to_choose_but_one_to_name(
    browser: Browser, cast: Cast, import_: DataImport
) -> None:
    page = browser.sign_in(cast.celina).get(f"{LIST}/{name('Nowhere').id}").text
    assert 'type="radio"' not in page
    assert "Another unit" not in page
    browser.post(f"{LIST}/{name('Nowhere').id}/decision", data={"meant": "other", "unit": "N2"})
    assert db.session.scalars(sa.select(Feedback.unit_id).where(Feedback.score == 4)).all() == [cast.n2.id]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Please fill this in."),
        ({"meant": "other"}, "Please fill this in."),
        ({"meant": "other", "unit": "Atlantis"}, "No unit for which you bring such files has this name or code."),
        ({"meant": "other", "unit": "Unit N"}, "Several units fit"),
        ({"meant": "other", "unit": "N2", "first_day": "2026-01-06", "last_day": "2026-01-05"}, "before the first"),
        ({"meant": "other", "unit": "N2", "first_day": "1500-01-06"}, "Choose a day between 1900 and 2199."),
    ],
)
def test_bad_answers_are_asked_back_and_decide_nothing(
    browser: Browser, cast: Cast, import_: DataImport, form: dict[str, str], sentence: str
) -> None:
    answer = browser.sign_in(cast.celina).post(f"{LIST}/{name('n-1').id}/decision", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "?:" not in answer.text, "a question needs no colon behind it"
    assert aliases() == []


def test_what_is_not_ours_is_left_out(browser: Browser, cast: Cast, import_: DataImport) -> None:
    browser.sign_in(cast.celina).post(f"{LIST}/{name('Nowhere').id}/leaving-out")
    assert aliases() == [("Nowhere", None)]
    assert (import_.waiting_count, import_.left_out_count) == (2, 1)
    assert "not ours, left out" in browser.get("/imports/unit-names").text


def test_before_it_is_accepted_a_decision_checks_it_again(browser: Browser, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(HEADER + FILE, "utf-8")
    checked = import_file("feedback", path, dry_run=True, actor_id=cast.celina.id)
    page = browser.sign_in(cast.celina).get(f"/imports/{checked.id}").text
    assert "1 row can be imported, 3 wait for a unit (2 unknown units)." in page
    assert "3 rows are kept until somebody says which units are meant." in page
    assert rows(WaitingRow) == 0
    browser.post(f"{LIST}/decisions", data={"take": [f"{name('n-1').id}:{cast.n1.id}"], "import_id": str(checked.id)})
    page = browser.get(f"/imports/{checked.id}").text
    assert "3 rows can be imported, 1 waits for a unit (1 unknown unit)." in page
    assert "“n-1” is read as Unit N1 (N1): 2 rows." in page
    browser.post(f"/imports/{checked.id}/acceptance")
    assert (rows(), rows(WaitingRow)) == (3, 1)
    browser.post(f"{LIST}/{name('Nowhere').id}/leaving-out")
    assert "“n-1” is read as" in browser.get(f"/imports/{checked.id}").text


def test_much_goes_to_the_worker(
    browser: Browser, cast: Cast, import_: DataImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.people.views.unmatched.AT_ONCE", 1)
    browser.sign_in(cast.celina).post(f"{LIST}/decisions", data={"take": [f"{name('n-1').id}:{cast.n1.id}"]})
    job = db.session.scalars(sa.select(Job).where(Job.state == JobState.WAITING)).one()
    assert (job.name, job.ids) == ("imports.bring_in", {"import_id": import_.id})
    assert "Decided; the rows are coming in." in browser.get(LIST).text
    assert rows() == 1
    run(job.id)
    assert rows() == 3


def test_the_same_words_are_not_decided_twice(browser: Browser, cast: Cast, import_: DataImport) -> None:
    address = f"{LIST}/{name('n-1').id}/decision"
    browser.sign_in(cast.celina).post(address, data={"meant": "other", "unit": "N2", "last_day": "2026-01-05"})
    answer = browser.post(address, data={"meant": "other", "unit": "S1"})
    assert answer.status_code == 409
    assert "Somebody has decided already" in answer.text
    assert aliases() == [("n-1", cast.n2.id)]


def test_a_decision_is_ended_once(browser: Browser, cast: Cast, import_: DataImport) -> None:
    browser.sign_in(cast.celina).post(f"{LIST}/decisions", data={"take": [f"{name('n-1').id}:{cast.n1.id}"]})
    alias = db.session.scalars(sa.select(UnitAlias)).one()
    assert browser.post(f"/imports/unit-names/{alias.id}/end").status_code == 302
    assert alias.ended_by_id == cast.celina.id
    assert browser.post(f"/imports/unit-names/{alias.id}/end").status_code == 409


def test_somebody_for_a_part_decides_about_her_own_files_and_units(
    browser: Browser, cast: Cast, import_: DataImport, tmp_path: Path
) -> None:
    """She sees no words of others, means no unit of others, and leaves nothing out for the whole company."""
    other = name("n-1").id
    north = make_account("north@example.org")
    make_grant(north, Role.CX_LEAD, cast.north)
    own = bring(tmp_path, HEADER + "N-2,2026-01-05,nps,9\n", actor_id=north.id)
    browser.sign_in(north)
    assert "n-1" not in browser.get(LIST).text
    for path in ("", "/decision", "/leaving-out"):
        ask = browser.post if path else browser.get
        assert ask(f"{LIST}/{other}{path}", data={"meant": "other", "unit": "N1"}).status_code == 404
    mine = name("N-2").id
    assert browser.post(f"{LIST}/decisions", data={"take": [f"{other}:{cast.n1.id}"]}).status_code == 404
    assert browser.post(f"{LIST}/decisions", data={"take": [f"{mine}:{cast.s1.id}"]}).status_code == 404
    assert browser.post(f"{LIST}/{mine}/decision", data={"meant": "other", "unit": "S1"}).status_code == 422
    assert browser.post(f"{LIST}/{mine}/leaving-out").status_code == 403
    assert aliases() == []
    browser.post(f"{LIST}/{mine}/decision", data={"meant": "other", "unit": "N2"})
    assert aliases() == [("N-2", cast.n2.id)]
    assert (own.status, own.new_count) == (ImportStatus.DONE, 1)


def test_others_do_not_enter(browser: Browser, cast: Cast, import_: DataImport) -> None:
    waiting = name("n-1").id
    paths = [LIST, f"{LIST}/{waiting}", "/imports/unit-names"]
    posts = [
        f"{LIST}/decisions",
        f"{LIST}/{waiting}/decision",
        f"{LIST}/{waiting}/leaving-out",
        "/imports/unit-names/1/end",
    ]
    browser.sign_in(cast.ewa)
    assert {browser.get(path).status_code for path in paths} == {403}
    assert {browser.post(path).status_code for path in posts} == {403}
    browser.sign_in(cast.hanna)
    assert "No row waits for a unit" in browser.get(LIST).text
    assert "Nothing was decided yet" in browser.get("/imports/unit-names").text
    assert browser.get(f"{LIST}/{waiting}").status_code == 404


def test_strangers_are_asked_to_sign_in(browser: Browser, cast: Cast) -> None:
    assert "/sign-in" in browser.get(LIST).location
