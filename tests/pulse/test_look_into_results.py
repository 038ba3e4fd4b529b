"""A file of colleagues' answers is read by nobody but who brought it: no draft and no page shows single answers."""

import io

import pytest

from app.extensions import db
from app.imports.models import DataImport
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import newest
from tests.pulse.files import HEADER, answers, bring

FILE = HEADER + answers("N1", "9 9 2 10 11")


@pytest.fixture
def brought(cast: Cast, browser: Browser) -> DataImport:
    browser.sign_in(cast.hanna)
    file = (io.BytesIO(FILE.encode()), "results.csv")
    browser.post("/imports/new", data={"kind": "results", "file": file})
    return newest()


def test_who_brought_it_sees_examples(browser: Browser, brought: DataImport) -> None:
    assert browser.get(f"/imports/{brought.id}/mapping?header_row=3").status_code == 200


def test_an_administrator_does_not_leaf_through_it(cast: Cast, browser: Browser, brought: DataImport) -> None:
    browser.sign_in(cast.adam)
    assert browser.get("/imports/").text.count("results.csv") == 1
    assert browser.get(f"/imports/{brought.id}/mapping").status_code == 404
    assert browser.get(f"/imports/{brought.id}/mapping?header_row=3").status_code == 404
    assert browser.post(f"/imports/{brought.id}/mapping", data={"header_row": "3"}).status_code == 404
    assert browser.post(f"/imports/{brought.id}/mapping-file").status_code == 404


def test_refused_rows_are_counted_for_others_and_not_shown(cast: Cast, browser: Browser, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import_id = bring(tmp_path, FILE, actor_id=cast.hanna.id).id
    db.session.commit()
    mine = browser.sign_in(cast.hanna).get(f"/imports/{import_id}").text
    assert 'id="refusals"' in mine
    assert browser.get(f"/imports/{import_id}/refusals").status_code == 200
    browser.sign_in(cast.adam)
    page = browser.get(f"/imports/{import_id}")
    assert page.status_code == 200
    assert 'id="refusals"' not in page.text
    assert browser.get(f"/imports/{import_id}/refusals").status_code == 404
