"""Rows of a text file that are not as wide as its header."""

from pathlib import Path

import pytest

from app.core.imports import Mapping, Refusal
from app.core.rows import Row
from tests.imports.test_mapping import applied, table_of


def test_what_stands_under_the_wrong_headers_is_refused(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Unit,Score,Comment\nR1,9,quick, and kind\nR2,7,,,\nR3,5\n")
    mapping = Mapping("feedback", columns={"unit_code": ("Unit",), "score": ("Score",)})
    first, *others = applied(mapping, table)
    assert isinstance(first, Refusal)
    assert (first.line, first.value) == (2, "and kind")
    assert "4 cells and the header 3" in str(first.message)
    assert [(type(row), row.line) for row in others] == [(Row, 3), (Row, 4)]


def test_a_column_without_a_header_can_be_named_by_its_letter(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Unit,Score\nR1,9,fine\n")
    mapping = Mapping("feedback", columns={"unit_code": ("Unit",), "comment": ("[C]",)})
    assert [row.values["comment"] for row in applied(mapping, table) if isinstance(row, Row)] == ["fine"]


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("Unit,Score\nR1,9\nR2", True),
        ("Unit,Score\nR1,9\nR2\n", False),
        ("Unit,Score\nR1\nR2", False),
        ("Unit,Score\nR1,9\nR2,7", False),
        ("Unit,Score\nR1", False),
    ],
)
def test_the_last_row_of_a_file_that_was_cut_off_is_refused(tmp_path: Path, text: str, is_cut: bool) -> None:
    rows = applied(Mapping("feedback", columns={"unit_code": ("Unit",)}), table_of(tmp_path, text))
    assert isinstance(rows[-1], Refusal) is is_cut
