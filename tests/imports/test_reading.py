"""Files are told by what they hold, streamed, and refused with a sentence."""

import datetime
import tracemalloc
from pathlib import Path

import pytest

from app.imports.files.faults import Fault
from app.imports.files.sheet_reader import canonical
from app.imports.reading import UnreadableFile, open_table, sheets
from tests.imports.workbooks import write_ods, write_xlsx

TABLE = [["kod", "nazwa"], ["01", "Łódź"], ["02", "Żary"]]


def rows_of(path: Path, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    return list(open_table(path, sheet).rows())


def cells_of(path: Path) -> list[list[str]]:
    return [cells for _, cells in rows_of(path)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_table_is_read_whatever_separates_its_cells_and_lines(
    tmp_path: Path, delimiter: str, line_end: str
) -> None:
    path = tmp_path / "branches"
    path.write_bytes(line_end.join(delimiter.join(row) for row in TABLE).encode())
    assert cells_of(path) == TABLE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "kod;nazwa\n01;Łódź – żółć\n"),
        ("utf-8-sig", "kod;nazwa\n01;Łódź\n"),
        ("utf-16", "kod;nazwa\n01;Łódź\n"),
        ("utf-16-le", "kod;nazwa\n01;Lodz\n"),
        ("cp1250", "kod;nazwa\n01;Łódź, ulica Świętego Wojciecha\n"),
        ("iso-8859-2", "kod;nazwa\n01;Łódź, ulica Świętego Wojciecha; ąśź\n"),
        ("cp1251", "код;название\n01;Магазин на Невском\n"),
        ("cp1252", "code;name\n01;Café Müller, à côté\n"),
    ],
)
def test_letters_survive_whatever_the_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "letters.csv"
    path.write_bytes(text.encode(encoding))
    assert "\n".join(";".join(cells) for cells in cells_of(path)) == text.strip().replace("; ", ";")


def test_one_stray_byte_costs_one_character_and_not_all_the_others(tmp_path: Path) -> None:
    path = tmp_path / "stray.csv"
    path.write_bytes(b"kod,nazwa\n" + "01,Łódź Żabieniec świeże mięso\n".encode() * 20 + b"02,\xb3\n")
    rows = cells_of(path)
    assert rows[1][1] == "Łódź Żabieniec świeże mięso"
    assert rows[-1][1] == "\ufffd"


def test_lines_are_those_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text('a,b\n\n"one\ntwo",1\n , \nlast,2\n')
    assert rows_of(path) == [(1, ["a", "b"]), (3, ["one\ntwo", "1"]), (6, ["last", "2"])]


def test_a_file_that_names_its_delimiter_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "sep.csv"
    path.write_text("sep=|\na,b|c\n1,2|3\n")
    assert rows_of(path) == [(2, ["a,b", "c"]), (3, ["1,2", "3"])]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "commas.csv"
    path.write_text("jednostka;średnia;n\nA;8,5;12\nB;7,25;9\nC;9,1;30\n")
    assert cells_of(path)[1] == ["A", "8,5", "12"]


def test_cells_lose_their_edges_and_the_quotation_mark_of_an_export(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("a,b,c,d\n\u00a0x y ,'=1+1,'quoted',' =x\n")
    assert cells_of(path)[1] == ["x y", "=1+1", "'quoted'", "' =x"]


@pytest.mark.parametrize("name", ["book.xlsx", "book.csv", "book"])
def test_a_workbook_is_told_by_content_and_not_by_name(tmp_path: Path, name: str) -> None:
    path = write_xlsx(tmp_path / name, {"Dane": TABLE})
    assert open_table(path).kind == "xlsx"
    assert cells_of(path) == TABLE


def test_an_ods_called_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ods.csv", [*TABLE, ["03", 7.5], ["04", 9]])
    assert open_table(path).kind == "ods"
    assert cells_of(path) == [*TABLE, ["03", "7.5"], ["04", "9"]]


def test_sheets_are_listed_and_the_largest_is_taken(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "two.xlsx", {"Notes": [["read me"]], "Table": TABLE})
    assert [(sheet.name, sheet.rows, sheet.columns) for sheet in sheets(path)] == [("Notes", 1, 1), ("Table", 3, 2)]
    assert open_table(path).sheet == "Table"
    assert rows_of(path, "Notes") == [(1, ["read me"])]


def test_empty_rows_and_columns_before_a_table_keep_its_lines_and_places(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "offset.xlsx", {"S": [[], [], [None, None, "a"], [], [None, None, "b", 1]]})
    assert rows_of(path) == [(3, ["", "", "a", ""]), (5, ["", "", "b", "1"])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9.0, "9"),
        (6.92448282566091, "6.92448282566091"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.date(2021, 9, 30), "2021-09-30"),
        (datetime.datetime.fromisoformat("2021-09-30"), "2021-09-30"),
        (datetime.datetime.fromisoformat("2021-09-30 14:05"), "2021-09-30 14:05:00"),
        (datetime.time(14, 5), "14:05:00"),
        (datetime.timedelta(hours=36, seconds=5), "36:00:05"),
        (datetime.timedelta(seconds=-61), "-0:01:01"),
        ("  text ", "  text "),
    ],
)
def test_every_kind_of_cell_has_one_text(value: int | float | str, text: str) -> None:
    assert canonical(value) == text


def sentence_of(path: Path, sheet: str | None = None) -> tuple[Fault, str]:
    with pytest.raises(UnreadableFile) as caught:
        rows_of(path, sheet)
    return caught.value.fault, str(caught.value.message)


@pytest.mark.parametrize(
    ("content", "fault", "words"),
    [
        (b"", Fault.EMPTY, "empty"),
        (b"\n \n", Fault.EMPTY, "empty"),
        (b"\xef\xbb\xbf", Fault.EMPTY, "empty"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", Fault.WEB_PAGE, "web page"),
        (b"%PDF-1.7\n" + bytes(range(1, 9)) * 400, Fault.NOT_A_TABLE, "not a table"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Fault.LEGACY, "old or binary"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            Fault.ENCRYPTED,
            "password",
        ),
        (b"PK\x03\x04 and then nothing of the kind", Fault.DAMAGED, "damaged"),
        (b'a,b\n1,2\n3,"begun and never\nended', Fault.OPEN_QUOTE, "begins on line 3"),
        (b"a,b\n1,2\n3,4\0\n", Fault.BROKEN_TEXT, "Line 3"),
        (b"a,b\n" + b"," * 1500 + b"\n", Fault.TOO_MANY_COLUMNS, "1501 columns"),
        (b'a,b\n1,"' + b"never closed\n" * 20_000, Fault.LONG_CELL, "line 2"),
        (b"x" * 5_000_000, Fault.LONG_CELL, "line 1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, fault: Fault, words: str
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    found, sentence = sentence_of(path)
    assert found is fault
    assert words in sentence


def test_a_missing_sheet_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "two.xlsx", {"Jan": TABLE, "Feb": TABLE})
    assert sentence_of(path, "Mar") == (
        Fault.NO_SUCH_SHEET,
        "There is no sheet “Mar” in this file. It has: Jan, Feb.",
    )


def test_a_sheet_of_too_many_columns_or_rows_is_refused(tmp_path: Path) -> None:
    wide = write_xlsx(tmp_path / "wide.xlsx", {"S": [[], [*[None] * 1200, "far right"]]})
    assert sentence_of(wide)[0] is Fault.TOO_MANY_COLUMNS
    long = write_ods(tmp_path / "long.ods", [["x"]] * 200_101)
    fault, sentence = sentence_of(long)
    assert fault is Fault.TOO_MANY_ROWS
    assert "Save it as CSV" in sentence


def test_a_long_text_file_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("unit,date,score,comment\n")
        file.writelines(f"U{number % 50},2026-01-01,{number % 11},żółw {number}\n" for number in range(60_000))
    tracemalloc.start()
    count = sum(1 for _ in open_table(path).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_001
    assert peak < 6_000_000


def test_whoever_stops_early_leaves_no_child_behind(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "book.xlsx", {"S": [[number] for number in range(20_000)]})
    rows = open_table(path).rows()
    assert next(rows) == (1, ["0"])
    children = Path("/proc/self/task").glob("*/children")
    assert any(child.read_text() for child in children)
    rows.close()
    assert not any("sheet_reader" in _command(child) for child in _children())


def _children() -> list[str]:
    return [pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()]


def _command(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def test_no_header_stands_deeper_than_we_hold_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n" * 2_000, "utf-8")
    assert open_table(path).headers(1_000) == ("1", "2")
    assert open_table(path).headers(1_500) == ()
