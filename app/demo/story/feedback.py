"""Customers' answers, one row an answer: NPS everywhere, CSAT and CES where the touchpoint asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.demo.story.chance import chance
from app.demo.story.comments import HIGH, LOW, MIDDLE, comment
from app.demo.story.organisation import UNITS, is_open
from app.demo.story.scores import answers, asked, customer_scores
from app.demo.story.timeline import RUNNING, Quarter, Timeline
from app.demo.story.touchpoints import LANGUAGES, LANGUAGES_OF, USUAL_LANGUAGES, Touchpoint, touchpoints_of

COLUMNS = ("unit_code", "date", "metric", "score", "touchpoint", "channel", "comment", "language", "external_id")
COMMENTED = 0.15
SIDE_SHARE = 0.08  # CSAT and CES answers as a share of the NPS answers
CHEERFUL = {"csat": (2, 3, 8, 37, 50), "ces": (2, 3, 4, 8, 17, 32, 34)}
GRUMPY = {"csat": (16, 20, 24, 26, 14), "ces": (12, 14, 16, 18, 17, 14, 9)}
# The highest score of each metric that still reads as low, and as middling.
MOODS = {"nps": (6, 8), "csat": (2, 3), "ces": (3, 5)}


@dataclass(frozen=True)
class Asked:
    """One unit in one quarter, and the chance that goes with it."""

    code: str
    index: int
    quarter: Quarter
    rng: Random


def feedback(today: date) -> Iterator[dict[str, str]]:
    """Rows of whole quarters, then of the running one as far as yesterday."""
    timeline = Timeline(today)
    for index in range(RUNNING + 1):
        for place in UNITS:
            if place.asked and is_open(place, index):
                rng = chance("feedback", place.code, index)
                rows = _quarter_of_a_unit(Asked(place.code, index, timeline.quarter(index), rng))
                yield from (row for row in rows if row["date"] < today.isoformat())


def _quarter_of_a_unit(place: Asked) -> Iterator[dict[str, str]]:
    net, count = customer_scores(place.code)[place.index], asked(place.code, place.index)
    touchpoints, weights = touchpoints_of(place.code, place.index)
    met = place.rng.choices(touchpoints, weights, k=count)
    given = [(point, "nps", score) for point, score in zip(met, _nps(place, net, count), strict=True)]
    given += [(point, point.metric, _side_score(point.metric, net, place.rng)) for point in _side(place, met)]
    for number, (point, metric, score) in enumerate(given, start=1):
        identity = f"{place.code}/{place.quarter.code}/{number:04}"
        yield _row(place, point, metric, score) | {"external_id": identity}


def _nps(place: Asked, net: float, count: int) -> list[int]:
    return answers(net, count, passive=0.26, rng=place.rng)


def _side(place: Asked, met: list[Touchpoint]) -> list[Touchpoint]:
    return [point for point in met if point.metric and place.rng.random() < SIDE_SHARE]


def _side_score(metric: str, net: float, rng: Random) -> int:
    """A CSAT or CES answer, from the better or the worse of two moods, the more often the better the unit's NPS."""
    weights = (CHEERFUL if rng.random() < 0.5 + net / 100 else GRUMPY)[metric]
    return rng.choices(range(1, len(weights) + 1), weights)[0]


def _row(place: Asked, point: Touchpoint, metric: str, score: int) -> dict[str, str]:
    rng = place.rng
    language = rng.choices(LANGUAGES, LANGUAGES_OF.get(place.code, USUAL_LANGUAGES))[0]
    low, middling = MOODS[metric]
    mood = LOW if score <= low else MIDDLE if score <= middling else HIGH
    words = comment(language, mood, point.topic, rng) if rng.random() < COMMENTED else ""
    values = (place.code, _day(place), metric, str(score), point.name, rng.choice(point.channels), words, language)
    return dict(zip(COLUMNS, values, strict=False))


def _day(place: Asked) -> str:
    """A day of the quarter that is no Sunday."""
    day = place.quarter.starts_on + timedelta(days=int(place.rng.random() * place.quarter.days))
    if day.weekday() == 6:
        day += timedelta(days=-1 if day > place.quarter.starts_on else 1)
    return day.isoformat()
