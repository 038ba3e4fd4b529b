"""`flask voice rebuild-rollups` counts again, and tells when the rollups were wrong."""

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.voice.models import FeedbackDay, FeedbackQuarter
from tests.voice.files import HEADER, bring, days, quarters

TEXT = HEADER + "N1,2026-01-05,nps,9\nN1,2026-02-05,nps,3\nS1,2026-01-05,csat,5\n"
GROUPS = "unit_code,period,metric,promoters,passives,detractors\nN1,2026-02,nps,10,5,3\nS1,2025,nps,1,1,1\n"


def kept():
    return days(), sorted((row.unit_id, row.low, row.high, row.score_sum) for row in quarters())


def rebuild(app):
    return app.test_cli_runner().invoke(args=["voice", "rebuild-rollups"])


def test_untouched_rollups_are_equal(app, cast, tmp_path):
    bring(tmp_path, TEXT)
    bring(tmp_path, GROUPS)
    done = rebuild(app)
    assert (done.exit_code, done.output) == (0, "equal\n")


@pytest.mark.parametrize(
    "damage",
    [
        sa.update(FeedbackDay).where(FeedbackDay.score == 9).values(n=7),
        sa.delete(FeedbackDay).where(FeedbackDay.score == 5),
        sa.update(FeedbackQuarter).where(FeedbackQuarter.metric == "csat").values(high=0, low=1),
        sa.delete(FeedbackQuarter),
    ],
)
def test_a_wrong_count_is_told_and_mended(app, cast, tmp_path, damage):
    bring(tmp_path, TEXT)
    bring(tmp_path, GROUPS)
    before = kept()
    db.session.execute(damage)
    db.session.expire_all()
    done = rebuild(app)
    assert done.exit_code == 1
    assert "kept" in done.output
    assert "differed and were replaced" in done.output
    db.session.expire_all()
    assert kept() == before
    assert rebuild(app).output == "equal\n"


def test_a_count_of_nothing_is_removed(app, cast, tmp_path):
    done = bring(tmp_path, TEXT)
    extra = {"import_id": done.id, "unit_id": cast.n2.id, "metric": "nps", "touchpoint_id": 0, "score": 3, "n": 2}
    row = db.session.scalars(sa.select(FeedbackDay).limit(1)).one()
    db.session.execute(sa.insert(FeedbackDay).values(day=row.day, **extra))
    assert rebuild(app).exit_code == 1
    assert rebuild(app).output == "equal\n"
