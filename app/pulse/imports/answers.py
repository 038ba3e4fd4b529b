"""One row of a file of employees' answers: to which unit, question and period it belongs, and what it counts."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.bands import BANDS, NOBODY, read_bands
from app.core.blanks import is_missing
from app.core.imports import N_, Mapping, Message, RowRefused, ScaleRule
from app.core.parsing import (
    BadValue,
    parse_begun_period,
    parse_count,
    parse_decimal,
    parse_score,
    read_cell,
    read_optional_cell,
)
from app.core.periods import Span
from app.core.rows import Row
from app.core.unit_cells import Units, nearest_unit, read_unit
from app.results.actions import Tally
from app.results.queries import ENPS

LONGEST_MEASURE = 60
NOT_YOURS = Message(N_("You may not bring results for this unit."))


class Shape(StrEnum):
    ANSWERS = "answers"
    COUNTS = "counts"
    MEANS = "means"


@dataclass(frozen=True)
class Series:
    """What becomes one draft: a question in a period."""

    measure: str
    span: Span


@dataclass(frozen=True)
class ResultRow:
    line: int
    series: Series
    unit_id: int
    shape: Shape
    tally: Tally
    score: int | None = None  # as it stood in the file, of a row that is one answer


class RowReader:
    """Reads rows by the mapping's rules. What the row says about a unit is judged; what the file says is not."""

    def __init__(self, mapping: Mapping, units: Units, today: date) -> None:
        self._mapping = mapping
        self._units = units
        self._nearest = nearest_unit(units)
        self._today = today

    def read(self, row: Row) -> ResultRow:
        unit_id = read_unit(row, self._units, NOT_YOURS, self._nearest)
        series = Series(self._measure(row), read_cell(row, "period", self._span))
        if not is_missing(row.values["score"]):
            score = read_cell(row, "score", self._score)
            return ResultRow(row.line, series, unit_id, Shape.ANSWERS, Tally(1, self._band(score)), score)
        headcount = read_optional_cell(row, "headcount", parse_count)
        if any(not is_missing(row.values[band]) for band in BANDS):
            bands = read_bands(row, self._mapping.scale)
            tally = Tally(sum(bands), bands, headcount=headcount)
            return ResultRow(row.line, series, unit_id, Shape.COUNTS, tally)
        return ResultRow(row.line, series, unit_id, Shape.MEANS, self._mean(row, headcount))

    def _measure(self, row: Row) -> str:
        """Folded, so that one question in two spellings is one question: it is published once."""
        text = row.values["question"]
        folded = "-".join(re.findall(r"\w+", text.casefold())) or ENPS
        if len(folded) > LONGEST_MEASURE:
            raise RowRefused("question", text, Message(N_("Give the question a short name, at most 60 characters.")))
        return ENPS if folded in ("e-nps", "employee-nps") else folded

    def _span(self, text: str) -> Span:
        return parse_begun_period(text, self._mapping.date_order, self._today)

    def _score(self, text: str) -> int:
        match self._mapping.scale.rule if self._mapping.scale else None:
            case ScaleRule.MEAN:
                raise BadValue(N_("The rule of this file is for means, but this is a single answer."))
            case ScaleRule.ONE_TO_FIVE_TOP | ScaleRule.ONE_TO_FIVE_REVERSED:
                return parse_score(text, 1, 5)
            case ScaleRule.REVERSED | ScaleRule.SHARES:
                raise BadValue(N_("The scale chosen for this file does not fit %(metric)s."), metric="eNPS")
            case _:
                return parse_score(text, 0, 10)

    def _band(self, score: int) -> tuple[int, int, int]:
        match self._mapping.scale.rule if self._mapping.scale else None:
            case ScaleRule.ONE_TO_FIVE_TOP:
                return _bands(score, passive_from=4, promoter_from=5)
            case ScaleRule.ONE_TO_FIVE_REVERSED:
                return _bands(6 - score, passive_from=4, promoter_from=5)
            case _:
                return _bands(score, passive_from=7, promoter_from=9)

    def _mean(self, row: Row, headcount: int | None) -> Tally:
        scale = self._mapping.scale
        if is_missing(row.values["mean"]) and is_missing(row.values["n"]):
            raise RowRefused("score", row.values["score"], Message(N_("This row has no score, no counts and no mean.")))
        n = read_cell(row, "n", parse_count)
        if n == 0:
            raise RowRefused("n", row.values["n"], NOBODY)
        if scale is None or scale.rule is not ScaleRule.MEAN or scale.low is None or scale.high is None:
            raise RowRefused("mean", row.values["mean"], NO_SCALE)
        mean = float(read_cell(row, "mean", parse_decimal))
        if not scale.low <= mean <= scale.high:
            ends = {"low": f"{scale.low:g}", "high": f"{scale.high:g}"}
            raise RowRefused("mean", row.values["mean"], Message(OUTSIDE, ends))
        return Tally(n, mean=mean, headcount=headcount)


OUTSIDE = N_("This mean is outside the scale from %(low)s to %(high)s.")
NO_SCALE = Message(
    N_("Say on which scale this mean was taken: choose “means of answers” and give its lowest and its highest value.")
)


def _bands(score: int, *, passive_from: int, promoter_from: int) -> tuple[int, int, int]:
    return int(score < passive_from), int(passive_from <= score < promoter_from), int(score >= promoter_from)
