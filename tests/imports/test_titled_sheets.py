"""A sheet whose name changes from file to file is found by the words above its table; a footnote mark is no name."""

from pathlib import Path

import pytest

from app.core.imports import Column, Mapping
from app.core.rows import Row
from app.imports.mapping import apply_mapping
from app.imports.reading import UnreadableFile, open_mapped
from tests.imports.test_mapping import KIND
from tests.imports.workbooks import write_xlsx

TABLE = [["unit_code", "score"], ["A", 1], ["B", 2]]


def book(folder: Path, *titles: str) -> Path:
    sheets = {f"Q{number}": [[title, ""], ["", ""], *TABLE] for number, title in enumerate(titles, start=7)}
    return write_xlsx(folder / "book.xlsx", {"Index": [["Q7", "Trust"], ["Q8", "Pay"]], **sheets})


def titled(words: str) -> Mapping:
    return Mapping("feedback", sheet_title=words, header_row=3, columns={"unit_code": ("unit_code",)})


def test_the_words_decide_whatever_their_blanks_and_case(tmp_path: Path) -> None:
    path = book(tmp_path, "(7) I\u00a0trust\nmy boss.", "(8) I am paid well.")
    assert open_mapped(path, titled("i trust my BOSS")).sheet == "Q7"
    assert open_mapped(path, titled("paid well")).sheet == "Q8"


def test_a_name_that_is_given_goes_before_the_words(tmp_path: Path) -> None:
    mapping = Mapping("feedback", sheet="Q8", sheet_title="trust")
    assert open_mapped(book(tmp_path, "I trust", "I am paid"), mapping).sheet == "Q8"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("weather", "No sheet of this file has “weather”"), ("I am", "Several sheets of this file have “I am”")],
)
def test_none_or_several_are_not_guessed(tmp_path: Path, words: str, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_mapped(book(tmp_path, "I am well", "I am paid"), titled(words))
    assert sentence in str(caught.value.message)


def test_marks_of_footnotes_are_taken_off_names_and_off_nothing_else(tmp_path: Path) -> None:
    rows = [["unit_code", "comment"], ["†Army", "†good*"], ["Leeds*", ""], ["N†1", "x"], ["", "y"]]
    path = write_xlsx(tmp_path / "marks.xlsx", {"S": rows})
    mapping = Mapping("feedback", columns={"unit_code": ("unit_code",), "comment": ("comment",)})
    columns: tuple[Column, ...] = KIND.columns
    found = [row for row in apply_mapping(mapping, open_mapped(path, mapping), columns) if isinstance(row, Row)]
    assert [row.values["unit_code"] for row in found] == ["Army", "Leeds", "N†1", ""]
    assert found[0].values["comment"] == "†good*"
