"""Axes of the company's picture: round ends, and steps that are all as wide."""

from datetime import date

import pytest

from app.core.periods import PeriodKind
from app.impact.queries.company import Source
from app.impact.wording.axes import even_axis
from app.results.queries import ENPS
from app.voice.models import Metric

QUARTER = (PeriodKind.QUARTER, date(2026, 7, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("source", "values", "ends"),
    [
        (Source(ENPS, False, *QUARTER), [-12, 34], (-20, 40, 20)),
        (Source(ENPS, False, *QUARTER), [20, 20], (0, 40, 20)),
        (Source(ENPS, False, *QUARTER), [-40, 93], (-50, 100, 50)),
        (Source(Metric.NPS, False, *QUARTER), [-100, 100], (-100, 100, 50)),
        (Source(Metric.CSAT, False, *QUARTER), [61, 88], (50, 90, 10)),
        (Source(Metric.CSAT, False, *QUARTER), [20, 100], (0, 100, 20)),
        (Source(Metric.CSAT, False, *QUARTER), [0, 3], (0, 10, 10)),
        (Source(Metric.CES, False, *QUARTER), [4.1, 5.9], (4.0, 6.0, 0.5)),
        (Source("advocacy", True, *QUARTER), [6.31, 6.94], (6.2, 7.0, 0.2)),
    ],
)
def test_ends_are_round_and_steps_even(source: Source, values: list[float], ends: tuple[float, float, float]) -> None:
    told = even_axis(source, values)
    assert (told["min"], told["max"], told["step"]) == ends
    assert (told["max"] - told["min"]) / told["step"] == pytest.approx(
        round((told["max"] - told["min"]) / told["step"])
    )
    assert told["min"] <= min(values)
    assert max(values) <= told["max"]
