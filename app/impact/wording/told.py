"""The unit's page for programs: the same figures, intervals and verdicts, rounded as there; words become codes."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.core.formats import rounded, rounded_percent
from app.core.periods import PeriodKind, period_code
from app.impact import figures
from app.impact.figures import Reading, Satisfaction
from app.impact.queries.rows import Mean, NamedUnit, Question
from app.impact.queries.unit import Below, UnitView
from app.stats.scores import Verdict
from app.voice.models import Metric

Told = dict[str, Any]
Codes = Mapping[int, str]
VERDICTS = {Verdict.UP: "up", Verdict.DOWN: "down", Verdict.UNCLEAR: "not-clearly-changed", None: "too-few-to-say"}


def unit_told(view: UnitView, codes: Codes) -> Told:
    return {
        "unit": _place(view.unit, codes),
        "above": [_place(place, codes) for place in view.above if place.is_seen],
        "period": _quarter(view.team[-1]),
        "quarters": [
            {
                "period": _quarter(team),
                "team": _reading(team, team.verdict),
                "customers": _reading(customers, customers.verdict),
            }
            for team, customers in zip(view.team, view.customers, strict=True)
        ],
        "below": [_below(row, codes) for row in view.below],
        "detectable_change": {
            "team": _change(view.detectable(view.team)),
            "customers": _change(view.detectable(view.customers)),
        },
        "satisfaction": satisfaction_told(view),
        "team_means": [_mean(mean) for mean in view.team_means],
        "team_questions": [_question(question) for question in view.team_questions],
        "customer_means": [_mean(mean) for mean in view.customer_means],
        "rearranged_on": [day.isoformat() for day in view.rearranged],
    }


def _place(place: NamedUnit, codes: Codes) -> Told:
    return {"code": codes[place.id], "name": place.name, "kind": str(place.kind), "is_open": place.is_open}


def _quarter(reading: Reading) -> str:
    return period_code(PeriodKind.QUARTER, reading.quarter)


def _reading(reading: Reading, verdict: Verdict | None) -> Told:
    """`hidden`: to protect people. `none`: nobody has answered. A change is told only where the page tells one."""
    figure = reading.figure
    if figure is None:
        return {"is": "hidden" if reading.is_hidden else "none"}
    told: Told = {
        "is": "shown",
        "score": _points(figure.score),
        "low": _points(figure.low),
        "high": _points(figure.high),
        "n": figure.n,
        "people": figure.headcount,
        "is_rounded": figure.is_rounded,
        "certain": [_points(bound) for bound in figure.bounds] if figure.bounds and figure.share else None,
        "published_for": period_code(*reading.part) if reading.part else None,
        "verdict": None,
        "verdict_alone": None,
        "change": None,
        "since": None,
    }
    if reading.comparison is not None:
        since = reading.comparison.part or (PeriodKind.QUARTER, reading.comparison.since)
        told |= {"verdict": VERDICTS[verdict], "since": period_code(*since)}
        told["verdict_alone"] = VERDICTS[reading.verdict]
        if reading.verdict in (Verdict.UP, Verdict.DOWN):
            told["change"] = _change(reading.comparison.change.difference)
    return told


def _below(row: Below, codes: Codes) -> Told:
    """As in the page's table, whose verdicts allow for how many units stand there."""
    told = _place(row.place, codes)
    for name, reading, verdict in (
        ("team", row.team, row.team_verdict),
        ("customers", row.customers, row.customers_verdict),
    ):
        told[name] = _reading(reading, verdict)
    return told


def satisfaction_told(view: UnitView) -> dict[str, Told | None]:
    csat, ces = view.satisfaction.get(Metric.CSAT), view.satisfaction.get(Metric.CES)
    return {
        "csat_percent": _around(figures.csat_figure(csat.bands[2], csat.n), rounded_percent) if csat else None,
        "ces_mean": _around(figures.ces_figure(ces.n, ces.total, ces.squares), _rounded_mean) if ces else None,
    }


def _rounded_mean(mean: float) -> Decimal:
    return rounded(mean, 1)


def _around(figure: Satisfaction, written: Callable[[float], Decimal]) -> Told:
    low, value, high = (
        None if each is None else float(written(each)) for each in (figure.low, figure.value, figure.high)
    )
    return {"value": value, "low": low, "high": high, "n": figure.n}


def _mean(mean: Mean) -> Told:
    """A published mean has its n and its scale: no interval, no verdict. Without n it is hidden."""
    return {
        "measure": mean.measure,
        "period": period_code(mean.kind, mean.starts_on),
        "is": "hidden" if mean.mean is None else "shown",
        "mean": None if mean.mean is None else float(rounded(mean.mean, 2)),
        "n": mean.n,
        "scale": [mean.low, mean.high],
    }


def _question(question: Question) -> Told:
    """Scored and hidden as eNPS is; no verdict is told."""
    shown = question.answered.counts is not None
    figure = figures.team_figure(question.answered) if shown else None
    return {
        "measure": question.measure,
        "period": period_code(question.kind, question.starts_on),
        "is": "shown" if shown else "hidden",
        "score": _points(figure.score) if figure else None,
        "low": _points(figure.low) if figure else None,
        "high": _points(figure.high) if figure else None,
        "n": figure.n if figure else None,
        "people": figure.headcount if figure else None,
        "is_rounded": bool(figure and figure.is_rounded),
    }


def _points(value: float) -> int:
    return round(value)


def _change(value: float | None) -> float | None:
    """In whole points, and with decimals only below half a point."""
    if value is None or math.isinf(value):
        return None
    points, places = figures.told_in_points(value)
    return points if places else round(points)
