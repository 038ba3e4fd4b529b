"""The day or the month first: told by the whole column, else asked with examples, and nothing is accepted meanwhile."""

from html import unescape
from pathlib import Path

import pytest

from app.core.imports import DateOrder, Mapping
from app.imports import dates
from app.imports.actions import Said, Wish, run_import_command
from app.imports.dates import dates_in
from app.imports.mapping import read_mapping
from app.imports.models import ImportStatus
from app.imports.reading import open_table
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import feedback_page, newest, send_feedback_page

HEADER = "unit_code;metric;date;score\n"
OPEN = HEADER + "N1;nps;03/04/2026;9\nN1;nps;05/05/2026;8\nN1;nps;05/06/2026;9\nN1;nps;07/08/2026;10\n"


def test_where_the_column_does_not_tell_three_examples_of_each_reading_are_asked_about(
    browser: Browser, cast: Cast
) -> None:
    address, page = feedback_page(browser.sign_in(cast.celina), OPEN)
    assert "“03/04/2026” is 3 Apr 2026 · “05/06/2026” is 5 Jun 2026 · “07/08/2026” is 7 Aug 2026" in page
    assert "“03/04/2026” is 4 Mar 2026 · “05/06/2026” is 6 May 2026 · “07/08/2026” is 8 Jul 2026" in page
    assert not any("checked" in line for line in page.splitlines() if 'name="date_order"' in line)
    answer = send_feedback_page(browser, address)
    assert answer.status_code == 422
    assert "Choose how the dates of this file are to be read." in answer.text
    assert newest().status is ImportStatus.UPLOADED


def test_the_answer_is_kept_and_the_rows_are_read_by_it(browser: Browser, cast: Cast) -> None:
    address, _ = feedback_page(browser.sign_in(cast.celina), OPEN)
    assert send_feedback_page(browser, address, date_order="month-first").status_code == 302
    assert (newest().status, newest().new_count) == (ImportStatus.CHECKED, 4)
    assert read_mapping(newest().mapping).date_order is DateOrder.MONTH_FIRST


def test_a_column_chosen_otherwise_than_suggested_is_asked_about_too(browser: Browser, cast: Cast) -> None:
    text = OPEN.replace(";date;", ";X;").replace("unit_code;", "unit_code;date;").replace("N1;", "N1;2026-01-01;")
    address, page = feedback_page(browser.sign_in(cast.celina), text)
    assert 'name="date_order"' not in page
    answer = send_feedback_page(browser, address, column_date="X")
    assert answer.status_code == 422
    assert "“03/04/2026” is 3 Apr 2026" in unescape(answer.text)


def test_what_the_column_tells_is_shown_and_not_asked(browser: Browser, cast: Cast) -> None:
    address, page = feedback_page(browser.sign_in(cast.celina), OPEN + "N1;nps;31/01/2026;9\n")
    chosen = [line for line in page.splitlines() if 'name="date_order"' in line and "checked" in line]
    assert len(chosen) == 1
    assert 'value="day-first"' in chosen[0]
    assert send_feedback_page(browser, address).status_code == 302
    assert read_mapping(newest().mapping).date_order is DateOrder.DAY_FIRST


def test_nothing_is_asked_of_dates_with_the_year_first(browser: Browser, cast: Cast) -> None:
    address, page = feedback_page(browser.sign_in(cast.celina), HEADER + "N1;nps;2026-04-03;9\n")
    assert 'name="date_order"' not in page
    assert send_feedback_page(browser, address).status_code == 302


def test_two_orders_in_one_column_are_offered_to_be_read_one_by_one(browser: Browser, cast: Cast) -> None:
    text = OPEN + "N1;nps;30/09/2025;9\nN1;nps;5/31/2022;9\n"
    address, page = feedback_page(browser.sign_in(cast.celina), text)
    assert "2 dates can be read in one way only and are taken; those that fit both are refused" in page
    assert send_feedback_page(browser, address).status_code == 422
    assert send_feedback_page(browser, address, date_order="mixed").status_code == 302
    assert (newest().new_count, newest().refused_count) == (3, 3)


@pytest.mark.parametrize("meddled", ["backwards", "day-first\0", ""])
def test_an_order_that_nobody_offered_leaves_the_question_open(browser: Browser, cast: Cast, meddled: str) -> None:
    address, _ = feedback_page(browser.sign_in(cast.celina), OPEN)
    assert send_feedback_page(browser, address, date_order=meddled).status_code == 422


def run(path: Path, **said: object) -> tuple[int, str]:
    lines: list[str] = []
    code = run_import_command(Wish("feedback", path, said=Said(**said)), lines.append)  # type: ignore[arg-type]
    return code, "\n".join(lines)


def test_the_command_names_the_option_and_takes_nothing_without_it(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(OPEN)
    code, said = run(path)
    assert code == 1
    assert "“03/04/2026” is 2026-04-03 or 2026-03-04" in said
    assert "--date-order" in said
    assert run(path, date_order=DateOrder.DAY_FIRST)[0] == 0


def test_a_mapping_without_an_order_has_it_read_from_the_column(cast: Cast, tmp_path: Path) -> None:
    path, mapping = tmp_path / "answers.csv", tmp_path / "m.toml"
    path.write_text(OPEN + "N1;nps;01/31/2026;9\n")
    columns = "".join(f'{name} = "{name}"\n' for name in ("unit_code", "metric", "date", "score"))
    mapping.write_text(f'kind = "feedback"\n[columns]\n{columns}')
    lines: list[str] = []
    assert run_import_command(Wish("feedback", path, mapping), lines.append) == 0
    assert read_mapping(newest().mapping).date_order is DateOrder.MONTH_FIRST


def test_the_column_is_read_to_its_end_where_its_beginning_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "ENOUGH_ROWS", 10)
    path = tmp_path / "answers.csv"
    path.write_text(HEADER + "N1;nps;03/04/2026;9\n" * 57 + "N1;nps;31/01/2026;9\n")
    mapping = Mapping("feedback", columns={"date": ("date",)})
    assert dates_in(open_table(path), mapping).order is DateOrder.DAY_FIRST


def test_rows_that_the_mapping_leaves_out_do_not_tell(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(HEADER + "N1;nps;30/09/2025;9\nN2;nps;5/31/2022;9\n")
    mapping = Mapping("feedback", columns={"date": ("date",)}, skip={"unit_code": ("N2",)})
    assert dates_in(open_table(path), mapping).order is DateOrder.DAY_FIRST
