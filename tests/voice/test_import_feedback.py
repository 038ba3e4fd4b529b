"""Customers' feedback comes in from a file."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.errors import Refused
from app.core.imports import DateOrder, Mapping, Scale, ScaleRule
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport, ImportRefusal
from app.voice.models import Feedback, FeedbackDay, FeedbackGroup, FeedbackQuarter, Metric, Touchpoint
from tests.factories import make_account, make_grant
from tests.voice.files import HEADER, bring, counts, days, quarters, reasons, rows


def test_answers_come_in_with_their_rollups(cast, tmp_path):
    text = HEADER + "N1,2026-01-05,nps,9\nN1,2026-01-05,nps,9\nN1,2026-02-05,NPS,3\nS1,2026-01-05,csat,5\n"
    assert counts(bring(tmp_path, text)) == (4, 0, 0, 0)
    assert days() == {
        (cast.n1.id, "2026-01-05", 9): 2,
        (cast.n1.id, "2026-02-05", 3): 1,
        (cast.s1.id, "2026-01-05", 5): 1,
    }
    nps, csat = quarters()
    assert (nps.low, nps.middle, nps.high, nps.n, nps.score_sum, nps.square_sum) == (1, 0, 2, 3, 21, 171)
    assert (csat.metric, csat.low, csat.middle, csat.high) == (Metric.CSAT, 0, 0, 1)


@pytest.mark.parametrize(
    ("metric", "bands"),
    [
        (Metric.NPS, [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2]),
        (Metric.CSAT, [0, 0, 1, 2, 2]),
        (Metric.CES, [0, 0, 0, 1, 2, 2, 2]),
    ],
)
def test_each_metric_has_its_bands(metric, bands):
    low, high = metric.scale
    assert [metric.band(score) for score in range(low, high + 1)] == bands


def test_bad_rows_are_refused_each_with_its_reason_and_the_others_come_in(cast, tmp_path):
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    lines = [
        "N1,2026-01-05,nps,9", "NOWHERE,2026-01-05,nps,9", "N1,05/06/2026,nps,9", f"N1,{tomorrow},nps,9",
        "N1,2026-01-05,nps,11", "N1,2026-01-05,csat,0", "N1,2026-01-05,ces,3.5", "N1,2026-01-05,ltr,3",
        "N1,,nps,3", "N1,2026-01-05,nps,", "N1,1899-12-31,nps,3",
    ]  # fmt: skip
    done = bring(tmp_path, HEADER + "\n".join(lines))
    assert counts(done) == (1, 0, 0, 9)
    assert done.waiting_count == 1  # of a unit that nobody knows
    assert reasons(done) == {
        4: "Choose for this file whether the day or the month comes first.",
        5: "This day has not come yet.",
        6: "This score is outside the scale from 0 to 10.",
        7: "0 is not on the scale from 1 to 5. If it means that nobody answered, leave it empty.",
        8: "A score is a whole number from 1 to 7.",
        9: "A metric is nps, csat or ces.",
        10: "This cell is empty, and the import needs it.",
        11: "This row has no score, no counts and no mean.",
        12: "This day is too long ago to be right.",
    }


def test_the_same_file_again_changes_nothing(cast, tmp_path):
    text = HEADER + "N1,2026-01-05,nps,9\n" * 3 + "N1,2026-01-06,nps,9\n"
    bring(tmp_path, text)
    assert counts(bring(tmp_path, text)) == (0, 0, 4, 0)
    assert rows() == 4
    assert sum(days().values()) == 4


def test_a_longer_export_adds_only_what_is_new(cast, tmp_path):
    bring(tmp_path, HEADER + "N1,2026-01-05,nps,9\n" * 2)
    assert counts(bring(tmp_path, HEADER + "N1,2026-01-05,nps,9\n" * 3)) == (1, 0, 2, 0)
    assert sum(row.n for row in quarters()) == 3


def test_a_number_of_the_source_tells_answers_apart(cast, tmp_path):
    head = "unit_code,date,metric,score,external_id\n"
    bring(tmp_path, head + "N1,2026-01-05,nps,9,R-1\nN1,2026-01-05,nps,9,R-2\nN1,2026-01-05,csat,5,R-1\n")
    assert rows() == 3
    again = bring(tmp_path, head + "N1,2026-01-05,nps,9,R-1\nN1,2026-01-05,nps,8,R-2\nN1,2026-01-05,nps,8,R-3\n")
    assert counts(again) == (1, 0, 1, 1)
    assert reasons(again)[3].startswith("Another answer with this number in the source is already there")


def test_a_number_that_stands_twice_in_a_file_is_taken_once_or_refused(cast, tmp_path):
    head = "unit_code,date,metric,score,external_id\n"
    done = bring(tmp_path, head + "N1,2026-01-05,nps,9,R-1\nN1,2026-01-05,nps,9,R-1\nN1,2026-01-05,nps,0,R-1\n")
    assert counts(done) == (1, 0, 1, 1)
    assert rows() == 1


def test_touchpoints_are_found_however_they_are_cased_and_made_when_new(cast, tmp_path):
    head = "unit_code,date,metric,score,touchpoint\n"
    bring(tmp_path, head + "N1,2026-01-05,nps,9,Counter\nN1,2026-01-06,nps,9,counter\nN1,2026-01-07,nps,9,\n")
    bring(tmp_path, head + "N1,2026-02-05,nps,9,COUNTER\n")
    touchpoint = db.session.scalars(sa.select(Touchpoint)).one()
    assert (touchpoint.code, touchpoint.name) == ("counter", {"en": "Counter"})
    assert sorted(row.touchpoint_id for row in quarters() if row.n) == [0, touchpoint.id, touchpoint.id]


def test_a_reversed_scale_is_turned_only_where_it_fits(cast, tmp_path):
    text = HEADER + "N1,2026-01-05,csat,1\nN1,2026-01-05,nps,1\n"
    done = bring(tmp_path, text, scale=Scale(ScaleRule.ONE_TO_FIVE_REVERSED))
    assert db.session.scalars(sa.select(Feedback.score)).one() == 5
    assert reasons(done) == {3: "The scale chosen for this file does not fit NPS."}


def test_days_are_read_in_the_order_that_was_chosen(cast, tmp_path):
    bring(tmp_path, HEADER + "N1,9/8/18 15:29,nps,9\n", order=DateOrder.MONTH_FIRST)
    assert db.session.scalars(sa.select(Feedback.answered_on)).one().isoformat() == "2018-09-08"


def test_long_comments_are_refused_and_words_survive_whole(cast, tmp_path):
    head = "unit_code,date,metric,score,comment\n"
    words = "Dzień dobry — всё отлично! =1+1"
    done = bring(tmp_path, head + f"N1,2026-01-05,nps,9,{words}\nN1,2026-01-05,nps,9,{'x' * 5001}\n")
    assert reasons(done) == {3: "This text is longer than 5000 characters."}
    assert db.session.scalars(sa.select(Feedback.comment)).one() == words


GROUPS = "unit_code,period,metric,promoters,passives,detractors,mean,n\n"


def test_groups_of_counts_enter_the_quarter_and_means_stay_apart(cast, tmp_path):
    lines = "N1,2026-Q1,nps,10,5,3,,\nN1,2026-05,nps,1,1,1,,\nN2,2025,nps,9,9,9,,\nS1,2026-Q1,csat,,,,4.2,50\n"
    assert counts(bring(tmp_path, GROUPS + lines)) == (4, 0, 0, 0)
    kept = [(row.unit_id, row.period.code, row.low, row.middle, row.high, row.n) for row in quarters()]
    assert sorted(kept) == [(cast.n1.id, "2026-Q1", 3, 5, 10, 18), (cast.n1.id, "2026-Q2", 1, 1, 1, 3)]
    assert rows(FeedbackGroup) == 4


def test_groups_again_are_unchanged_and_others_refused(cast, tmp_path):
    bring(tmp_path, GROUPS + "N1,2026-Q1,nps,10,5,3,,\nS1,2026-Q1,csat,,,,4.2,50\n")
    done = bring(tmp_path, GROUPS + "N1,2026-Q1,nps,10,5,3,,\nS1,2026-Q1,csat,,,,4.3,50\nS1,2026-Q1,csat,,,,4.3,50\n")
    assert counts(done) == (0, 0, 1, 2)
    assert reasons(done)[3] == "Other numbers for this unit, metric and period are already there."


def test_groups_that_cannot_be_are_refused(cast, tmp_path):
    lines = [
        "N1,2026-Q1,csat,10,5,3,,", "N1,2026-Q1,csat,,,,5.2,50", "N1,2026-Q1,csat,,,,-,0", "N1,2099-Q1,nps,1,1,1,,",
        "N1,2026-Q1,nps,0,0,0,,",
    ]  # fmt: skip
    done = bring(tmp_path, GROUPS + "\n".join(lines))
    assert counts(done) == (0, 0, 0, 5)
    assert reasons(done) == {
        2: "Promoters, passives and detractors are counted for NPS only.",
        3: "This mean is outside the scale from 1 to 5.",
        4: "Nobody answered here, so there is no score.",
        5: "This period has not begun yet.",
        6: "Nobody answered here, so there is no score.",
    }


def test_a_mean_on_another_scale_is_taken_when_the_scale_is_said(cast, tmp_path):
    bring(tmp_path, GROUPS + "N1,2022-Q4,csat,,,,8.1,300\n", scale=Scale(ScaleRule.MEAN, 0, 10))
    group = db.session.scalars(sa.select(FeedbackGroup)).one()
    assert (group.mean, group.scale_low, group.scale_high) == (8.1, 0, 10)


def test_rows_of_units_beyond_ones_own_are_refused(cast, tmp_path):
    nora = make_account("nora@example.org")
    make_grant(nora, Role.CX_LEAD, cast.north)
    done = bring(tmp_path, HEADER + "N1,2026-01-05,nps,9\nS1,2026-01-05,nps,9\n", actor_id=nora.id)
    assert counts(done) == (1, 0, 0, 1)
    assert reasons(done)[3] == "You may not bring feedback for this unit."


def test_an_import_that_was_cut_short_is_cleared_away_by_the_next(cast, tmp_path):
    text = HEADER + "N1,2026-01-05,nps,9\n"
    first = bring(tmp_path, text)
    db.session.execute(sa.update(DataImport).where(DataImport.id == first.id).values(visible_at=None, status="failed"))
    assert counts(bring(tmp_path, text)) == (1, 0, 0, 0)
    assert (rows(), rows(FeedbackDay), rows(FeedbackQuarter)) == (1, 1, 1)


def test_every_row_carries_its_import(cast, tmp_path):
    done = bring(tmp_path, HEADER + "".join(f"N1,2026-01-{day:02},nps,{day % 11}\n" for day in range(1, 29)) * 90)
    assert rows() == done.new_count == 2520
    assert set(db.session.scalars(sa.select(Feedback.import_id))) == {done.id}
    assert sum(days().values()) == sum(row.n for row in quarters()) == 2520


def test_what_is_wrong_for_the_whole_file_is_said_once(cast, tmp_path):
    path = tmp_path / "feedback.csv"
    path.write_text("unit_code,date,score\n" + "N1,2026-01-02,9\n" * 30, "utf-8")
    columns = {name: (name,) for name in ("unit_code", "date", "score")}
    mapping = Mapping("feedback", columns=columns, constants={"metric": "applause"})
    db.session.commit()
    with pytest.raises(Refused, match="“applause” was chosen as “metric” for the whole file") as refused:
        import_file("feedback", path, mapping=mapping)
    assert str(refused.value).count("applause") == 1
    assert not db.session.scalars(sa.select(ImportRefusal.id)).all()
