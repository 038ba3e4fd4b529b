"""Where the table stands: titles above it are said, headings of two rows are joined, and a person may say otherwise."""

from html import unescape

import pytest
from flask import Flask

from app.core.kinds import kind_named
from app.imports.files.headers import header_guesses
from app.imports.mapping import read_mapping
from app.imports.reading import open_table
from app.imports.suggest import suggest_mapping
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.things import count_things
from tests.imports.walk import hidden, newest, uploaded

GROUPED = """\
Report of the year,,,
in 2021,,in 2022,
code,name,code,name
1,Alpha,2,Alfa
3,Beta,4,Bety
5,Gamma,6,Gama
"""
RESULTS = """\
Survey of all;;;;
;2021;;2022;
Kod jednostki;n;średnia;n;średnia
N1;12;8,5;14;8,1
N2;9;7,25;8;7
S1;30;9,1;31;8
"""


@pytest.mark.usefixtures("things")
def test_headings_and_titles_are_said_and_can_be_chosen_away(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), GROUPED)
    address = f"/imports/{import_.id}/mapping"
    page = unescape(browser.get(address).text)
    assert "1 line above the header is left out: line 1 “Report of the year”" in page
    assert '<option value="2" selected>2: in 2021 · in 2022</option>' in page
    assert '<option selected value="in 2022 code">in 2022 code — 2, 4, 6</option>' in page
    plain = unescape(browser.get(f"{address}?sheet=&header_row=3&group_row=0&first_row=5").text)
    assert "2 lines above the header are left out: line 1 “Report of the year”, line 2 “in 2021 · in 2022”" in plain
    assert '<option value="0" selected>none</option>' in plain
    assert '<option selected value="code">code — 3, 5</option>' in plain


@pytest.mark.usefixtures("things")
def test_what_was_chosen_for_another_header_does_not_hold_for_this_one(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), GROUPED)
    asked = "of_header_row=1&header_row=3&group_row=0&first_row=6"
    page = browser.get(f"/imports/{import_.id}/mapping?{asked}").text
    assert '<option value="2" selected>' in page
    assert '<option value="4" selected>' in page


@pytest.mark.usefixtures("things")
def test_the_place_that_was_chosen_goes_with_the_form(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), GROUPED)
    address = f"/imports/{import_.id}/mapping"
    page = browser.get(f"{address}?header_row=3&group_row=2&first_row=5").text
    data = {name: hidden(page, name) for name in ("header_row", "base")}
    data |= {"column_code": "in 2021 code", "column_name": "in 2021 name"}
    assert browser.post(address, data=data).status_code == 302
    mapping = read_mapping(newest().mapping)
    assert (mapping.header_row, mapping.group_row, mapping.first_row) == (3, 2, 5)
    assert newest().row_count == 2
    browser.post(f"/imports/{import_.id}/acceptance")
    assert count_things() == 2


def test_of_headed_columns_those_of_the_last_heading_are_suggested_and_the_heading_is_the_period(
    app: Flask, database: None, tmp_path
) -> None:
    path = tmp_path / "results.csv"
    path.write_text(RESULTS, encoding="utf-8")
    table = open_table(path)
    with app.test_request_context():
        mapping = suggest_mapping(kind_named("results"), table, table.header_candidates()[0])
    assert (mapping.group_row, mapping.header_row) == (2, 3)
    assert mapping.columns == {"unit_code": ("Kod jednostki",), "mean": ("2022 średnia",), "n": ("2022 n",)}
    assert mapping.constants == {"period": "2022"}


def test_a_heading_that_is_no_time_is_the_question(app: Flask, database: None, tmp_path) -> None:
    path = tmp_path / "results.csv"
    path.write_text(RESULTS.replace("2021", "Trust").replace("2022", "Pay"), encoding="utf-8")
    table = open_table(path)
    with app.test_request_context():
        mapping = suggest_mapping(kind_named("results"), table, header_guesses(table.head())[0])
    assert mapping.constants == {"question": "Pay"}
