"""The story as it is told on one day, once for all its tests."""

from collections import defaultdict

import pytest

from app.demo.story.employees import employees
from app.demo.story.feedback import feedback
from app.demo.story.organisation import units
from app.demo.story.results import results
from tests.demo.told import TODAY, Row, Scores, quarter_of


@pytest.fixture(scope="module")
def tree() -> list[Row]:
    return list(units(TODAY))


@pytest.fixture(scope="module")
def staff() -> list[Row]:
    return list(employees(TODAY))


@pytest.fixture(scope="module")
def opinions() -> list[Row]:
    return list(feedback(TODAY))


@pytest.fixture(scope="module")
def enps() -> Scores:
    scores: Scores = defaultdict(list)
    for row in results(TODAY):
        scores[row["unit_code"], row["period"]].append(int(row["score"]))
    return scores


@pytest.fixture(scope="module")
def nps(opinions: list[Row]) -> Scores:
    scores: Scores = defaultdict(list)
    for row in opinions:
        if row["metric"] == "nps":
            scores[row["unit_code"], quarter_of(row["date"])].append(int(row["score"]))
    return scores
