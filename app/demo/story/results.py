"""Employees' past answers to the pulse, one row an answer, at the unit they sat in when they answered."""

from collections.abc import Iterator
from datetime import date

from app.demo.story.chance import chance
from app.demo.story.organisation import UNITS, headcount
from app.demo.story.scores import answers, respondents, staff_scores
from app.demo.story.timeline import QUARTERS_TOLD, Timeline

COLUMNS = ("unit_code", "period", "question", "score")
QUESTION = "enps"


def results(today: date) -> Iterator[dict[str, str]]:
    timeline = Timeline(today)
    for index in range(QUARTERS_TOLD):
        period = timeline.quarter(index).code
        for code, scores in answers_of(index):
            for score in scores:
                yield {"unit_code": code, "period": period, "question": QUESTION, "score": str(score)}


def answers_of(quarter: int) -> Iterator[tuple[str, list[int]]]:
    """The answers given in each unit that had people in that quarter of the story."""
    for place in UNITS:
        people = headcount(place, quarter)
        if people:
            rng = chance("answers", place.code, quarter)
            count = respondents(place.code, quarter, people)
            yield place.code, answers(staff_scores(place.code)[quarter], count, passive=0.32, rng=rng)
