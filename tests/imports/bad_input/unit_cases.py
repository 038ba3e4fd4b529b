"""Files of units and people that hold what a tree and a roster must never hold."""

from tests.imports.bad_input import sentences as says
from tests.imports.bad_input.case import Case, text
from tests.imports.bad_input.sentences import of_lines, told

UNITS = "code;name;parent_code;kind\n"
PEOPLE = "email;employee_number;name;unit_code;manager\n"

UNIT_CASES = [
    Case(
        "a loop",
        "units",
        text(UNITS + "A;Alfa;B;\nB;Beta;A;\nC;Gamma;COMPANY;\n"),
        new=1,
        rows=(
            (2, "parent_code", "B", told(says.LOOP, codes="A → B → A")),
            (3, "parent_code", "A", told(says.LOOP, codes="B → A → B")),
        ),
    ),
    Case(
        "a loop that carries others",
        "units",
        text(UNITS + "A;Alfa;C;\nB;Beta;A;\nC;Gamma;B;\nD;Delta;C;\n"),
        rows=(
            (2, "parent_code", "C", told(says.LOOP, codes="A → C → B → A")),
            (3, "parent_code", "A", told(says.LOOP, codes="B → A → C → B")),
            (4, "parent_code", "B", told(says.LOOP, codes="C → B → A → C")),
            (5, "parent_code", "C", says.NO_PARENT),
        ),
    ),
    Case(
        "a unit under itself",
        "units",
        text(UNITS + "A;Alfa;A;\n"),
        rows=((2, "parent_code", "A", says.UNDER_ITSELF),),
    ),
    Case(
        "missing parents",
        "units",
        text(UNITS + "A;Alfa;NROTH;\nB;Beta;A;\nC;Gamma;ELSEWHERE;\nD;Delta;NORTH;\n"),
        new=1,
        rows=(
            (2, "parent_code", "NROTH", told(says.NEAR_PARENT, close="NORTH")),
            (3, "parent_code", "A", says.NO_PARENT),
            (4, "parent_code", "ELSEWHERE", says.NO_PARENT),
        ),
    ),
    Case(
        "a marker in place of the parent of the top",
        "units",
        text(UNITS + "A;Alfa;XX;\n"),
        rows=((2, "parent_code", "XX", says.NO_PARENT),),
    ),
    Case(
        "a second top",
        "units",
        text(UNITS + "A;Alfa;;\n"),
        rows=((2, "parent_code", "", told(says.TWO_TOPS, code="COMPANY")),),
    ),
    Case(
        "one code with two names",
        "units",
        text(UNITS + "A;Alfa;COMPANY;\nA;Beta;COMPANY;\n"),
        new=1,
        rows=((3, "name", "Beta", told(says.OTHER_NAME, line="2", name="Alfa")),),
    ),
    Case(
        "one name with two codes",
        "units",
        text(UNITS + "A;Alfa;NORTH;\nB;ALFA;NORTH;\nC;Alfa;SOUTH;\nN01;Unit N1;NORTH;\nN2;Unit N2;NORTH;\n"),
        new=4,
        same=1,
        remarks=(
            (3, told(says.SAME_NAME, name="ALFA", code="A")),
            (5, told(says.SAME_NAME, name="Unit N1", code="N1")),
        ),
    ),
    Case(
        "one code in two places",
        "units",
        text(UNITS + "A;Alfa;NORTH;\na;Alfa;SOUTH;\n"),
        new=1,
        rows=((3, "code", "a", told(says.UNIT_TWICE, line="2")),),
    ),
    Case("the same row twice", "units", text(UNITS + "A;Alfa;COMPANY;\nA;Alfa;COMPANY;\n"), new=1, same=1),
    Case(
        "totals among units",
        "units",
        text(UNITS + "A;Alfa;COMPANY;\n;Total;COMPANY;\nRazem;Razem;COMPANY;\nX;Итого:;COMPANY;\nB;Grand Total;A;\n"),
        new=1,
        beside=(of_lines(says.LIKE_TOTALS_OF_FEW, (3, "Total"), (4, "Razem"), (5, "Итого:"), (6, "Grand Total")),),
    ),
    Case("a unit that is called like a total", "units", text(UNITS + "T;Total;COMPANY;\nT1;Station;T;\n"), new=2),
    Case(
        "signs for nothing",
        "units",
        text(UNITS + "A;N/D;COMPANY;\n-;Beta;COMPANY;\n;Gamma;COMPANY;\nNA;Namibia;COMPANY;N/D\n"),
        new=1,
        rows=(
            (2, "name", "N/D", says.SIGN),
            (3, "code", "-", says.SIGN),
            (4, "code", "", says.EMPTY),
        ),
    ),
]

TWO_NAMES = (
    (
        "On line {line} this person has another name. If they are two people, give each a number or an address of "
        "their own; if it is one, write today's name in all rows."
    ),
    (
        "W wierszu {line} ta osoba ma inne imię i nazwisko. Jeśli to dwie osoby, nadaj każdej własny numer lub "
        "adres; jeśli jedna, wpisz we wszystkich wierszach obecne imię i nazwisko."
    ),
    (
        "В строке {line} у этого человека другое имя. Если это два человека, укажите для каждого свой номер или "
        "адрес; если один — напишите во всех строках нынешнее имя."
    ),
)
NO_START = (
    (
        "On line {line} the same person has a first day, and this row has none: which of the two holds today "
        "cannot be told. Write the first day in this unit and job here too, or leave this row out."
    ),
    (
        "W wierszu {line} ta sama osoba ma pierwszy dzień, a tutaj go brak, więc nie wiadomo, który wiersz "
        "obowiązuje dziś. Wpisz także tutaj pierwszy dzień w tej jednostce i na tym stanowisku albo usuń ten wiersz."
    ),
    (
        "В строке {line} у того же человека указан первый день, а здесь его нет, поэтому неясно, какая из строк "
        "действует сегодня. Укажите и здесь первый день в этом подразделении и должности или уберите эту строку."
    ),
)

PEOPLE_CASES = [
    Case(
        "a person who manages herself",
        "employees",
        text(PEOPLE + "a@x.pl;1;Anna;N1;a@x.pl\nb@x.pl;2;Bea;N1;2\nc@x.pl;3;Cyla;N1;\n"),
        new=1,
        rows=((2, "manager", "a@x.pl", says.OWN_MANAGER), (3, "manager", "2", says.OWN_MANAGER)),
    ),
    Case(
        "a manager whom nobody knows",
        "employees",
        text(PEOPLE + "a@x.pl;1;Anna;N1;XX\nb@x.pl;2;Bea;N1;a@x.pl\n"),
        rows=((2, "manager", "XX", says.NO_MANAGER), (3, "manager", "a@x.pl", says.NO_MANAGER)),
    ),
    Case(
        "the same person twice",
        "employees",
        text(PEOPLE + "a@x.pl;1;Anna;N1;\na@x.pl;1;Anna;N1;\nA@X.PL;1;Anna;N2;\n"),
        new=1,
        same=1,
        rows=((4, "employee_number", "1", told(says.PERSON_TWICE, line="2")),),
    ),
    Case(
        "one number for two names",
        "employees",
        text("employee_number;name;unit_code;starts_on\n1;Anna;N1;2021-02-02\n1;Bea;S1;\n1;ANNA;S1;2023-01-01\n"),
        new=2,
        rows=((3, "name", "Bea", told(TWO_NAMES, line="2")),),
    ),
    Case(
        "a row without a first day beside one that has it",
        "employees",
        text("employee_number;name;unit_code;starts_on\n1;Anna;N1;2021-02-02\n1;Anna;S1;\n2;Bea;S1;\n"),
        new=2,
        rows=((3, "starts_on", "", told(NO_START, line="2")),),
    ),
    Case(
        "keys of two people",
        "employees",
        text(PEOPLE + "a@x.pl;1;Anna;N1;\nb@x.pl;1;Bea;N1;\na@x.pl;2;Anna;N1;\n"),
        new=1,
        rows=(
            (3, "email", "b@x.pl", told(says.TWO_EMAILS, line="2")),
            (4, "employee_number", "2", told(says.TWO_NUMBERS, line="2")),
        ),
    ),
    Case(
        "people without a name or a key",
        "employees",
        text(PEOPLE + "a@x.pl;1;N/D;N1;\nN/D;-;Bea;N1;\n-;3;Cyla;N1;N/D\nd@x.pl;4;;N1;\ne@x.pl;5;Ewa;;\n"),
        new=1,
        rows=(
            (2, "name", "N/D", says.SIGN),
            (3, "email", "", says.NO_KEY),
            (5, "name", "", says.EMPTY),
            (6, "unit_code", "", says.EMPTY),
        ),
    ),
    Case(
        "people in a unit that nobody knows",
        "employees",
        text(PEOPLE + "a@x.pl;1;Anna;N 01;\nb@x.pl;2;Bea;SUOTH;\nc@x.pl;3;Cyla;Z9;\nd@x.pl;4;Dana;Ogółem;\n"),
        rows=(
            (2, "unit_code", "N 01", told(says.NEAR_UNIT, close="N1")),
            (3, "unit_code", "SUOTH", told(says.NEAR_UNIT, close="SOUTH")),
            (4, "unit_code", "Z9", says.NO_UNIT),
            (5, "unit_code", "Ogółem", says.TOTAL),
        ),
    ),
]
