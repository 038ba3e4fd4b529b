"""Whatever goes wrong under /api is told as problem details, and pages keep their pages."""

import json
from dataclasses import replace

import pytest

from app.people.api import units
from tests.api.caller import Caller, caller_for, problem_of
from tests.browser_check import Browser
from tests.cast import Cast

HOSTILE = ("", "0", "x" * 81, "AAAAAQ", "AAAAAWouL8xwae1ZYSa9R9hyaeA", "../..", "ż", "\0", "%00", "{}", "-1")


def test_what_is_not_there(browser: Browser, cast: Cast) -> None:
    caller = caller_for(browser, cast.ewa)
    for path in ("/", "/nothing", "/units/none", "/units/a/b", "/units/%00", "/employees/0", "/employees/99999999999",
                 "/impact/units/none", "/impact/units/a%00b"):  # fmt: skip
        assert problem_of(caller.get(path)) == (404, "not-found"), path
    assert browser.get("/api").status_code == 404
    assert browser.get("/nothing").mimetype == "text/html", "pages stay pages"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_is_only_read_takes_nothing(browser: Browser, cast: Cast, method: str) -> None:
    browser.sign_in(cast.adam)
    answer = browser._open(method, "/api/v1/units", data=b"x" * 2_000_000)
    assert problem_of(answer) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/units?limit=0", "limit"),
        ("/units?limit=101", "limit"),
        ("/units?limit=x", "limit"),
        ("/units?limit=1e1", "limit"),
        ("/units?Limit=1", "Limit"),
        ("/units?page=2", "page"),
        ("/units?is_open=perhaps", "is_open"),
        ("/units?changed_since=yesterday", "changed_since"),
        ("/units?changed_since=2026-01-01T00:00:00", "changed_since"),
        ("/units?q=" + "x" * 201, "q"),
        ("/units?parent=%00", "parent"),
        ("/units/N1?x=1", "x"),
        ("/employees?works=never", "works"),
        ("/employees?unit=" + "x" * 61, "unit"),
        ("/impact/units/N1?period=2026", "period"),
        ("/impact/units/N1?period=0001-Q1", "period"),
        ("/impact/units/N1?quarters=5", "quarters"),
        ("/impact/units/N1?quarters=٨", "quarters"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(browser: Browser, cast: Cast, path: str, where: str) -> None:
    answer = caller_for(browser, cast.adam).get(path)
    assert problem_of(answer) == (422, "invalid-request")
    assert [fault["where"] for fault in answer.get_json()["errors"]] == [where]


@pytest.mark.parametrize("path", ["/units", "/employees"])
@pytest.mark.parametrize("cursor", HOSTILE)
def test_a_cursor_that_nobody_gave_is_refused(browser: Browser, cast: Cast, path: str, cursor: str) -> None:
    answer = caller_for(browser, cast.adam).get(path, query_string={"cursor": cursor})
    assert answer.status_code == (200 if cursor == "" else 422)


def test_a_cursor_belongs_to_its_question(browser: Browser, cast: Cast) -> None:
    caller = caller_for(browser, cast.adam)
    cursor = caller.get("/units?limit=1").get_json()["next"]
    assert caller.get(f"/units?limit=2&cursor={cursor}").status_code == 200
    for other in (f"/units?q=x&cursor={cursor}", f"/employees?cursor={cursor}"):
        assert problem_of(caller.get(other)) == (422, "invalid-request")


def test_a_cursor_outlives_a_rotation_of_keys_until_the_old_key_is_ended(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, config = caller_for(browser, cast.adam), browser.app.config["REZONANS"]
    cursor = caller.get("/units?limit=1").get_json()["next"]
    monkeypatch.setitem(
        browser.app.config, "REZONANS", replace(config, secret_key="n" * 43, old_keys=(config.secret_key,))
    )
    assert caller.get(f"/units?limit=1&cursor={cursor}").status_code == 200
    assert caller.get("/units?limit=1").get_json()["next"] != cursor, "the new key signs"
    monkeypatch.setitem(browser.app.config, "REZONANS", replace(config, secret_key="n" * 43))
    assert caller.get(f"/units?limit=1&cursor={cursor}").status_code == 422


def test_a_fault_of_ours_shows_an_id_only(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(units, "_units", broken)
    answer = caller_for(browser, cast.ewa).get("/units")
    assert problem_of(answer) == (500, "internal-error")
    assert "secret" not in answer.text
    written = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["incident"] for line in written if "incident" in line] == [answer.get_json()["request_id"]]


def test_an_answer_that_is_not_as_promised_is_not_sent(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "_told", lambda row: {"code": row.code, "password": "a secret"})
    answer = caller_for(browser, cast.ewa).get("/units/N1")
    assert problem_of(answer) == (500, "internal-error")
    assert "secret" not in answer.text


def test_another_host_and_another_site_are_problems_too(browser: Browser, cast: Cast) -> None:
    site = {"Sec-Fetch-Site": "cross-site"}
    assert problem_of(browser.post("/api/v1/units", headers=site))[0] in (403, 405)
    stranger = Caller(browser).get("/units", base_url="http://evil.example")
    assert problem_of(stranger) == (400, "bad-request")


def test_a_program_is_told_in_the_language_it_asks_for(browser: Browser, cast: Cast) -> None:
    cast.ewa.language = "ru"
    caller = caller_for(browser, cast.ewa)
    browser.client.set_cookie("lang", "pl")
    assert caller.get("/nothing").get_json()["title"] == "There is nothing here"
    polish = caller.get("/nothing", headers={"Accept-Language": "pl"})
    assert polish.get_json()["title"] == "Tutaj nic nie ma"


def test_answers_are_not_kept_and_can_be_asked_for_again(browser: Browser, cast: Cast) -> None:
    caller = caller_for(browser, cast.ewa)
    first = caller.get("/units")
    assert first.headers["Cache-Control"] == "no-store"
    again = caller.get("/units", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
