"""Rows of tables are put together in Python: nothing that stands in a cell becomes a part of the page."""

from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from markupsafe import Markup

from app.core.cells import table_rows

HOSTILE = "<script>'\"&"
ESCAPED = "&lt;script&gt;&#39;&#34;&amp;"
COLUMNS = [("Name", "text"), (HOSTILE, "text"), ("People", "number")]


def row(*cells: object, columns: list[tuple[str, str]] = COLUMNS) -> str:
    return str(table_rows([cells], columns))


def test_every_cell_and_label_and_address_is_escaped() -> None:
    page = row(HOSTILE, (HOSTILE, f"/people?q={HOSTILE}"), HOSTILE)
    assert page == (
        f'<tr><th scope="row">{ESCAPED}</th>'
        f'<td data-label="{ESCAPED}"><a href="/people?q={ESCAPED}">{ESCAPED}</a></td>'
        f'<td data-label="People" class="cell-number">{ESCAPED}</td></tr>'
    )


def test_a_cell_may_be_a_number_or_words_in_the_readers_language_or_nothing(app: Flask) -> None:
    with app.test_request_context("/?lang=pl"):
        page = row(12, None, lazy_gettext("People"))
    assert page.count("<td") == 2
    assert ">12<" in page
    assert "></td>" in page
    assert ">Osoby<" in page


def test_what_is_markup_already_stays_so() -> None:
    assert "<b>12</b>" in row(Markup("<b>12</b>"), "", "")


def test_a_short_row_has_fewer_cells_and_no_rows_make_nothing() -> None:
    assert row("Ewa") == '<tr><th scope="row">Ewa</th></tr>'
    assert table_rows([], COLUMNS) == ""


def test_the_table_of_a_page_is_made_so(app: Flask) -> None:
    table = (
        "{% from 'components/tables.html' import data_table %}{{ data_table('People', columns, [[name, none, 3]]) }}"
    )
    with app.test_request_context():
        page = render_template_string(table, columns=COLUMNS, name=HOSTILE)
    assert page.count(HOSTILE) == 0
    assert f'<th scope="row">{ESCAPED}</th>' in page


def test_words_in_the_place_of_a_number_may_take_two_lines() -> None:
    page = row("Ewa", "words as words", "too few to say", columns=COLUMNS)
    assert page.count("cell-said") == 1
    assert "cell-said" not in row("Ewa", "words as words", "10 of 12", columns=COLUMNS)
