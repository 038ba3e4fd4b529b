"""Counts beside other counts, or beside single answers, of the same customers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.voice.files import HEADER, bring, counts, quarters, reasons

Remarks = Callable[[str], list[tuple[int, str]]]
GROUPS = "unit_code,period,metric,promoters,passives,detractors,mean,n\n"
BOTH = "unit_code,date,period,metric,score,promoters,passives,detractors\n"
TWICE = (
    "Counts of {period} for this unit and metric are already there, or stand further up in this file, and they hold the"
    " same days: customers would be counted twice. Bring either the months or the quarter."
)
BESIDE = (
    "For this unit and metric there are both single answers and counts of Q1 2026, and they are added up. If they are "
    "of the same customers, leave one of the two out."
)


@pytest.fixture
def remarks(tmp_path: Path) -> Remarks:
    """What a dry run of this table says of rows that it would let in."""

    def remarked(text: str) -> list[tuple[int, str]]:
        return bring(tmp_path, text, dry_run=True).remarked

    return remarked


@pytest.mark.parametrize(
    ("first", "second", "period"), [("2026-Q1", "2026-02", "Q1 2026"), ("2026-02", "2026-Q1", "February 2026")]
)
def test_counts_of_a_month_and_of_its_quarter_are_not_added_up(
    cast: Cast, tmp_path: Path, first: str, second: str, period: str
) -> None:
    bring(tmp_path, GROUPS + f"N1,{first},nps,10,5,3,,\n")
    later = bring(tmp_path, GROUPS + f"N1,{second},nps,4,2,1,,\n")
    assert reasons(later) == {2: TWICE.format(period=period)}
    assert [row.n for row in quarters()] == [18]


def test_neither_are_they_in_one_file(cast: Cast, tmp_path: Path) -> None:
    months = "".join(f"N1,2026-0{month},nps,4,2,1,,\n" for month in (1, 2, 3))
    done = bring(tmp_path, GROUPS + months + "N1,2026-Q1,nps,12,6,3,,\nN1,2026-02,nps,4,2,1,,\n")
    assert counts(done) == (3, 0, 1, 1)
    assert reasons(done) == {5: TWICE.format(period="January 2026")}
    assert [row.n for row in quarters()] == [21]


def test_other_units_and_quarters_stand_beside_each_other(cast: Cast, tmp_path: Path) -> None:
    lines = "N1,2026-Q1,nps,4,2,1,,\nN2,2026-02,nps,4,2,1,,\nN1,2025-12,nps,4,2,1,,\nN1,2026-04,nps,4,2,1,,\n"
    assert counts(bring(tmp_path, GROUPS + lines)) == (4, 0, 0, 0)


def test_means_and_counts_of_a_year_enter_no_sum_and_are_taken(cast: Cast, tmp_path: Path) -> None:
    lines = "N1,2026-Q1,nps,4,2,1,,\nN1,2026,nps,9,9,9,,\nN1,2026-Q1,csat,,,,4.2,50\nN1,2026-02,csat,,,,4.1,20\n"
    assert counts(bring(tmp_path, GROUPS + lines)) == (4, 0, 0, 0)


def test_counts_beside_answers_are_remarked_upon(cast: Cast, tmp_path: Path, remarks: Remarks) -> None:
    bring(tmp_path, HEADER + "N1,2026-02-05,nps,9\nN1,2026-02-05,csat,5\nN2,2026-04-01,nps,9\n")
    lines = "N1,2026-Q1,nps,4,2,1,,\nN2,2026-Q1,nps,4,2,1,,\nS1,2026-Q1,nps,4,2,1,,\nN1,2025-Q4,nps,1,1,1,,\n"
    assert remarks(GROUPS + lines) == [(2, BESIDE)]


def test_answers_beside_counts_are_remarked_upon_once(cast: Cast, tmp_path: Path, remarks: Remarks) -> None:
    bring(tmp_path, GROUPS + "N1,2026-Q1,nps,4,2,1,,\n")
    lines = "N1,2026-04-05,nps,9\nN1,2026-01-05,nps,9\nN1,2026-02-05,nps,9\nN1,2026-02-05,csat,5\nN2,2026-02-05,nps,9\n"
    assert remarks(HEADER + lines) == [(3, BESIDE)]


def test_both_in_one_file_are_remarked_upon_whichever_comes_first(cast: Cast, remarks: Remarks) -> None:
    answer, group = "N1,2026-02-05,,nps,9,,,\n", "N1,,2026-Q1,nps,,4,2,1\n"
    other = "".join(f"S1,2026-02-05,,nps,{number % 11},,,\n" for number in range(1100))
    assert (1102 + 1, BESIDE) in remarks(BOTH + answer + other + group)
    assert (1102 + 1, BESIDE) in remarks(BOTH + group + other + answer)


def test_it_is_said_on_the_check_and_all_comes_in(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, HEADER + "N1,2026-02-05,nps,9\n")
    assert counts(bring(tmp_path, GROUPS + "N1,2026-Q1,nps,4,2,1,,\n")) == (1, 0, 0, 0)
    assert sum(row.n for row in quarters()) == 8
