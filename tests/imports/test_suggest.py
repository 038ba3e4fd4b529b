"""Columns are recognised by English, Polish and Russian words and by what stands in them; doubt leaves them empty."""

from pathlib import Path

import pytest
from flask_babel import lazy_gettext

from app.core.imports import Column
from app.imports.suggest import Suggestion, suggest

COLUMNS = {
    "units": "code name parent_code kind valid_from valid_to",
    "employees": "email employee_number name unit_code manager job language time_zone starts_on ends_on role",
    "feedback": "unit_code date metric score touchpoint channel comment language external_id period"
    " promoters passives detractors mean n",
    "results": "unit_code period question score promoters passives detractors mean n headcount external_id",
}
# Each line is the header of one file: kind, then header = our column, or header = nothing where it is none of ours.
HEADERS = Path(__file__).with_name("headers.txt").read_text(encoding="utf-8").splitlines()


def columns_of(kind: str) -> list[Column]:
    return [Column(name, lazy_gettext("Column")) for name in COLUMNS[kind].split()]


def suggested(kind: str, headers: list[str], rows: list[list[str]] | None = None, **known: set[str]) -> dict[str, str]:
    suggestion: Suggestion = suggest(columns_of(kind), headers, rows or [], kind=kind, codes=known.get("codes", set()))
    return {ours: theirs[0] for ours, theirs in suggestion.mapped().items()}


@pytest.mark.parametrize("line", [line for line in HEADERS if line and not line.startswith("#")])
def test_headers_are_recognised_in_three_languages(line: str) -> None:
    kind, _, rest = line.partition(": ")
    wanted = dict(part.split(" = ") for part in rest.split(" | "))
    found = {header: ours for ours, header in suggested(kind, list(wanted)).items()}
    assert {header: found.get(header, "-") for header in wanted} == wanted


def test_addresses_are_recognised_under_any_header() -> None:
    rows = [["ewa@demo.example", "x"], ["jan@demo.example", "y"]]
    assert suggested("employees", ["Login", "Whatever"], rows) == {"email": "Login"}


def test_known_codes_are_recognised_under_any_header() -> None:
    rows = [["A1", "x"], ["A2", "y"], ["a1", "z"]]
    assert suggested("feedback", ["Whatever", "Else"], rows, codes={"A1", "A2"}) == {"unit_code": "Whatever"}


def test_known_codes_decide_between_two_columns_of_codes() -> None:
    rows = [["R1", "A1"], ["R1", "A2"]]
    assert suggested("feedback", ["Branch code", "Store code"], rows, codes={"A1", "A2"})["unit_code"] == "Store code"


def test_words_are_not_taken_for_a_score() -> None:
    rows = [["Strongly Agree", "9"], ["Agree", "10"]]
    assert suggested("feedback", ["Recommend", "Likely to recommend"], rows) == {"score": "Likely to recommend"}


def test_broken_numbers_are_a_mean_and_whole_ones_a_score() -> None:
    assert suggested("results", ["Score"], [["7.25"], ["8.1"]]) == {"mean": "Score"}
    assert suggested("results", ["Score"], [["7"], ["8"]]) == {"score": "Score"}


def test_many_columns_alike_are_left_to_a_person() -> None:
    assert suggested("feedback", ["meanQ1", "meanQ2", "meanQ3", "meanQ4"]) == {}


def test_strange_headers_are_left_empty() -> None:
    assert suggested("feedback", ["foo", "bar", "xyzzy", "Column2", ""]) == {}


def test_no_column_is_used_twice() -> None:
    found = suggested("employees", ["Employee", "Manager", "Employee number", "Email", "Date"])
    assert len(set(found.values())) == len(found)


def test_a_suggestion_shows_its_examples_and_how_sure_it_is() -> None:
    suggestion = suggest(
        columns_of("units"), ["Kod", "?"], [["A", "1"], ["A", "2"], ["", "3"], ["B", "4"]], kind="units"
    )
    code = suggestion.columns["code"]
    assert (code.index, code.header, code.examples) == (0, "Kod", ("A", "B"))
    assert 0.9 <= code.confidence <= 1
    assert suggestion.columns["name"].header is None


def test_a_column_brings_names_of_its_own() -> None:
    columns = [Column("seats", lazy_gettext("Seats"), names=("Miejsca",))]
    assert suggest(columns, ["MIEJSCA"], []).mapped() == {"seats": ("MIEJSCA",)}


def test_first_and_last_name_are_joined_as_a_person_says_them() -> None:
    found = suggest(columns_of("employees"), ["Surname", "First name", "E-mail"], [], kind="employees").mapped()
    assert found == {"name": ("First name", "Surname"), "email": ("E-mail",)}


def test_a_patronymic_keeps_the_order_of_the_file() -> None:
    headers = ["Фамилия", "Имя", "Отчество", "Таб. номер"]
    found = suggest(columns_of("employees"), headers, [], kind="employees").mapped()
    assert found["name"] == ("Фамилия", "Имя", "Отчество")


def test_a_full_name_is_not_joined_with_its_parts() -> None:
    found = suggest(columns_of("employees"), ["Full name", "First name", "Last name"], [], kind="employees").mapped()
    assert found["name"] == ("Full name",)


def test_an_nps_beside_the_counts_it_comes_from_is_no_score() -> None:
    assert "score" not in suggested("results", ["Team", "Promoters", "Passives", "Detractors", "eNPS"])


def test_sentences_and_time_zones_are_recognised_under_headers_that_say_nothing() -> None:
    rows = [["The queue was very long", "x"], ["Everybody was so kind to us", "y"], ["I shall come again soon", "z"]]
    assert suggested("feedback", ["Q7", "Q8"], rows) == {"comment": "Q7"}
    assert suggested("employees", ["AA"], [["Europe/Warsaw"], ["Europe/Riga"]]) == {"time_zone": "AA"}


def test_whoever_is_one_of_the_file_s_own_codes_stands_above() -> None:
    rows = [["A", "Alpha", "", "x"], ["B", "Beta", "A", "x"], ["C", "Gamma", "A", "y"]]
    assert suggested("units", ["Code", "Name", "Whatever", "Else"], rows)["parent_code"] == "Whatever"


@pytest.mark.parametrize("key", [0, 1])
def test_whoever_is_one_of_the_file_s_own_people_is_the_manager(key: int) -> None:
    people = [["1", "a@x.pl"], ["2", "b@x.pl"], ["3", "c@x.pl"]]
    rows = [[*person, name, people[1][key] if name != "Bea Nowak" else ""]
            for person, name in zip(people, ("Ann Lis", "Bea Nowak", "Cyd Kot"), strict=True)]  # fmt: skip
    assert suggested("employees", ["Employee no", "E-mail", "Name", "Zzz"], rows)["manager"] == "Zzz"


def test_of_two_columns_that_could_stand_above_none_is_guessed() -> None:
    rows = [["A", "Alpha", "", "B"], ["B", "Beta", "A", ""], ["C", "Gamma", "A", "B"]]
    assert "parent_code" not in suggested("units", ["Code", "Name", "Whatever", "Else"], rows)


def test_a_column_that_repeats_the_codes_stands_above_nobody() -> None:
    rows = [["A", "Alpha", "A"], ["B", "Beta", "B"], ["C", "Gamma", "C"]]
    assert "parent_code" not in suggested("units", ["Code", "Name", "Whatever"], rows)
