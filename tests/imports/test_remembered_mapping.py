"""The mapping of a file with the same columns is remembered, told, and can be changed."""

import io

import pytest
from flask import Flask
from python_calamine import load_workbook

from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.things import bring_things
from tests.imports.walk import checked, choices, newest, uploaded

pytestmark = pytest.mark.usefixtures("things")

SAID = "A file with the same columns came on"
NEXT = "name,code\nGamma,C3\n"
WIDER = "code,name,size\nC3,Gamma,4\n"
CAPITALS = "NAME,code\nGamma,C3\n"
CHOSEN = 'value="red"'


def brought(browser: Browser) -> DataImport:
    """A first file, with a colour for all rows, to its end."""
    import_ = uploaded(browser)
    browser.post(f"/imports/{import_.id}/mapping", data=choices(constant_colour="red"))
    browser.post(f"/imports/{import_.id}/acceptance")
    assert newest().status is ImportStatus.DONE
    return newest()


def test_the_next_file_of_the_same_columns_begins_with_what_was_chosen(browser: Browser, cast: Cast) -> None:
    brought(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{uploaded(browser, NEXT).id}/mapping").text
    assert SAID in page
    assert CHOSEN in page


def test_it_can_be_left_for_the_suggestion(browser: Browser, cast: Cast) -> None:
    brought(browser.sign_in(cast.celina))
    import_ = uploaded(browser, NEXT)
    page = browser.get(f"/imports/{import_.id}/mapping?header_row=1").text
    assert SAID not in page
    assert CHOSEN not in page


def test_other_columns_begin_with_the_suggestion(browser: Browser, cast: Cast) -> None:
    brought(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{uploaded(browser, WIDER).id}/mapping").text
    assert SAID not in page


def test_a_name_written_otherwise_is_not_filled_in_wrongly(browser: Browser, cast: Cast) -> None:
    brought(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{uploaded(browser, CAPITALS).id}/mapping").text
    assert SAID not in page
    assert '<option selected value="NAME">' in page


def test_what_was_not_brought_to_an_end_is_not_remembered(browser: Browser, cast: Cast) -> None:
    checked(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{uploaded(browser, NEXT).id}/mapping").text
    assert SAID not in page


def test_of_a_private_kind_only_ones_own_is_remembered(app: Flask, browser: Browser, cast: Cast) -> None:
    bring_things(app, is_private=True)
    first = brought(browser.sign_in(cast.celina))
    first.created_by_id = cast.leon.id
    db.session.commit()
    page = browser.get(f"/imports/{uploaded(browser, NEXT).id}/mapping").text
    assert SAID not in page


def test_the_template_is_a_workbook_in_ones_own_words_and_needs_no_mapping(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.celina).get("/imports/templates/feedback?format=xlsx&lang=pl")
    header, example = load_workbook(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert (header[0], example[0]) == ("Kod jednostki", "KR-RYNEK")
    assert "Kasa" in example
    browser.post("/imports/new?lang=pl", data={"kind": "feedback", "file": (io.BytesIO(answer.data), "szablon.xlsx")})
    page = browser.get(f"/imports/{newest().id}/mapping?lang=pl").text
    for label in header:
        assert f'<option selected value="{label}">' in page
