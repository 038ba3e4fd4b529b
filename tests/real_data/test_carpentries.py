"""The Carpentries' recommend question: real answers from 0 to 10, one row each."""

import csv
from collections import Counter

import pytest
import sqlalchemy as sa

from app.core.clock import now
from app.extensions import db
from app.people.models import Unit
from app.stats.scores import net_score
from app.voice import queries
from app.voice.models import Feedback, FeedbackDay, Metric
from tests.real_data.bring import FILES, MAPPINGS, bring, counts

TRAINING = FILES / "carpentries-training" / "20180908_post_clean.csv"
LEARNERS = FILES / "carpentries-training" / "data_20170701.csv"
pytestmark = pytest.mark.skipif(not TRAINING.exists(), reason="the public data sets are not beside the repository")


def bring_all():
    bring("units", MAPPINGS / "carpentries-top.csv")
    return bring("feedback", TRAINING, "carpentries-training.toml"), bring(
        "feedback", LEARNERS, "carpentries-learners.toml"
    )


def plain(file, column):
    with file.open(encoding="utf-8-sig", newline="") as text:
        return [int(row[column]) for row in csv.DictReader(text) if row[column]]


def test_every_answer_comes_in_and_an_empty_cell_is_no_zero(database):
    training, learners = bring_all()
    assert counts(training) == (889, 0, 0, 0, 78)
    assert counts(learners) == (402, 0, 0, 0, 74)
    days = db.session.execute(sa.select(sa.func.min(Feedback.answered_on), sa.func.max(Feedback.answered_on))).one()
    assert [day.isoformat() for day in days] == ["2016-06-09", "2018-09-08"]
    assert [counts(again)[2] for again in bring_all_again()] == [889, 402]


def bring_all_again():
    return (
        bring("feedback", TRAINING, "carpentries-training.toml"),
        bring("feedback", LEARNERS, "carpentries-learners.toml"),
    )


def test_the_rollup_holds_the_histogram_of_the_files(database):
    bring_all()
    kept = dict(
        db.session.execute(sa.select(FeedbackDay.score, sa.func.sum(FeedbackDay.n)).group_by(FeedbackDay.score)).all()
    )
    assert kept == Counter(plain(TRAINING, "LikelyToRecommend") + plain(LEARNERS, "Likely-To-Recommend"))


def test_the_score_is_that_of_plain_counting(database):
    bring_all()
    company = db.session.scalars(sa.select(Unit).where(Unit.code == "CARPENTRIES")).one()
    quarters = queries.heard_by_quarter(company.id)[Metric.NPS]
    low, middle, high = (sum(heard.counts[band] for heard in quarters.values()) for band in range(3))
    scores = plain(TRAINING, "LikelyToRecommend") + plain(LEARNERS, "Likely-To-Recommend")
    promoters, detractors = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
    assert (low, middle, high) == (detractors, len(scores) - detractors - promoters, promoters)
    assert net_score((low, middle, high)) == pytest.approx(100 * (promoters - detractors) / len(scores), abs=1e-12)
    assert max(quarters) <= now().date()
