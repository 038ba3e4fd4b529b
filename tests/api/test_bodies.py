"""What a program sends as JSON is read strictly: types, names, bounds; each refusal says what and where."""

from typing import Any

import pytest

from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from config import BOUNDS
from tests.api.caller import Caller, problem_of
from tests.api.importing import MAPPING, importer, sent
from tests.browser_check import Browser
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("things")
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def caller(browser: Browser, cast: Cast) -> Caller:
    return importer(browser, cast.celina)


@pytest.fixture
def path(caller: Caller) -> str:
    return f"/imports/{sent(caller)}/mapping"


def faults(caller: Caller, path: str, body: Any, language: str = "en") -> list[tuple[str, str]]:
    answer = caller.post(path, json=body, headers={"Accept-Language": language})
    assert problem_of(answer) == (422, "invalid-request"), body
    assert db.session.query(DataImport.status).scalar() is ImportStatus.UPLOADED
    return [(each["pointer"], each["what"]) for each in answer.get_json()["errors"]]


A_TEXT, A_NUMBER = "This must be a text.", "This must be a whole number."
UNKNOWN, NEEDED = "Nothing of this name is known here.", "This is needed."


@pytest.mark.parametrize(
    ("body", "pointer", "what"),
    [
        ({**MAPPING, "role": "administrator"}, "#/role", UNKNOWN),
        ({**MAPPING, "a/b~c": 1}, "#/a~1b~0c", UNKNOWN),
        ({**MAPPING, "scale": {"rule": "mean", "mid": 3}}, "#/scale/mid", UNKNOWN),
        ({}, "#/columns", NEEDED),
        ([], "#", "This must be an object: names and values."),
        (["columns"], "#", "This must be an object: names and values."),
        ("columns", "#", "This must be an object: names and values."),
        ({"columns": ["code"]}, "#/columns", "This must be an object: names and values."),
        ({"columns": {"code": 1}}, "#/columns/code", "This must be a list."),
        ({"columns": {"code": []}}, "#/columns/code", "At least this many entries: 1."),
        ({"columns": {"code": ["a", 1]}}, "#/columns/code/1", A_TEXT),
        ({"columns": {"code": "a\ud800"}}, "#/columns/code/0", "This text is not in the form that is expected here."),
        ({**MAPPING, "header_row": "1"}, "#/header_row", A_NUMBER),
        ({**MAPPING, "header_row": 1.5}, "#/header_row", A_NUMBER),
        ({**MAPPING, "header_row": True}, "#/header_row", A_NUMBER),
        ({**MAPPING, "header_row": 0}, "#/header_row", "This must be 1 or more."),
        ({**MAPPING, "header_row": 2**31}, "#/header_row", "This must be 2147483647 or less."),
        ({**MAPPING, "date_order": "any"}, "#/date_order",
         "This must be one of: day-first, month-first, year-first, mixed."),
        ({**MAPPING, "constants": {"colour": "a\0b"}}, "#/constants/colour",
         "This text is not in the form that is expected here."),
        ({**MAPPING, "scale": {"rule": "mean", "low": "1"}}, "#/scale/low", "This must be a number."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_pointed_at(caller: Caller, path: str, body: Any, pointer: str, what: str) -> None:
    assert faults(caller, path, body) == [(pointer, what)]


def test_everything_that_does_not_fit_is_said_at_once_in_the_language_asked_for(caller: Caller, path: str) -> None:
    body = {"columns": {"code": 1}, "header_row": "x", "role": 1}
    assert faults(caller, path, body, "pl") == [
        ("#/header_row", "Tu musi być liczba całkowita."),
        ("#/columns/code", "Tu musi być lista."),
        ("#/role", "Ta nazwa nie jest tu znana."),
    ]
    assert faults(caller, path, {}, "ru") == [("#/columns", "Это обязательно.")]


@pytest.mark.parametrize(
    "body",
    [b"{", b"columns=1", b'{"columns": {}} x', b"\xff\xfe{}", b'{"columns": NaN}', b'{"columns": 1e999}',
     b'{"yes_to": 1, "yes_to": 2}', b"[" * 100_000, b'{"yes_to": ' + b"9" * 5000 + b"}", b"\0", b"'"],
)  # fmt: skip
def test_what_is_no_json_is_refused(caller: Caller, path: str, body: bytes) -> None:
    answer = caller.post(path, data=body, headers=JSON)
    if b"1e999" in body:
        assert problem_of(answer) == (422, "invalid-request"), "a number, though no finite one"
    else:
        assert problem_of(answer) == (400, "malformed-json")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"},
     {"Content-Type": "application/jsonp"}, {**JSON, "Content-Encoding": "gzip"}],
)  # fmt: skip
def test_another_type_is_refused(caller: Caller, path: str, headers: dict[str, str]) -> None:
    answer = caller.post(path, data=b'{"columns": {}}', headers=headers)
    assert problem_of(answer) == (415, "unsupported-media-type")
    assert answer.get_json()["accepted"] == ["application/json"]


def test_json_may_say_that_it_is_utf_8(caller: Caller, path: str) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert caller.post(path, data=b'{"columns": {"code": "code"}}', headers=headers).status_code == 200


def test_a_whole_number_may_be_written_with_a_point(caller: Caller, path: str) -> None:
    assert caller.post(path, data=b'{"columns": {"code": "code"}, "header_row": 1.0}', headers=JSON).status_code == 200


def test_a_body_is_bounded(caller: Caller, path: str) -> None:
    answer = caller.post(path, data=b" " * (BOUNDS["body"] + 1), headers=JSON)
    assert problem_of(answer) == (413, "too-large")


def test_where_nothing_is_needed_nothing_need_be_sent_and_nothing_else_may_be(caller: Caller) -> None:
    import_id = sent(caller)
    for body in ({"force": True}, {"yes_to": -1}, {"yes_to": "1"}, {"yes_to": 2**31}):
        answer = caller.post(f"/imports/{import_id}/acceptance", json=body)
        assert problem_of(answer) == (422, "invalid-request")
    assert problem_of(caller.post(f"/imports/{import_id}/removal", json={"x": 1})) == (422, "invalid-request")
    assert caller.post(f"/imports/{import_id}/removal").status_code == 204


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_every_change_is_a_post(browser: Browser, caller: Caller, path: str, method: str) -> None:
    answer = browser._open(method, f"/api/v1{path}", json=MAPPING)
    assert problem_of(answer) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert browser.get("/api/v1/imports/1/acceptance").headers["Allow"].split(", ").count("POST") == 1
