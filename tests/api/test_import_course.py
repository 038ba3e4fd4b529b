"""From the mapping to the end of an import, by a program."""

import pytest
import sqlalchemy as sa

from app.core import uploads
from app.core.audit import AuditEntry
from app.core.jobs import Job
from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from tests.api.caller import Caller, problem_of
from tests.api.importing import GOOD, MAPPING, SCOPES, P, checked, importer, imports_there, send, sent
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.imports.things import bring_things, count_things

pytestmark = pytest.mark.usefixtures("things")
ACTS = ("mapping", "acceptance", "removal")


@pytest.fixture
def caller(browser: Browser, cast: Cast) -> Caller:
    return importer(browser, cast.celina)


def status_of(import_id: int) -> ImportStatus:
    return db.session.get_one(DataImport, import_id).status


def test_what_the_file_suggests_can_be_sent_back(caller: Caller) -> None:
    import_id = sent(caller)
    look = caller.get(f"/imports/{import_id}/mapping").get_json()
    assert (look["is_kept"], look["headers"], look["sheets"]) == (False, ["code", "name"], [])
    assert look["mapping"]["columns"] == {"code": ["code"], "name": ["name"]}
    told = caller.post(f"/imports/{import_id}/mapping", json=look["mapping"]).get_json()
    assert (told["state"], told["rows"]["new"], told["rows"]["refused"]) == ("checked", 2, 1)
    assert caller.get(f"/imports/{import_id}/mapping").get_json()["is_kept"] is True
    assert count_things() == 0


def test_a_whole_mapping_is_kept_as_it_was_sent(caller: Caller) -> None:
    import_id = sent(caller, b"top,\n" + GOOD)
    mapping = {
        "kind": "things", "sheet": None, "sheet_title": None,
        "header_row": 2, "group_row": 1, "first_row": 4, "date_order": "day-first",
        "rows_below": True, "not_totals": ["Sum"],
        "columns": {"code": ["top code", "top name"]}, "constants": {"colour": "blue"}, "values": {"code": {"x": "y"}},
        "skip": {"top name": ["", "Bad"]}, "scale": {"rule": "mean", "low": 1, "high": 5.5, "of": None},
    }  # fmt: skip
    told = caller.post(f"/imports/{import_id}/mapping", json=mapping).get_json()
    assert (told["rows"]["read"], told["rows"]["skipped"]) == (2, 1)
    assert caller.get(f"/imports/{import_id}/mapping").get_json()["mapping"] == mapping


def test_the_good_rows_are_written_once(caller: Caller, cast: Cast) -> None:
    import_id = checked(caller)
    for _ in range(2):
        answer = caller.post(f"/imports/{import_id}/acceptance", json={})
        told = answer.get_json()
        assert (answer.status_code, told["state"], told["rows"]["written"]) == (200, "done", 2)
    assert told["visible_at"]
    assert count_things() == 2
    accepted = sa.select(AuditEntry.actor_id).where(AuditEntry.action == "import.accepted")
    assert db.session.scalars(accepted).all() == [cast.celina.id]
    look = caller.get(f"/imports/{import_id}/mapping").get_json()
    assert (look["is_kept"], look["headers"], look["mapping"]["columns"]["code"]) == (True, None, ["code"])
    assert problem_of(caller.post(f"/imports/{import_id}/mapping", json=MAPPING)) == (409, "conflict")
    assert problem_of(caller.post(f"/imports/{import_id}/removal")) == (409, "conflict")


def test_what_is_not_checked_is_not_accepted(caller: Caller) -> None:
    import_id = sent(caller)
    answer = caller.post(f"/imports/{import_id}/acceptance", headers={"Accept-Language": "ru"})
    assert problem_of(answer) == (409, "conflict")
    assert answer.get_json()["detail"].startswith("Этот импорт")
    assert count_things() == 0


def test_a_question_about_people_must_be_answered_with_its_number(caller: Caller) -> None:
    import_id = checked(caller)
    message = {"msgid": "%(people)s people would leave.", "params": {"people": "3"}}
    db.session.get_one(DataImport, import_id).question = {"count": 3, "message": message, "names": []}
    told = caller.get(f"/imports/{import_id}").get_json()
    assert told["question"] == {"count": 3, "text": "3 people would leave."}
    for wrong in ({}, {"yes_to": 2}, {"yes_to": 4}):
        assert problem_of(caller.post(f"/imports/{import_id}/acceptance", json=wrong)) == (409, "conflict")
    assert count_things() == 0
    assert caller.post(f"/imports/{import_id}/acceptance", json={"yes_to": 3}).get_json()["state"] == "done"


def test_large_work_goes_to_the_worker(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.imports.views.progress.SMALL_FILE", 10)
    import_id = sent(caller)
    answer = caller.post(f"/imports/{import_id}/mapping", json=MAPPING)
    assert (answer.status_code, answer.get_json()["state"]) == (202, "checking")
    assert db.session.scalars(sa.select(Job.name)).all() == ["imports.check"]
    assert problem_of(caller.post(f"/imports/{import_id}/mapping", json=MAPPING)) == (409, "conflict")
    assert problem_of(caller.post(f"/imports/{import_id}/removal")) == (409, "conflict")
    assert (send(caller).status_code, send(caller).get_json()["id"]) == (200, import_id)


def test_refused_rows_are_told_page_by_page_in_the_readers_language(caller: Caller) -> None:
    import_id = checked(caller, b"code,name\n" + b"".join(b"X%d,x\n" % number for number in range(5)))
    found, cursor = [], ""
    while cursor is not None and len(found) < 9:
        path = f"/imports/{import_id}/refusals?limit=2&cursor={cursor}"
        page = caller.get(path, headers={"Accept-Language": "pl"}).get_json()
        found, cursor = [*found, *page["items"]], page["next"]
    assert [(each["line"], each["column"], each["value"]) for each in found] == [
        (number + 2, "code", f"X{number}") for number in range(5)
    ]
    assert found[0]["reason"].startswith("W tym pliku nie ma arkusza")


def test_an_import_whose_file_is_gone_says_so(caller: Caller) -> None:
    """As in a restored copy, which is without the files of private imports."""
    import_id = sent(caller)
    uploads.path_of(db.session.get_one(DataImport, import_id).digest).unlink()
    for answer in (
        caller.get(f"/imports/{import_id}/mapping"),
        caller.post(f"/imports/{import_id}/mapping", json=MAPPING),
    ):
        assert problem_of(answer) == (422, "unreadable-file")
        assert answer.get_json()["detail"] == "The file of this import is no longer here. Bring it again."


def test_an_import_can_be_set_aside(caller: Caller) -> None:
    import_id = checked(caller)
    answer = caller.post(f"/imports/{import_id}/removal")
    assert (answer.status_code, answer.data) == (204, b"")
    assert imports_there() == 0
    assert problem_of(caller.post(f"/imports/{import_id}/removal")) == (404, "not-found")


def test_imports_are_listed_and_filtered(browser: Browser, caller: Caller) -> None:
    numbers = [sent(caller), checked(caller, b"code,name\nB,b\n"), sent(caller, b"code,name\nC,c\n")]
    first = caller.get("/imports?limit=2").get_json()
    assert [each["id"] for each in first["items"]] == numbers[:2]
    rest = caller.get(f"/imports?limit=2&cursor={first['next']}").get_json()
    assert ([each["id"] for each in rest["items"]], rest["next"]) == (numbers[2:], None)
    assert [each["id"] for each in caller.items("/imports?state=checked")] == numbers[1:2]
    assert len(browser.queries) <= 8, "\n".join(browser.queries)
    assert caller.items("/imports?kind=units") == []
    assert problem_of(caller.get("/imports?state=lost")) == (422, "invalid-request")


def test_a_mapping_that_does_not_fit_says_why_and_begins_nothing(caller: Caller) -> None:
    import_id = sent(caller)
    for mapping, words in (
        ({"columns": {"code": "Code No"}}, "Line 1 of the file has no column “Code No”."),
        ({"columns": {"name": "name"}}, "The import needs “code”"),
        ({"columns": {"code": "code"}, "kind": "units"}, "This mapping is for “units”"),
        ({"columns": {"code": "code", "size": "name"}}, "This import has no column “size”."),
        ({"columns": {"code": "code"}, "first_row": 1}, "The first row to read must stand below the header."),
        ({"columns": {"code": "code"}, "header_row": 2**31 - 1}, "is empty, so it is not the header"),
    ):
        answer = caller.post(f"/imports/{import_id}/mapping", json=mapping)
        assert problem_of(answer) == (422, "invalid-request"), mapping
        (fault,) = answer.get_json()["errors"]
        assert fault["pointer"] == "#"
        assert words in fault["what"]
    missing = caller.post(f"/imports/{import_id}/mapping", json={"columns": {"code": "code"}, "sheet": "Two"})
    assert missing.status_code in (200, 422)
    assert count_things() == 0


@pytest.mark.parametrize("act", ["", "mapping", "refusals"])
def test_a_stranger_finds_nothing(browser: Browser, cast: Cast, caller: Caller, act: str) -> None:
    import_id = checked(caller)
    other = make_account("south@example.org")
    make_grant(other, Role.CX_LEAD, cast.south)
    path = f"/imports/{import_id}/{act}".rstrip("/")
    assert caller.get(path).status_code == 200
    assert problem_of(importer(browser, other).get(path)) == (404, "not-found"), "holds the kind on a part"
    assert problem_of(importer(browser, cast.hanna).get(path)) == (404, "not-found"), "brings other kinds"
    assert problem_of(importer(browser, cast.ewa).get(path)) == (403, "right-missing")
    less = importer(browser, cast.celina, set(SCOPES) - {P.FEEDBACK_IMPORT})
    assert problem_of(less.get(path)) == (404, "not-found"), "her own, but not of this token"
    assert less.items("/imports") == []
    assert importer(browser, cast.adam).get(path).status_code == 200, "all of a kind, for the whole company"


@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_act_changes_nothing(browser: Browser, cast: Cast, caller: Caller, act: str) -> None:
    import_id = checked(caller)
    other = make_account("south@example.org")
    make_grant(other, Role.CX_LEAD, cast.south)
    less = importer(browser, cast.celina, set(SCOPES) - {P.FEEDBACK_IMPORT})
    body = MAPPING if act == "mapping" else {}
    for stranger in (importer(browser, other), importer(browser, cast.hanna), less):
        assert problem_of(stranger.post(f"/imports/{import_id}/{act}", json=body)) == (404, "not-found")
    assert importer(browser, cast.ewa).post(f"/imports/{import_id}/{act}", json=body).status_code == 403
    bring_things(browser.app, permission=Permission.UNIT_IMPORT)
    assert caller.post(f"/imports/{import_id}/{act}", json=body).status_code == 404, "may no longer bring the kind"
    assert (status_of(import_id), imports_there(), count_things()) == (ImportStatus.CHECKED, 1, 0)


def test_into_a_private_file_looks_only_who_brought_it(browser: Browser, cast: Cast, caller: Caller) -> None:
    bring_things(browser.app, is_private=True)
    import_id = checked(caller)
    adam = importer(browser, cast.adam)
    assert adam.get(f"/imports/{import_id}").status_code == 200
    for path in ("refusals", "mapping"):
        assert caller.get(f"/imports/{import_id}/{path}").status_code == 200
        assert adam.get(f"/imports/{import_id}/{path}").status_code == 404
    assert adam.post(f"/imports/{import_id}/mapping", json=MAPPING).status_code == 404


def test_what_a_person_begins_a_program_can_end(browser: Browser, cast: Cast, caller: Caller) -> None:
    import_id = checked(caller, GOOD)
    page = browser.sign_in(cast.celina).get(f"/imports/{import_id}").text
    assert "Import 2 rows" in page
    assert caller.post(f"/imports/{import_id}/acceptance").get_json()["state"] == "done"
