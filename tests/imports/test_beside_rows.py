"""Lines that are no rows: left out, said on the page and by the command, and rows after all when somebody says so."""

from html import unescape
from pathlib import Path

import pytest

from app.core.outside import Why
from app.core.permissions import Role
from app.imports.actions import Said, Wish, run_import_command
from app.imports.mapping import read_mapping
from app.imports.models import ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.imports.things import bring_things, count_things
from tests.imports.walk import choices, hidden, newest, upload, uploaded

SHEET = "Report of today,\ncode,name\nA1,Alpha\n,Razem\nB2,Beta\n\nSource: CRM\n* without Leeds\n"
COUNTS = "unit_code;metric;period;promoters;passives;detractors\n"
LEFT_OUT = (
    "1 line above the header is left out: line 1 “Report of today”",
    "2 lines below the table are left out: line 7 “Source: CRM”, line 8 “* without Leeds”",
    "1 row looks like a total of others and is not taken: line 4 “Razem”",
)


def checked(browser: Browser, text: str = SHEET, **chosen: str) -> str:
    import_ = uploaded(browser, text)
    base = 'kind = "things"\nheader_row = 2\n[columns]\ncode = "code"\nname = "name"\n'
    answer = browser.post(f"/imports/{import_.id}/mapping", data=choices(header_row="2", base=base, **chosen))
    assert answer.status_code == 302, answer.text
    return f"/imports/{import_.id}"


@pytest.mark.usefixtures("things")
def test_what_is_left_out_is_said_before_anything_is_written_and_after(browser: Browser, cast: Cast) -> None:
    address = checked(browser.sign_in(cast.celina))
    assert (newest().row_count, newest().new_count, newest().refused_count) == (2, 2, 0)
    page = unescape(browser.get(address).text)
    assert all(f"<li>{sentence}</li>" in page for sentence in LEFT_OUT)
    browser.post(f"{address}/acceptance")
    page = unescape(browser.get(address).text)
    assert all(f"<li>{sentence}</li>" in page for sentence in LEFT_OUT)
    assert "lines-taken" not in page
    assert count_things() == 2


@pytest.mark.usefixtures("things")
def test_whoever_knows_better_says_so_and_takes_it_back(browser: Browser, cast: Cast) -> None:
    address = checked(browser.sign_in(cast.celina))
    answer = browser.post(f"{address}/lines-taken", data={"rows_below": "1", "not_totals": "Razem"})
    assert answer.location == address
    import_ = newest()
    assert (import_.status, import_.row_count, import_.new_count, import_.refused_count) == (
        ImportStatus.CHECKED, 5, 4, 1,
    )  # fmt: skip
    mapping = read_mapping(import_.mapping)
    assert (mapping.rows_below, mapping.not_totals) == (True, ("Razem",))
    page = unescape(browser.get(address).text)
    assert "1 row looks like a total and is taken as a unit: line 4 “Razem”" in page
    assert "2 lines below the table are taken as rows: line 7" in page
    assert (
        page.count('name="not_totals" value="Razem" checked') == page.count('name="rows_below" value="1" checked') == 1
    )
    browser.post(f"{address}/lines-taken")
    assert (newest().row_count, read_mapping(newest().mapping).not_totals) == (2, ())


@pytest.mark.usefixtures("things")
def test_lines_are_taken_by_those_who_may_bring_the_file_and_before_it_is_in(browser: Browser, cast: Cast) -> None:
    address = checked(browser.sign_in(cast.celina))
    assert "/sign-in" in Browser(browser.app).post(f"{address}/lines-taken").location
    assert browser.sign_in(cast.ewa).post(f"{address}/lines-taken").status_code == 403
    assert browser.sign_in(cast.hanna).post(f"{address}/lines-taken").status_code == 404
    browser.sign_in(cast.celina).post(f"{address}/acceptance")
    assert browser.post(f"{address}/lines-taken").status_code == 409


@pytest.mark.usefixtures("things")
def test_a_file_of_nothing_but_notes_still_says_what_was_left_out(browser: Browser, cast: Cast) -> None:
    address = checked(browser.sign_in(cast.celina), "Report,\ncode,name\n,Total\n")
    assert newest().status is ImportStatus.FAILED
    page = unescape(browser.get(address).text)
    assert "There is no row below the header." in page
    assert "line 3 “Total”" in page
    browser.post(f"{address}/lines-taken", data={"not_totals": "Total"})
    assert (newest().status, newest().refused_count) == (ImportStatus.CHECKED, 1)


@pytest.mark.parametrize(
    ("language", "asked", "taken"),
    [
        ("en", "“Razem” (line 3) is a person, not a total", "1 row looks like a total and is taken as a person:"),
        ("pl", "„Razem” (wiersz 3) to osoba, a nie suma", "1 wiersz wygląda na sumę, ale jest brany jak osoba:"),
        ("ru", "«Razem» (строка 3) — человек, а не итог", "1 строка похожа на итог, но берётся как человек:"),
    ],
)
def test_in_a_file_of_people_a_row_that_is_no_total_is_a_person(
    browser: Browser, cast: Cast, language: str, asked: str, taken: str
) -> None:
    cast.hanna.language = language
    page_of = uploaded_people(
        browser.sign_in(cast.hanna), "email,name,unit_code\nnew@example.org,New One,N1\n,Razem,\n"
    )
    page = unescape(browser.get(page_of).text)
    assert asked in page
    browser.post(f"{page_of}/lines-taken", data={"not_totals": "Razem"})
    page = unescape(browser.get(page_of).text)
    assert asked in page
    assert taken in page


def uploaded_people(browser: Browser, text: str) -> str:
    """The address of its check."""
    assert upload(browser, text, "people.csv", "employees").status_code == 303
    address = f"/imports/{newest().id}"
    page = browser.get(f"{address}/mapping").text
    columns = {f"column_{name}": name for name in ("email", "name", "unit_code")}
    told = {name: hidden(page, name) for name in ("header_row", "base")} | columns
    assert browser.post(f"{address}/mapping", data=told).status_code == 302
    return address


def brought(path: Path, said: Said) -> tuple[int, list[str]]:
    lines: list[str] = []
    code = run_import_command(Wish("feedback", path, said=said, dry_run=True), lines.append)
    return code, lines


def test_a_total_of_a_region_is_not_counted_beside_its_branches(cast: Cast, tmp_path: Path) -> None:
    """NORTH is a unit like any other; its numbers say that they are those of N1 and N2 together."""
    path = tmp_path / "groups.csv"
    rows = "NORTH;nps;2026-Q1;313;141;86\nN1;nps;2026-Q1;200;100;50\nN2;nps;2026-Q1;113;41;36\nS1;nps;2026-Q1;9;8;7\n"
    path.write_text(COUNTS + rows)
    code, lines = brought(path, Said())
    assert code == 0
    assert lines[0].startswith("feedback: 3 rows read: 3 new")
    assert lines[1] == "  1 like totals of others, not taken (--not-total TEXT takes one): line 2 “NORTH”"
    code, lines = brought(path, Said(not_totals=("north",)))
    assert lines[0].startswith("feedback: 4 rows read: 4 new")
    assert not any("totals" in line for line in lines)


def test_the_command_takes_lines_below_and_says_what_holds_for_all_rows(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("unit_code;period;promoters;passives;detractors\nN1;2026-Q1;3;2;1\nSource: CRM;;;;\n")
    code, lines = brought(path, Said({"metric": "nps"}))
    assert (code, lines[1]) == (0, "  1 below the table, left out (--rows-below takes them): line 3 “Source: CRM”")
    code, lines = brought(path, Said({"metric": "nps", "period": "2025"}, rows_below=True))
    assert code == 2
    assert lines[0].startswith("feedback: 2 rows read: 1 new, 0 changed, 0 unchanged, 1 refused")


@pytest.mark.usefixtures("things")
def test_who_may_not_look_into_the_file_reads_none_of_its_lines(browser: Browser, cast: Cast) -> None:
    bring_things(browser.app, is_private=True)
    address = checked(browser.sign_in(cast.celina))
    other = make_account("other@example.org")
    make_grant(other, Role.CX_LEAD, cast.company)
    page = browser.sign_in(other).get(address)
    assert page.status_code == 200
    assert "Source: CRM" not in page.text
    assert newest().lines_outside(Why.BELOW)
