"""Several rows of one person in a file of employees: the steps of one working life, and of nobody else's."""

from datetime import date

from tests.cast import Cast
from tests.people.bringing import bring
from tests.people.test_import_employees import person

HISTORY = "employee_number;name;unit_code;starts_on\n"


def test_a_row_without_a_first_day_beside_one_that_has_it_is_refused(cast: Cast) -> None:
    brought = bring("employees", HISTORY + "00001;Anna Nowak;N1;2021-02-02\n00001;Anna Nowak;S1;")
    assert [(line, column) for line, column, _ in brought.refusals] == [(3, "starts_on")]
    assert "On line 2 the same person has a first day" in brought.refusals[0][2]
    work = [(each.unit_id, each.starts_on, each.ends_on) for each in person("00001").assignments]
    assert work == [(cast.n1.id, date(2021, 2, 2), None)]


def test_the_row_without_a_first_day_is_refused_wherever_it_stands(cast: Cast) -> None:
    brought = bring("employees", HISTORY + "1;Anna;S1;\n1;Anna;N1;2021-02-02\n1;Anna;N2;2023-01-01")
    assert [(line, column) for line, column, _ in brought.refusals] == [(2, "starts_on")]
    assert brought.new == 2


def test_one_number_is_not_given_to_two_names(cast: Cast) -> None:
    brought = bring("employees", HISTORY + "00001;Anna Nowak;N1;2021-02-02\n00001;Jan Kos;S1;2023-01-01")
    assert [(line, column) for line, column, _ in brought.refusals] == [(3, "name")]
    assert "On line 2 this person has another name" in brought.refusals[0][2]
    assert person("00001").name == "Anna Nowak"
    assert [each.unit_id for each in person("00001").assignments] == [cast.n1.id]


def test_a_name_in_other_letters_and_spaces_is_the_same(cast: Cast) -> None:
    assert bring("employees", HISTORY + "1;Anna Nowak;N1;2021-02-02\n1;ANNA  NOWAK;S1;2023-01-01").refusals == []


def test_a_new_name_in_all_rows_is_taken(cast: Cast) -> None:
    rows = "1;Anna Nowak;N1;2021-02-02\n1;Anna Nowak;S1;2023-01-01"
    bring("employees", HISTORY + rows)
    assert bring("employees", HISTORY + rows.replace("Nowak", "Lis")).refusals == []
    assert person("1").name == "Anna Lis"
