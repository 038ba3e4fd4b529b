"""The first step: which kind, which file."""

import io
from pathlib import Path

import pytest
from flask import Flask

from app.imports.models import ImportStatus
from config import BOUNDS
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import GOOD, newest, stored_files, upload

pytestmark = pytest.mark.usefixtures("things")


def test_a_file_becomes_an_import_that_needs_its_mapping(browser: Browser, cast: Cast, app: Flask) -> None:
    answer = upload(browser.sign_in(cast.celina))
    import_ = newest()
    assert answer.location == f"/imports/{import_.id}/mapping"
    assert (import_.status, import_.file_name, import_.file_size) == (ImportStatus.UPLOADED, "things.csv", len(GOOD))
    assert import_.created_by_id == cast.celina.id
    assert (Path(app.config["UPLOADS"]) / import_.digest).read_text() == GOOD


def test_the_page_offers_only_kinds_that_one_may_bring(browser: Browser, cast: Cast) -> None:
    assert "Things" in browser.sign_in(cast.celina).get("/imports/new").text
    assert "Things" not in browser.sign_in(cast.hanna).get("/imports/new").text


def test_bringing_a_kind_needs_its_permission(browser: Browser, cast: Cast) -> None:
    assert upload(browser.sign_in(cast.hanna)).status_code == 403
    assert newest() is None


@pytest.mark.parametrize("name", ["ewa", "marek", "leon"])
def test_bringing_a_file_needs_the_role(browser: Browser, cast: Cast, name: str) -> None:
    browser.sign_in(cast.everybody()[name])
    assert browser.get("/imports/new").status_code == 403
    assert upload(browser).status_code == 403


def test_bringing_a_file_needs_signing_in(browser: Browser, cast: Cast) -> None:
    assert "/sign-in" in browser.get("/imports/new").location
    assert upload(browser).status_code in (302, 401)
    assert newest() is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.4\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", "This file is not a table."),
        (b'code,name\nA,b\nB,"open\n', "a quotation mark is opened and never closed"),
        (b"<!doctype html><table><tr><td>1</td></tr></table>", "This file is a web page"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "old or binary Excel format"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    browser: Browser, cast: Cast, app: Flask, content: bytes, sentence: str
) -> None:
    before = stored_files(Path(app.instance_path))
    answer = upload(browser.sign_in(cast.celina), content, "export.xlsx")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert newest() is None
    assert stored_files(Path(app.instance_path)) == before


def test_nothing_chosen_keeps_the_kind(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.celina).post("/imports/new", data={"kind": "things"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text
    assert "checked" in answer.text


def test_a_file_above_the_bound_gets_the_page_that_says_so(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BOUNDS, "import", 1000)
    answer = upload(browser.sign_in(cast.celina), b"a" * 2_000_000)
    assert answer.status_code == 413
    assert newest() is None


def test_a_file_may_be_larger_than_other_bodies(browser: Browser, cast: Cast) -> None:
    rows = "".join(f"T{number},{'x' * 90}\n" for number in range(15_000))
    assert upload(browser.sign_in(cast.celina), f"code,name\n{rows}").status_code in (302, 303)
    assert newest().file_size > BOUNDS["body"]


def test_a_strangers_body_stays_small(browser: Browser, cast: Cast) -> None:
    data = {"kind": "things", "file": (io.BytesIO(b"a" * 2_000_000), "x.csv")}
    browser.app.config["WTF_CSRF_ENABLED"] = True  # it reads the body before the view is asked
    try:
        assert browser.post("/imports/new", data=data).status_code == 413
    finally:
        browser.app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", '<b>&"x.csv', "ż" * 400 + ".csv"])
def test_a_strange_name_is_only_a_name(browser: Browser, cast: Cast, name: str) -> None:
    answer = upload(browser.sign_in(cast.celina), GOOD, name)
    assert answer.status_code in (302, 303)
    assert len(newest().file_name) <= 255
    assert browser.get(answer.location).status_code == 200


def test_an_empty_template_can_be_had(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.celina).get("/imports/templates/things")
    assert answer.text.lstrip("\ufeff").splitlines() == ["code,name,colour", "K1,Kraków,blue"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browser.get("/imports/templates/nonsense").status_code == 404
    assert browser.sign_in(cast.hanna).get("/imports/templates/things").status_code == 404
