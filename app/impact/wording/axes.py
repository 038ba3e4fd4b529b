"""Where the axes of a picture begin and end, and in which steps: round numbers, all equally far apart."""

import math
from collections.abc import Sequence
from typing import Any

from app.impact.queries.company import Source
from app.voice.models import Metric

MOST_STEPS = 6  # between the lowest value and the highest; more cannot be read on a phone


def even_axis(source: Source, values: Sequence[float]) -> dict[str, Any]:
    """From a round number below the lowest value to one above the highest, within the scale of a score."""
    is_score = not source.is_means and source.measure not in (Metric.CSAT, Metric.CES)
    is_share = source.measure == Metric.CSAT and not source.is_means
    least, most = min(values), max(values)
    steps = (20.0, 50.0) if is_score else (10.0, 20.0) if is_share else (_step(most - least),)
    step = next((each for each in steps if most - least <= MOST_STEPS * each), steps[-1])
    low, high = math.floor((least - step / 8) / step) * step, math.ceil((most + step / 8) / step) * step
    if is_score or is_share:
        low, high = max(low, -100 if is_score else 0), min(high, 100)
    return {"min": round(low, 4), "max": round(high, 4), "step": round(step, 4), "plain": not is_score}


def _step(width: float) -> float:
    """A round step (1, 2 or 5 times a power of ten) that cuts the width into a handful."""
    if width <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(width))
    return next(power * step for step in (0.2, 0.5, 1.0, 2.0) if width / (power * step) <= MOST_STEPS)
