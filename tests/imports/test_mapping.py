"""A mapping is kept as TOML, checked against its file and kind in sentences, and applied to rows as they stream by."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask_babel import lazy_gettext
from hypothesis import given
from hypothesis import strategies as some

from app.core.imports import Column, DateOrder, ImportContext, ImportKind, Mapping, Refusal, Scale, ScaleRule
from app.core.permissions import Permission
from app.core.rows import Row
from app.imports.mapping import BadMapping, Skipped, apply_mapping, check_mapping, read_mapping, write_mapping
from app.imports.reading import Table, open_table

FULL = """\
kind = "feedback"
sheet = "Trust_Scores"
header_row = 4
group_row = 3
first_row = 6
rows_below = true
not_totals = ["All  Poland", "Suma"]
date_order = "day-first"

[columns]
unit_code = "Trust\u00a0 Code"
comment = ["What was good?", "What was bad?"]

[constants]
metric = "csat"
period = 2022

[values.score]
"Strongly  Agree" = 5
"" = ""

[skip]
"Org Code" = [""]
Agency = "All Responses"

[scale]
rule = "mean"
low = 0
high = 10.5
"""


def _no_loader(context: ImportContext) -> NoReturn:
    raise NotImplementedError


KIND = ImportKind(
    name="feedback",
    label=lazy_gettext("Feedback"),
    permission=Permission.FEEDBACK_IMPORT,
    columns=tuple(
        Column(name, lazy_gettext("Column"), required=name == "unit_code")
        for name in ("unit_code", "metric", "score", "comment", "period")
    ),
    loader=_no_loader,
    constants=("metric", "period"),
)


def test_everything_a_mapping_can_say_is_read() -> None:
    assert read_mapping(FULL) == Mapping(
        kind="feedback",
        sheet="Trust_Scores",
        header_row=4,
        group_row=3,
        first_row=6,
        rows_below=True,
        not_totals=("All Poland", "Suma"),
        date_order=DateOrder.DAY_FIRST,
        columns={"unit_code": ("Trust Code",), "comment": ("What was good?", "What was bad?")},
        constants={"metric": "csat", "period": "2022"},
        values={"score": {"Strongly Agree": "5", "": ""}},
        skip={"Org Code": ("",), "Agency": ("All Responses",)},
        scale=Scale(ScaleRule.MEAN, 0, 10.5),
    )


def test_a_mapping_written_is_read_back_the_same() -> None:
    mapping = read_mapping(FULL)
    assert read_mapping(write_mapping(mapping)) == mapping
    assert read_mapping(write_mapping(Mapping("units"))) == Mapping("units")


WORDS = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.replace("\u200b", "").replace("\ufeff", "").split()) or "x"
)


@given(names=some.dictionaries(WORDS, WORDS, max_size=4))
def test_any_characters_survive_the_file(names: dict[str, str]) -> None:
    mapping = Mapping(
        "units",
        columns={ours: (theirs,) for ours, theirs in names.items()},
        constants=names,
        values={"kind": names} if names else {},
        skip={ours: (theirs, "") for ours, theirs in names.items()},
    )
    assert read_mapping(write_mapping(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind = ", "The mapping file is not valid TOML"),
        ('kinds = "units"', "has a part “kinds”"),
        ('kind = ["units"]', "“kind” in the mapping must be a text"),
        ("header_row = 0", "“header_row” in the mapping must be the number of a line"),
        ('rows_below = "yes"', "“rows_below” in the mapping must be true or false"),
        ("not_totals = [[]]", "“not_totals” in the mapping must be a text"),
        ("header_row = true", "“header_row” in the mapping must be the number of a line"),
        ('date_order = "american"', "must be one of: day-first, month-first, year-first"),
        ('columns = "code"', "“columns” in the mapping must be a table"),
        ("[columns]\ncode = []", "“columns.code” in the mapping must name a column"),
        ('[columns]\ncode = ["a", " "]', "“columns.code” in the mapping must name a column"),
        ('[values]\nscore = "5"', "“score” in the mapping must be a table"),
        ("[constants]\nmetric = []", "“constants.metric” in the mapping must be a text"),
        ("[scale]\nlow = 0", "needs a rule: one of ours, zero-to-ten"),
        ('[scale]\nrule = "half"', "must be one of: ours, zero-to-ten"),
        ('[scale]\nrule = "mean"\nlow = "0"', "“low” of the scale in the mapping must be a number"),
        ('[scale]\nrule = "shares"\nof = 0', "“of” of the scale in the mapping must be a number of people"),
        ('[scale]\nrule = "mean"\nmiddle = 5', "has a part “middle”"),
    ],
)
def test_what_is_wrong_in_a_mapping_file_is_said(text: str, sentence: str) -> None:
    with pytest.raises(BadMapping) as caught:
        read_mapping(text)
    assert sentence in str(caught.value)


HEADERS = ("Trust Code", "Score", "Comment")
GOOD = Mapping("feedback", columns={"unit_code": ("Trust Code",), "score": ("Score",)}, constants={"metric": "nps"})


def test_a_mapping_that_fits_has_no_complaints() -> None:
    assert check_mapping(GOOD, KIND, HEADERS) == []


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (
            Mapping("units", columns={"unit_code": ("Score",)}),
            "This mapping is for “units”; this import is of “feedback”.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",), "code": ("Score",)}),
            "This import has no column “code”. It has: unit_code, metric, score, comment, period.",
        ),
        (Mapping("feedback"), "The import needs “unit_code”: name the column that holds it."),
        (
            Mapping("feedback", columns={"unit_code": ("Trust code",)}),
            "Line 1 of the file has no column “Trust code”. Is it “Trust Code”?",
        ),
        (Mapping("feedback", columns={"unit_code": ("Wydział",)}), "Line 1 of the file has no column “Wydział”."),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, skip={"Total": ("",)}),
            "Line 1 of the file has no column “Total”.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",), "metric": ("Score",)}, constants={"metric": "nps"}),
            "“metric” is both a column of the file and one fixed value: keep one.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, constants={"metric": "nps\0"}),
            "“metric” gets a character that no text can have.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, values={"unit_code": {"a": "\0"}}),
            "“unit_code” gets a character that no text can have.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, constants={"comment": "good"}),
            "“comment” cannot be the same for all rows: name a column of the file.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, values={"score": {"a": "1"}}),
            "Values of “score” are translated, but no column of the file fills it.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, header_row=3, first_row=3),
            "The first row to read must stand below the header.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, header_row=3, group_row=3),
            "The line of headings must stand above the header row.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, scale=Scale(ScaleRule.MEAN, 0)),
            "For means, give both the lowest and the highest value of the scale.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, scale=Scale(ScaleRule.SHARES)),
            "Shares need the number of answers that they are of: name its column.",
        ),
        (
            Mapping("feedback", columns={"unit_code": ("Score",)}, scale=Scale(ScaleRule.MEAN, 10, 0)),
            "The low end of the scale must be below the high end.",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(mapping: Mapping, sentence: str) -> None:
    assert [str(message) for message in check_mapping(mapping, KIND, HEADERS)] == [sentence]


def test_a_header_row_that_is_empty_is_said() -> None:
    complaints = check_mapping(Mapping("feedback", columns={"unit_code": ("Score",)}, header_row=9), KIND, ())
    assert [str(message) for message in complaints] == ["Line 9 of the file is empty, so it is not the header."]


def table_of(folder: Path, text: str) -> Table:
    path = folder / "table.csv"
    path.write_text(text)
    return open_table(path)


def applied(mapping: Mapping, table: Table) -> list[Row | Skipped | Refusal]:
    return list(apply_mapping(mapping, table, KIND.columns))


def test_rows_come_out_under_our_names_with_their_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Report\n\nTrust  Code,Score,Comment\n R1 ,9,fine\n,,\nR2,7\nR3,5,bad\n")
    mapping = Mapping(
        "feedback",
        header_row=3,
        columns={"unit_code": ("Trust Code",), "score": ("Score",), "comment": ("Comment",)},
        constants={"metric": "nps"},
    )
    rest = {"metric": "nps", "period": ""}
    assert applied(mapping, table) == [
        Row(4, {"unit_code": "R1", "score": "9", "comment": "fine", **rest}),
        Row(6, {"unit_code": "R2", "score": "7", "comment": "", **rest}),
        Row(7, {"unit_code": "R3", "score": "5", "comment": "bad", **rest}),
    ]


def test_lists_are_joined_and_what_is_empty_leaves_no_gap(tmp_path: Path) -> None:
    table = table_of(tmp_path, "unit,good,bad\nA,food,noise\nB,,noise\nC,,\n")
    mapping = Mapping("feedback", columns={"unit_code": ("unit",), "comment": ("good", "bad")})
    assert [row.values["comment"] for row in applied(mapping, table) if isinstance(row, Row)] == [
        "food noise",
        "noise",
        "",
    ]


def test_values_are_translated_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    table = table_of(tmp_path, "unit,score\nA,strongly\u00a0 AGREE\nB,5\nC,\n")
    mapping = Mapping(
        "feedback",
        columns={"unit_code": ("unit",), "score": ("score",)},
        values={"score": {"Strongly Agree": "10", "": "0"}},
    )
    assert [row.values["score"] for row in applied(mapping, table) if isinstance(row, Row)] == ["10", "5", "0"]


def test_rows_are_left_out_by_rule_and_counted(tmp_path: Path) -> None:
    table = table_of(tmp_path, "unit,score\nAll  responses,5\nA,5\n,3\n")
    mapping = Mapping("feedback", columns={"unit_code": ("unit",)}, skip={"unit": ("", "All Responses")})
    kept = applied(mapping, table)
    assert [type(row) for row in kept] == [Skipped, Row, Skipped]
    assert [row.line for row in kept] == [2, 3, 4]


def test_reading_starts_where_the_mapping_says(tmp_path: Path) -> None:
    table = table_of(tmp_path, "unit,score\nthe unit,the score\nA,5\n")
    mapping = Mapping("feedback", first_row=3, columns={"unit_code": ("unit",)})
    assert [row.line for row in applied(mapping, table)] == [3]


def test_a_mapping_for_another_file_is_refused_before_the_first_row(tmp_path: Path) -> None:
    table = table_of(tmp_path, "unit,score\nA,5\n")
    with pytest.raises(BadMapping, match=r"no column “Unit”\. Is it “unit”"):
        next(apply_mapping(Mapping("feedback", columns={"unit_code": ("Unit",)}), table, KIND.columns))


def test_rows_are_not_gathered_before_the_first_is_given(tmp_path: Path) -> None:
    class Endless(Table):
        def rows(self):  # type: ignore[no-untyped-def]
            return ((line, ["unit"] if line == 1 else [str(line)]) for line in _lines())

    rows = apply_mapping(Mapping("feedback", columns={"unit_code": ("unit",)}), Endless(tmp_path, "csv"), KIND.columns)
    first = next(iter(rows))
    assert first == Row(2, {"unit_code": "2", "metric": "", "score": "", "comment": "", "period": ""})


def _lines() -> Iterator[int]:
    line = 0
    while True:
        line += 1
        yield line
