"""How many answers a file holds is told to nobody but who brought it: below the threshold not even that is told."""

import re
from pathlib import Path

import pytest

from app.core.permissions import Permission, Role
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Account
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.impact.pages import words_of
from tests.pulse.files import HEADER, answers, bring

THREE = HEADER + answers("N1", "10 9 3")
CELL = re.compile(r'<td [^>]*class="cell-number">([^<]*)</td>')


@pytest.fixture
def nora(cast: Cast) -> Account:
    account = make_account("nora@example.org")
    make_grant(account, Role.HR, cast.n1)
    return account


@pytest.fixture
def import_(cast: Cast, nora: Account, tmp_path: Path) -> DataImport:
    return bring(tmp_path, THREE, actor_id=nora.id)


@pytest.mark.parametrize("name", ["hanna", "adam"])
@pytest.mark.parametrize("status", [ImportStatus.DONE, ImportStatus.CHECKED, ImportStatus.LOADING, ImportStatus.FAILED])
def test_others_see_that_it_was_brought_and_by_whom(
    browser: Browser, cast: Cast, nora: Account, import_: DataImport, name: str, status: ImportStatus
) -> None:
    import_.status = status
    db.session.commit()
    browser.sign_in(getattr(cast, name))
    assert {cell.strip() for cell in CELL.findall(browser.get("/imports/").text)} == {""}
    page = browser.get(f"/imports/{import_.id}")
    assert nora.name in words_of(page)
    assert not re.search(r"\brows?\b|class=\"stat", page.text)
    assert browser.get(f"/imports/{import_.id}/progress").status_code == 302


def test_programs_of_others_are_told_no_more(browser: Browser, cast: Cast, import_: DataImport) -> None:
    told = caller_for(browser, cast.hanna, list(Permission)).get(f"/imports/{import_.id}").get_json()
    assert (told["rows"], told["question"], told["state"]) == (None, None, "done")


def test_who_brought_it_sees_all_of_it(browser: Browser, nora: Account, import_: DataImport) -> None:
    browser.sign_in(nora)
    assert {cell.strip() for cell in CELL.findall(browser.get("/imports/").text)} == {"3", "0"}
    assert "3 rows in the file" in words_of(browser.get(f"/imports/{import_.id}"))
    assert caller_for(browser, nora, list(Permission)).get(f"/imports/{import_.id}").get_json()["rows"]["read"] == 3


def test_others_may_still_undo_it(browser: Browser, cast: Cast, import_: DataImport) -> None:
    page = browser.sign_in(cast.hanna).get(f"/imports/{import_.id}")
    assert f"/imports/{import_.id}/undo" in page.text


def test_the_log_tells_no_administrator_either(browser: Browser, cast: Cast, import_: DataImport) -> None:
    page = browser.sign_in(cast.adam).get("/admin/audit?act=import.accepted")
    assert "results.csv" in page.text
    assert not re.search(r"\b(Rows|Refused rows)\b", words_of(page))
