"""One row of a file of customers' feedback: an answer on its scale, or a group that some other tool has counted."""

from datetime import date, timedelta
from typing import NamedTuple

from app.core.bands import BANDS, NOBODY, read_bands
from app.core.blanks import MISSING, fold_spaces, is_missing
from app.core.imports import N_, Mapping, Message, RowRefused, ScaleRule
from app.core.parsing import (
    BadValue,
    parse_begun_period,
    parse_count,
    parse_date,
    parse_decimal,
    parse_score,
    read_cell,
)
from app.core.periods import Span
from app.core.rows import Row
from app.people.queries import UnitNames
from app.voice.models import Metric
from config import BOUNDS

LONGEST = {"comment": BOUNDS["comment"], "touchpoint": 80, "channel": 60, "language": 8, "external_id": 120}
EARLIEST = date(1970, 1, 1)
MOST_REMEMBERED = 20_000
FITTING: dict[Metric, set[ScaleRule | None]] = {
    Metric.NPS: {None, ScaleRule.OURS, ScaleRule.REVERSED, ScaleRule.ZERO_TO_TEN},
    Metric.CSAT: {
        *(None, ScaleRule.OURS, ScaleRule.REVERSED),
        *(ScaleRule.ONE_TO_FIVE_TOP, ScaleRule.ONE_TO_FIVE_REVERSED),
    },
    Metric.CES: {None, ScaleRule.OURS, ScaleRule.REVERSED},
}
REVERSED = (ScaleRule.REVERSED, ScaleRule.ONE_TO_FIVE_REVERSED)
NOT_YOURS = Message(N_("You may not bring feedback for this unit."))
NO_SCORE = Message(N_("This row has no score, no counts and no mean."))
ONLY_NPS = Message(N_("Promoters, passives and detractors are counted for NPS only."))


class Answer(NamedTuple):
    """One customer's answer, as plain values; the touchpoint as it was written, '' where there is none."""

    unit_id: int
    day: date
    metric: Metric
    score: int
    touchpoint: str
    channel: str
    language: str
    comment: str
    external_id: str | None


class Group(NamedTuple):
    unit_id: int
    span: Span
    metric: Metric
    bands: tuple[int, int, int] | None
    n: int
    mean: float | None
    scale: tuple[int, int]


class RowReader:
    """Reads rows by the mapping's rules. What a file repeats (units, days, scores) is parsed once and remembered."""

    def __init__(self, mapping: Mapping, names: UnitNames, today: date) -> None:
        self._scale, self._order = mapping.scale, mapping.date_order
        self._names = names
        self._today = today
        self._days: dict[str, date] = {}
        self._scores: dict[tuple[Metric, str], int] = {}
        self._touchpoints, self._channels, self._languages = ({"": ""} for _ in range(3))

    def read(self, row: Row) -> Answer | Group:
        values = row.values
        unit_id = self._names.known(row)
        metric = self._metric(values["metric"])
        score = self._scores.get((metric, values["score"]))
        if score is None:
            if is_missing(values["score"]):
                return self._whose(row, self._group(row, unit_id, metric))
            score = self._score(row, metric)
        comment = values["comment"]
        if len(comment) > LONGEST["comment"]:
            raise _too_long(row, "comment")
        # What stands on many rows is cleaned once.
        day = self._days.get(values["date"]) or self._day(row)
        touchpoint = self._touchpoints.get(values["touchpoint"])
        if touchpoint is None:
            touchpoint = self._text(row, "touchpoint", self._touchpoints)
        channel = self._channels.get(values["channel"])
        if channel is None:
            channel = self._text(row, "channel", self._channels)
        language = self._languages.get(values["language"])
        if language is None:
            language = self._text(row, "language", self._languages)
        words = (touchpoint, channel, language, _clean(comment) if comment else "")
        answer = Answer(unit_id, day, metric, score, *words, self._external_id(row))
        return answer if unit_id else self._whose(row, answer)

    def _whose(self, row: Row, found: Answer | Group) -> Answer | Group:
        """Of a unit whose code nobody knows: what its words mean on the day of this row."""
        if found.unit_id:
            return found
        day = found.day if isinstance(found, Answer) else found.span[2] - timedelta(days=1)
        return found._replace(unit_id=self._names.meant(row, day))

    def _text(self, row: Row, column: str, known: dict[str, str]) -> str:
        text = row.values[column]
        if len(text) > LONGEST[column]:
            raise _too_long(row, column)
        cleaned = "" if is_missing(text) else _clean(fold_spaces(text))
        cleaned = cleaned.casefold() if column == "language" else cleaned
        if len(known) < MOST_REMEMBERED:
            known[text] = cleaned
        return cleaned

    def _external_id(self, row: Row) -> str | None:
        text = row.values["external_id"]
        if not text or text.casefold() in MISSING:
            return None
        if len(text) > LONGEST["external_id"]:
            raise _too_long(row, "external_id")
        return _clean(text)

    def _metric(self, text: str) -> Metric:
        try:
            return METRICS[text]
        except KeyError:
            pass
        try:
            return METRICS[fold_spaces(text).casefold()]
        except KeyError as error:
            raise RowRefused("metric", text, Message(N_("A metric is nps, csat or ces."))) from error

    def _day(self, row: Row) -> date:
        """Most files hold few days and many answers."""
        day = read_cell(row, "date", self._parse_day)
        if len(self._days) < MOST_REMEMBERED:
            self._days[row.values["date"]] = day
        return day

    def _parse_day(self, text: str) -> date:
        day = parse_date(text, self._order)
        if day > self._today:
            raise BadValue(N_("This day has not come yet."))
        if day < EARLIEST:
            raise BadValue(N_("This day is too long ago to be right."))
        return day

    def _score(self, row: Row, metric: Metric) -> int:
        score = read_cell(row, "score", lambda cell: self._parse_score(cell, metric))
        if len(self._scores) < MOST_REMEMBERED:
            self._scores[metric, row.values["score"]] = score
        return score

    def _parse_score(self, text: str, metric: Metric) -> int:
        rule = self._scale.rule if self._scale else None
        if rule not in FITTING[metric]:
            raise BadValue(N_("The scale chosen for this file does not fit %(metric)s."), metric=metric.value.upper())
        low, high = metric.scale
        score = parse_score(text, low, high)
        return low + high - score if rule in REVERSED else score

    def _group(self, row: Row, unit_id: int, metric: Metric) -> Group:
        values = row.values
        counted = any(not is_missing(values[band]) for band in BANDS)
        if not counted and is_missing(values["mean"]) and is_missing(values["n"]):
            raise RowRefused("score", values["score"], NO_SCORE)
        if counted and metric is not Metric.NPS:
            raise RowRefused("metric", values["metric"], ONLY_NPS)
        span = read_cell(row, "period", self._span)
        if counted:
            bands = read_bands(row, self._scale)
            return Group(unit_id, span, metric, bands, sum(bands), None, metric.scale)
        n = read_cell(row, "n", parse_count)
        if n == 0:
            raise RowRefused("n", values["n"], NOBODY)
        scale = self._ends(metric)
        mean = float(read_cell(row, "mean", parse_decimal))
        if not scale[0] <= mean <= scale[1]:
            ends = {"low": str(scale[0]), "high": str(scale[1])}
            raise RowRefused("mean", values["mean"], Message(OUTSIDE, ends))
        return Group(unit_id, span, metric, None, n, mean, scale)

    def _ends(self, metric: Metric) -> tuple[int, int]:
        """The scale that was said, else that of the metric: a mean beyond it is refused, never stretched."""
        if self._scale and self._scale.low is not None and self._scale.high is not None:
            return int(self._scale.low), int(self._scale.high)
        return metric.scale

    def _span(self, text: str) -> Span:
        return parse_begun_period(text, self._order, self._today)


METRICS = {metric.value: metric for metric in Metric}
TOO_LONG = N_("This text is longer than %(longest)s characters.")
OUTSIDE = N_("This mean is outside the scale from %(low)s to %(high)s.")


def _clean(text: str) -> str:
    """PostgreSQL takes no NUL."""
    return text.replace("\0", "") if "\0" in text else text


def _too_long(row: Row, column: str) -> RowRefused:
    return RowRefused(column, row.values[column], Message(TOO_LONG, {"longest": str(LONGEST[column])}))
