"""The header is found below titles and banners, and two-row headers do not pass for answers."""

import pytest

from app.imports.files.headers import column_letters, header_guesses, header_names

NUMBERS = [["A1", "12", "8.5"], ["A2", "9", "7.25"], ["A3", "30", "9.1"], ["A4", "11", "6"]]


def numbered(*rows: list[str]) -> list[tuple[int, list[str]]]:
    return [(line, row) for line, row in enumerate(rows, start=1) if any(row)]


@pytest.mark.parametrize(
    ("above", "header_row"),
    [
        ([], 1),
        ([["Results of 2023", "", ""]], 2),
        ([["Results of 2023", "", ""], ["", "", ""], ["Confidential", "", ""]], 4),
        ([["", "", ""], ["", "", ""]], 3),
        ([["Period:", "2023", ""]], 2),
    ],
)
def test_the_header_is_found_below_titles(above: list[list[str]], header_row: int) -> None:
    guess = header_guesses(numbered(*above, ["unit", "n", "mean"], *NUMBERS))[0]
    assert (guess.header_row, guess.first_row, guess.headers) == (header_row, header_row + 1, ("unit", "n", "mean"))


def test_in_a_table_of_words_the_first_full_row_is_the_header() -> None:
    assert header_guesses(numbered(["unit", "kind"], ["London", "city"], ["Oslo", "city"]))[0].header_row == 1


def test_years_may_be_headers() -> None:
    rows = numbered(["unit", "2021", "2022"], ["A", "7.5", "8"], ["B", "6", "6.5"])
    assert header_guesses(rows)[0].header_row == 1


def test_a_row_of_questions_below_the_header_is_not_an_answer() -> None:
    questions = ["The unit's name", "How many of you?", "How was it?"]
    guess = header_guesses(numbered(["unit", "n", "mean"], questions, *NUMBERS))[0]
    assert (guess.header_row, guess.first_row) == (1, 3)


def test_a_first_answer_that_is_partly_missing_stays_an_answer() -> None:
    guess = header_guesses(numbered(["unit", "n", "mean"], ["A0", "N/D", "-"], *NUMBERS))[0]
    assert guess.first_row == 2


def test_other_rows_are_offered_after_the_best() -> None:
    rows = numbered(["Report", "", ""], ["unit", "n", "mean"], *NUMBERS)
    assert [guess.header_row for guess in header_guesses(rows)][:2] == [2, 1]


def test_nothing_has_no_header() -> None:
    assert header_guesses([]) == []


def test_nameless_and_repeated_columns_get_the_letter_that_stands_over_them() -> None:
    assert header_names(["unit", "", "mean\u00a0 score", "n", "n"]) == ("unit", "[B]", "mean score", "n", "n [E]")
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


SCORES = [["A1", "12", "8.5", "10", "8"], ["A2", "9", "7.25", "8", "7"], ["A3", "30", "9.1", "28", "9"]]
YEARS = "Unit|2021 n|2021 mean|2022 n|2022 mean"


@pytest.mark.parametrize(
    ("headings", "names", "headers"),
    [
        ("|2021||2022|", "Unit|n|mean|n|mean", YEARS),
        ("Unit|2021||2022|", "|n|mean|n|mean", YEARS),
        ("|I kw.||II kw.|", "Dział|n|śr.|n|śr.", "Dział|I kw. n|I kw. śr.|II kw. n|II kw. śr."),
        ("Отдел|2021||Итого|", "|n|балл|n|", "Отдел|2021 n|2021 балл|Итого n|Итого"),
        ("|n||mean|", "Unit|2021|2022|2021|2022", "Unit|n 2021|n 2022|mean 2021|mean 2022"),
        ("|2021|||", "Unit|n|mean|promoters|x", "Unit|2021 n|2021 mean|2021 promoters|2021 x"),
        ("|2021||2022|", "Unit|n|mean|n|mean|note", YEARS + "|note"),
    ],
)
def test_headings_above_become_part_of_the_names(headings: str, names: str, headers: str) -> None:
    guess = header_guesses(
        numbered(["Report of the year", *[""] * 4], ["", "", ""], headings.split("|"), names.split("|"), *SCORES)
    )[0]
    assert (guess.group_row, guess.header_row, guess.first_row) == (3, 4, 5)
    assert guess.headers == tuple(headers.split("|"))


@pytest.mark.parametrize(
    "above",
    [
        ["Results of 2023", "", "", "", ""],
        ["", "", "Results", "", ""],
        ["Period:", "2023", "", "", ""],
        ["Period", "2023", "", "", ""],
        ["Results", "of", "this", "very", "year"],
    ],
)
def test_a_title_is_no_heading_of_columns(above: list[str]) -> None:
    guess = header_guesses(numbered(above, ["Unit", "n", "mean", "count", "score"], *SCORES))[0]
    assert guess.group_row is None


def test_a_first_row_of_data_is_no_second_row_of_the_header() -> None:
    guess = header_guesses(numbered(["Unit", "Answers", "", "Before", ""], *SCORES))[0]
    assert (guess.header_row, guess.group_row, guess.first_row) == (1, None, 2)


def test_the_row_below_a_gap_has_no_headings_above() -> None:
    rows = numbered(["", "2021", "", "2022", ""], ["", ""], ["Unit", "n", "mean", "n", "mean"], *SCORES)
    assert header_guesses(rows)[0].group_row is None
