"""Text files are read block by block and come out as line by line: rows, the lines they begin on, and what is wrong."""

import csv
from pathlib import Path

import pytest

from app.imports.files import delimited
from app.imports.files.delimited import delimited_rows, dialect_of
from app.imports.files.unreadable import UnreadableFile

BLOCKS = [1, 2, 3, 7, 64]
TEXT = (
    'code,words\r\nA,"two\r\nlines, and ""more"""\r\n\r\nB,last\rC,"a\rb"\nD,żółć — жёлтый\n,\n"E",\n'
    'F,"\n\n\n"\r\n\r\rG,end'
)


@pytest.fixture(params=BLOCKS)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(delimited, "BLOCK", request.param)
    return int(request.param)


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    return list(delimited_rows(path, dialect_of(path)))


def line_by_line(path: Path) -> list[tuple[int, list[str]]]:
    found, before = [], 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        for cells in rows:
            if any(cells):
                found.append((before + 1, cells))
            before = rows.line_num
    return found


@pytest.mark.parametrize("ending", ["", "\n", "\r", "\r\n", "\r\n\r\n"])
def test_rows_and_their_lines_do_not_depend_on_the_blocks(tmp_path: Path, block: int, ending: str) -> None:
    path = tmp_path / "things.csv"
    path.write_bytes((TEXT + ending).encode())
    assert rows_of(path) == line_by_line(path)
    assert [line for line, _ in rows_of(path)] == [1, 2, 5, 6, 8, 10, 11, 17]


def test_a_line_that_no_text_has_is_named_wherever_it_stands(tmp_path: Path, block: int) -> None:
    path = tmp_path / "things.csv"
    path.write_bytes(b"code,words\r\nA,a\r\nB,b\r\nC,\0\r\nD,d\r\n")
    found = []
    with pytest.raises(UnreadableFile, match="Line 4 holds characters"):
        found += delimited_rows(path, dialect_of(path))
    path.write_bytes(b"code,words\r\nA,a\r\nB,\0")
    with pytest.raises(UnreadableFile, match="Line 3 holds characters"):
        rows_of(path)


def test_a_quotation_that_never_ends_is_named_by_its_first_line(tmp_path: Path, block: int) -> None:
    path = tmp_path / "things.csv"
    path.write_text('code,words\nA,a\nB,"open\nand so on\n' + "more\n" * 30, "utf-8")
    with pytest.raises(UnreadableFile, match="in the middle of the row that begins on line 3"):
        rows_of(path)


def test_a_row_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK", 100)
    monkeypatch.setattr(delimited, "MAX_ROW", 1000)
    path = tmp_path / "things.csv"
    path.write_text("code,words\n" + "A,a\n" * 500 + "B," + "b," * 700 + "\n", "utf-8")
    with pytest.raises(UnreadableFile, match="A cell on line 502 is longer"):
        rows_of(path)
    path.write_text("code,words\n" + "A,a\n" * 500 + "B," + "b," * 300 + "\n", "utf-8")
    assert len(rows_of(path)) == 502
