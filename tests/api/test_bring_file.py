"""A program hands in a file: the first step of an import."""

import io
from pathlib import Path
from typing import Any

import pytest

from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.models import DataImport
from config import BOUNDS
from tests.api.caller import Caller, problem_of
from tests.api.importing import CSV, GOOD, SCOPES, P, checked, importer, imports_there, send, sent
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.imports.things import count_things
from tests.imports.walk import stored_files

pytestmark = pytest.mark.usefixtures("things")


@pytest.fixture
def caller(browser: Browser, cast: Cast) -> Caller:
    return importer(browser, cast.celina)


def test_it_becomes_an_import_that_needs_its_mapping(caller: Caller, cast: Cast) -> None:
    answer = send(caller)
    told: dict[str, Any] = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/imports/{told['id']}"
    assert answer.headers["RateLimit"].startswith('"token";r=')
    assert (told["state"], told["file_name"], told["file_size"]) == ("uploaded", "things.csv", len(GOOD))
    assert caller.get(f"/imports/{told['id']}").get_json() == told
    row = db.session.get_one(DataImport, told["id"])
    assert (row.by_program, row.created_by_id) == (True, cast.celina.id)


def test_the_same_file_again_is_the_same_import(caller: Caller) -> None:
    import_id = sent(caller)
    again = send(caller)
    assert (again.status_code, again.get_json()["id"]) == (200, import_id)
    checked(caller, b"code,name\nC,c\n")
    assert imports_there() == 2


def test_the_same_file_of_another_person_or_name_is_another_import(
    browser: Browser, cast: Cast, caller: Caller
) -> None:
    import_id = sent(caller)
    assert send(caller, name="other.csv").get_json()["id"] != import_id
    assert send(importer(browser, cast.adam)).status_code == 201


def test_a_file_that_was_accepted_is_begun_anew_and_changes_nothing(caller: Caller) -> None:
    first = checked(caller)
    caller.post(f"/imports/{first}/acceptance")
    second = checked(caller)
    told = caller.get(f"/imports/{second}").get_json()
    assert (second != first, told["same_as"], told["rows"]["new"], told["rows"]["unchanged"]) == (True, first, 0, 2)
    assert caller.get("/imports").get_json()["items"][1]["same_as"] == first
    caller.post(f"/imports/{second}/acceptance")
    assert count_things() == 2


def test_it_streams_also_without_a_length(browser: Browser, caller: Caller, app_folder: Path) -> None:
    rows = b"".join(b"T%d,Thing %d\n" % (number, number) for number in range(120_000))  # more than the bound of a page
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = caller.post(
        "/imports?kind=things&file_name=large.csv",
        input_stream=io.BytesIO(b"code,name\n" + rows), headers=CSV, environ_overrides=environ,
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["file_size"] == 10 + len(rows) > BOUNDS["body"]


@pytest.mark.parametrize("is_chunked", [True, False])
def test_what_is_too_large_is_refused_and_not_kept(
    caller: Caller, app_folder: Path, monkeypatch: pytest.MonkeyPatch, is_chunked: bool
) -> None:
    monkeypatch.setitem(BOUNDS, "import", 30)
    more: dict[str, Any] = {"environ_overrides": {"wsgi.input_terminated": True}} if is_chunked else {}
    body = {"input_stream": io.BytesIO(GOOD)} if is_chunked else {"data": GOOD}
    answer = caller.post("/imports?kind=things&file_name=x", headers=CSV, **body, **more)
    assert problem_of(answer) == (413, "too-large")
    assert (imports_there(), stored_files(app_folder)) == (0, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Ten plik jest pusty."), (b"<html><body>x", "Ten plik"), (b"PK\x03\x04nonsense", "Ten plik")],
)
def test_what_is_no_table_is_refused_in_words_and_not_kept(
    caller: Caller, app_folder: Path, content: bytes, sentence: str
) -> None:
    headers = {**CSV, "Accept-Language": "pl"}
    answer = caller.post("/imports?kind=things&file_name=x", data=content, headers=headers)
    assert problem_of(answer) == (422, "unreadable-file")
    assert answer.get_json()["detail"].startswith(sentence)
    assert (imports_there(), stored_files(app_folder)) == (0, [])


@pytest.mark.parametrize(
    "headers",
    [{}, {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data; boundary=x"},
     {"Content-Type": "application/x-www-form-urlencoded"}, {**CSV, "Content-Encoding": "gzip"}],
)  # fmt: skip
def test_a_body_of_another_type_is_not_read(caller: Caller, headers: dict[str, str]) -> None:
    answer = caller.post("/imports?kind=things&file_name=x", data=GOOD, headers=headers)
    assert problem_of(answer) == (415, "unsupported-media-type")
    assert "text/csv" in answer.get_json()["accepted"]
    assert imports_there() == 0


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("kind=things", "file_name"),
        ("file_name=x", "kind"),
        ("kind=nothing&file_name=x", "kind"),
        ("kind=..%2F&file_name=x", "kind"),
        ("kind=things&file_name=", "file_name"),
        ("kind=things&file_name=a%0d%0ab", "file_name"),
        ("kind=things&file_name=a%00b", "file_name"),
        ("kind=things&file_name=" + "x" * 256, "file_name"),
        ("kind=things&file_name=x&actor=1", "actor"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(caller: Caller, query: str, where: str) -> None:
    answer = caller.post(f"/imports?{query}", data=GOOD, headers=CSV)
    assert problem_of(answer) == (422, "invalid-request")
    assert [fault["where"] for fault in answer.get_json()["errors"]] == [where]
    assert imports_there() == 0


def test_each_kind_needs_its_own_scope(browser: Browser, cast: Cast) -> None:
    caller = importer(browser, cast.adam, [P.IMPORT_USE, P.UNIT_IMPORT])
    answer = send(caller, kind="employees")
    assert problem_of(answer) == (403, "scope-missing")
    assert answer.get_json()["scope"] == "employee:import"
    assert send(caller, kind="units").status_code == 201


def test_each_kind_needs_its_owners_right_now(browser: Browser, cast: Cast) -> None:
    guest = make_account("guest@example.org")
    grant = make_grant(guest, Role.CX_LEAD, cast.company)
    caller = importer(browser, guest)
    assert send(caller).status_code == 201
    grant.role = Role.HR
    assert problem_of(send(caller, b"code,name\nC,c\n")) == (403, "right-missing")
    db.session.delete(grant)
    answer = send(caller)
    assert problem_of(answer) == (403, "right-missing")
    assert answer.get_json()["permission"] == "import:use"
    assert imports_there() == 1


def test_without_a_token_nothing_is_read(browser: Browser, cast: Cast, app_folder: Path) -> None:
    browser.sign_in(cast.adam)
    assert problem_of(send(Caller(browser))) == (401, "token-missing")
    assert problem_of(send(Caller(browser, "rez_" + "x" * 51))) == (401, "token-invalid")
    assert problem_of(send(importer(browser, cast.adam, set(SCOPES) - {Permission.IMPORT_USE}))) == (
        403,
        "scope-missing",
    )
    assert stored_files(app_folder) == []


@pytest.fixture
def app_folder(browser: Browser) -> Path:
    """Where files lie, emptied of what other tests have left."""
    folder = Path(browser.app.instance_path)
    (folder / "uploads").mkdir(exist_ok=True)
    for path in stored_files(folder):
        path.unlink()
    return folder
