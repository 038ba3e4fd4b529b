"""The public files beside this repository: sheet, header and columns are guessed right. Skipped where absent."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from flask_babel import lazy_gettext

from app.core.blanks import is_missing
from app.core.date_orders import DatesRead
from app.core.imports import Column, DateOrder
from app.core.parsing import parse_decimal, parse_integer
from app.imports.reading import open_table
from app.imports.suggest import suggest
from tests.imports.workbooks import REAL

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the public data sets are not beside the repository")

PULSE = ["nhs-staff-pulse/202122Q4.xlsm", "nhs-staff-pulse/202223Q1.xlsm", "nhs-staff-pulse/202223Q2.xlsm"]
BREAKDOWN = "Engagement Score Breakdown"
FEVS = "us-fevs-agency/2023_fevs_govwide_reportbyagency (WayBack - 2024-09-30 17-06).xlsx"


def real(name: str) -> Path:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return path


@pytest.mark.parametrize(
    ("name", "sheet", "header_row", "first_row", "first_header", "width"),
    [
        *[(name, BREAKDOWN, 7, 8, "Region Code", 13) for name in PULSE],
        ("nhs-inpatient-survey/Adult-Inpatient-Survey-2022.ods", "Trust_Scores", 1, 2, "TrustCode", 507),
        ("carpentries-training/20180908_post_clean.csv", None, 1, 2, "Date", 41),
        ("carpentries-training/data_20170701.csv", None, 1, 2, "Country", 75),
        ("carpentries-training/all_workshops.csv", None, 1, 2, "slug", 9),
        ("nhs-patient-comments/v6framework_230831.csv", None, 1, 2, "Comment ID", 61),
        ("nhsbsa-mood-pulse/tempcheck_data.xlsm", "tempcheck_data", 1, 3, "ID.format", 15),
        ("us-hcahps/responses.csv", None, 1, 2, "Release Period", 5),
        ("us-hcahps/state_results.csv", None, 1, 2, "Release Period", 6),
        ("uk-organograms/300913-CPS-Organogram-v0.1-senior.csv", None, 1, 2, "[A]", 20),
    ],
)
def test_sheet_and_header_are_guessed(
    name: str, sheet: str | None, header_row: int, first_row: int, first_header: str, width: int
) -> None:
    table = open_table(real(name))
    guess = table.header_candidates()[0]
    assert table.sheet == sheet
    assert (guess.header_row, guess.first_row) == (header_row, first_row)
    assert (guess.headers[0], len(guess.headers)) == (first_header, width)
    assert table.headers(header_row) == guess.headers


def test_a_sheet_for_each_question_has_its_header_on_row_4() -> None:
    table = open_table(real(FEVS), "Q46")
    guess = table.header_candidates()[0]
    assert (guess.header_row, guess.headers[0], guess.headers[-1]) == (4, "Agency", "Item Response Total**")
    lines = {cells[0]: cells for line, cells in table.rows() if line > guess.header_row}
    everyone = lines["All Responses"]
    shares = sum(parse_decimal(cell) for cell in everyone[1:6])
    assert 99 < shares < 101
    assert parse_integer(everyone[6]) > 600_000


def test_the_pulse_has_the_rows_its_notes_tell_of() -> None:
    for name, count in zip(PULSE, (194, 184, 187), strict=True):
        rows = [cells for line, cells in open_table(real(name), BREAKDOWN).rows() if line > 8]
        assert sum(bool(cells[4]) for cells in rows) == count
        assert rows[0][4] == ""
        assert "England" in rows[0]


def test_comments_keep_their_line_breaks_and_their_lines() -> None:
    rows = list(open_table(real("nhs-patient-comments/v6framework_230831.csv")).rows())
    assert len(rows) == 7_909
    assert all(len(cells) == 61 for _, cells in rows)
    assert rows[-1][0] > len(rows)
    assert sum("\n" in "".join(cells) for _, cells in rows) >= 193


def _column(name: str, header: str) -> Iterator[str]:
    table = open_table(real(name))
    place = table.headers(1).index(header)
    return (cells[place] for line, cells in table.rows() if line > 1)


def _date_order(name: str, header: str) -> DateOrder | None:
    read = DatesRead()
    for text in _column(name, header):
        read.take(text)
    return read.order


def test_the_order_of_dates_is_decided_or_left_to_a_person() -> None:
    assert _date_order("carpentries-training/20180908_post_clean.csv", "Date") is DateOrder.MONTH_FIRST
    assert _date_order("us-hcahps/reports.csv", "Start Date") is DateOrder.YEAR_FIRST
    assert _date_order("nhs-patient-comments/v6framework_230831.csv", "Date") is None


def test_what_is_not_available_is_missing_and_ranges_are_no_numbers() -> None:
    cells = list(islice(_column("us-hcahps/responses.csv", "Completed Surveys"), 30_000))
    assert any(map(is_missing, cells))
    assert {cell for cell in cells if not is_missing(cell) and not cell.isdigit()} == {
        "300 or more",
        "Between 100 and 299",
        "Fewer than 100",
        "FEWER THAN 50",
    }


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("results", PULSE[0], {"unit_code": "Org Code", "n": "Total Responses"}),
        ("units", PULSE[0], {"code": "Org Code", "name": "Org Name"}),
        ("feedback", "nhs-inpatient-survey/Adult-Inpatient-Survey-2022.ods", {"unit_code": "TrustCode"}),
        (
            "feedback",
            "carpentries-training/20180908_post_clean.csv",
            {"date": "Date", "score": "LikelyToRecommend", "unit_code": "MemberSite", "external_id": "UniqueID"},
        ),
        ("feedback", "carpentries-training/data_20170701.csv", {"score": "Likely-To-Recommend"}),
        (
            "feedback",
            "nhs-patient-comments/v6framework_230831.csv",
            {"unit_code": "Trust", "date": "Date", "external_id": "Comment ID"},
        ),
        ("results", "nhsbsa-mood-pulse/tempcheck_data.xlsm", {"unit_code": "team", "score": "rating"}),
    ],
)
def test_columns_are_suggested(kind: str, name: str, wanted: dict[str, str]) -> None:
    table = open_table(real(name))
    guess = table.header_candidates()[0]
    rows = [cells for line, cells in table.head(500) if line >= guess.first_row]
    names = {
        "units": ["code", "name", "parent_code", "kind"],
        "feedback": ["unit_code", "date", "score", "comment", "external_id"],
        "results": ["unit_code", "period", "question", "score", "mean", "n"],
    }[kind]
    columns = [Column(name, lazy_gettext("Column")) for name in names]
    found = {ours: theirs[0] for ours, theirs in suggest(columns, guess.headers, rows, kind=kind).mapped().items()}
    assert {ours: found.get(ours) for ours in wanted} == wanted
