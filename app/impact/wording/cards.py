"""Readings put into words and numbers for the macros of `components/scores.html` and `components/charts.html`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.texts import _, ngettext
from app.impact.figures import Reading
from app.impact.wording import words
from app.impact.wording.words import CUSTOMERS, EMPLOYEES


@dataclass(frozen=True)
class Card:
    """One voice of one unit in one quarter, ready to be shown."""

    kind: str
    is_shown: bool
    is_hidden: bool
    score_text: str
    n_text: str = ""
    interval_text: str = ""
    verdict_kind: str = ""
    verdict_text: str = ""
    score: int | None = None
    low: int | None = None
    high: int | None = None
    notes: Sequence[str] = field(default_factory=tuple)
    is_thin: bool = False
    period: str = ""


def card(kind: str, reading: Reading, *, is_small: bool = False) -> Card:
    """The card of a voice; a small one has no room for notes and says its verdict in two words."""
    figure, period = reading.figure, words.published_for(reading)
    if figure is None:
        return Card(kind, is_shown=False, is_hidden=reading.is_hidden, score_text=words.score(reading), period=period)
    short = words.verdict_short(reading, reading.verdict)
    n_text = words.people(figure) if kind == EMPLOYEES else words.opinions(figure)
    return Card(
        kind,
        is_shown=True,
        is_hidden=False,
        score_text=words.points(figure.score),
        n_text=f"{n_text}, {period}" if is_small and reading.part else n_text,
        interval_text=words.from_to(figure.low, figure.high),
        verdict_kind=words.verdict_kind(reading, reading.verdict),
        verdict_text=short if is_small else words.verdict(reading),
        score=round(figure.score),
        low=round(figure.low),
        high=round(figure.high),
        notes=words.team_notes(reading) if kind == EMPLOYEES else (),
        is_thin=figure.is_thin,
        period=period,
    )


def trend(team: Sequence[Reading], customers: Sequence[Reading], marks: Sequence[float]) -> dict[str, Any]:
    """The contract of the trend chart: both voices by quarter, hidden ones as gaps.

    From the first quarter in which either has a score to the last: with half of it empty a chart says less.
    """
    begins, ends = _drawn(team, customers)
    team, customers = team[begins:ends], customers[begins:ends]
    first = team[0].quarter
    periods = [
        words.quarter_short(reading.quarter, with_year=reading.quarter.month == 1 or reading.quarter == first)
        for reading in team
    ]
    describe = ngettext(
        "Line chart of the team's eNPS and the customers' NPS over %(num)s quarter, to %(last)s. The table below it"
        " holds all its figures.",
        "Line chart of the team's eNPS and the customers' NPS over %(num)s quarters, to %(last)s. The table below it"
        " holds all its figures.",
        len(team),
        last=words.quarter(team[-1].quarter),
    )
    return {
        "kind": "trend",
        "periods": periods,
        "describe": describe,
        "empty": words.nobody(),
        "axis": "",
        "series": [_line(EMPLOYEES, _("team"), team), _line(CUSTOMERS, _("customers"), customers)],
        "marks": [{"at": at - begins, "text": _("units rearranged")} for at in marks if begins < at < ends - 1],
    }


def _drawn(team: Sequence[Reading], customers: Sequence[Reading]) -> tuple[int, int]:
    """Which quarters; all of them where neither voice has a score."""
    told = [place for place, both in enumerate(zip(team, customers, strict=True)) if any(each.figure for each in both)]
    return (told[0], told[-1] + 1) if told else (0, len(team))


def _line(kind: str, label: str, readings: Sequence[Reading]) -> dict[str, Any]:
    figures = [reading.figure for reading in readings]
    return {
        "voice": kind,
        "label": label,
        "scores": [round(figure.score) if figure else None for figure in figures],
        "low": [round(figure.low) if figure else None for figure in figures],
        "high": [round(figure.high) if figure else None for figure in figures],
        "texts": [_dot(reading) for reading in readings],
    }


def _dot(reading: Reading) -> str:
    """What the tooltip says of one dot."""
    if reading.figure is None:
        return words.score(reading)
    n = _("n %(n)s", n=words.n_of(reading))
    return f"{words.points(reading.figure.score)}, {n}, {words.span(reading)}"
