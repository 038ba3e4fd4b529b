"""Employees' results come in from a file as drafts."""

import pytest
import sqlalchemy as sa

from app.core.errors import Refused
from app.core.imports import Scale, ScaleRule
from app.core.permissions import Role
from app.extensions import db
from app.pulse.models import DraftSet, DraftTally
from tests.factories import make_account, make_grant
from tests.pulse.files import HEADER, answers, bring, drafts, means, reasons
from tests.results.door import answers_of, publish_now


def counts(import_):
    return import_.new_count, import_.changed_count, import_.unchanged_count, import_.refused_count


def test_answers_are_counted_by_unit_into_bands(cast, tmp_path):
    done = bring(tmp_path, HEADER + answers("N1", "0 6 7 8 9 10") + answers("S1", "10 10"))
    assert counts(done) == (8, 0, 0, 0)
    assert drafts() == {("enps", "2026-Q1"): {cast.n1.id: (2, 2, 2), cast.s1.id: (0, 0, 2)}}


def test_groups_come_as_counts_with_their_headcount(cast, tmp_path):
    done = bring(tmp_path, "unit_code,period,promoters,passives,detractors,headcount\nN1,2026-Q1,19,8,3,34\n")
    assert counts(done) == (1, 0, 0, 0)
    row = db.session.scalars(sa.select(DraftTally)).one()
    assert (row.n, row.headcount) == (30, 34)
    assert drafts() == {("enps", "2026-Q1"): {cast.n1.id: (3, 8, 19)}}


def test_means_need_to_say_their_scale(cast, tmp_path):
    rows = ("N1,2026-Q1,Advocacy,6.7,40", "N2,2026-Q1,Advocacy,11,40", "S1,2026-Q1,Advocacy,-,0")
    text = "\n".join(("unit_code,period,question,mean,n", *rows))
    with pytest.raises(Refused, match="Say on which scale"):
        bring(tmp_path, text)
    said = bring(tmp_path, text, scale=means())
    assert counts(said) == (1, 0, 0, 2)
    assert reasons(said) == {
        3: "This mean is outside the scale from 0 to 10.",
        4: "Nobody answered here, so there is no score.",
    }
    draft = db.session.scalars(sa.select(DraftSet)).one()
    assert (draft.measure, draft.is_means, draft.rule) == ("advocacy", True, "mean")


@pytest.mark.parametrize("number", [3, 40])
def test_scores_that_never_pass_five_are_asked_about_once(cast, tmp_path, number):
    with pytest.raises(Refused, match="No score is above 5"):
        bring(tmp_path, HEADER + answers("N1", "5 4 1 " * number))
    assert drafts() == {}


def test_one_question_of_several_that_never_passes_five_is_refused_without_a_rule(cast, tmp_path):
    rows = "N1,2026-Q1,,9\nN1,2026-Q1,,2\nN1,2026-Q1,Mood,5\nN1,2026-Q1,Mood,1\n"
    done = bring(tmp_path, "unit_code,period,question,score\n" + rows)
    assert counts(done) == (2, 0, 0, 2)
    assert "bring this question in a file of its own" in reasons(done)[4]
    assert list(drafts()) == [("enps", "2026-Q1")]


def test_a_rule_for_five_steps_is_followed(cast, tmp_path):
    text = HEADER + answers("N1", "5 5 4 3 2 1")
    bring(tmp_path, text, scale=Scale(ScaleRule.ONE_TO_FIVE_TOP))
    assert drafts()["enps", "2026-Q1"] == {cast.n1.id: (3, 1, 2)}
    bring(tmp_path, text, scale=Scale(ScaleRule.ONE_TO_FIVE_REVERSED))
    assert drafts()["enps", "2026-Q1"] == {cast.n1.id: (4, 1, 1)}


def test_low_scores_are_taken_when_somebody_says_that_they_are_of_ten(cast, tmp_path):
    done = bring(tmp_path, HEADER + answers("N1", "5 4 1"), scale=Scale(ScaleRule.ZERO_TO_TEN))
    assert counts(done) == (3, 0, 0, 0)


def test_bad_rows_are_refused_each_with_its_reason_and_the_others_come_in(cast, tmp_path):
    lines = [
        "N1,2026-Q1,9", "NOWHERE,2026-Q1,9", "N1,soon,9", "N1,2026-Q1,11", "N1,2026-Q1,9.5", "N1,2099-Q1,9",
        ",2026-Q1,9", "N1,2014-Q4,9", "N1,2026-Q1,",
    ]  # fmt: skip
    done = bring(tmp_path, HEADER + "\n".join(lines))
    assert counts(done) == (1, 0, 0, 8)
    assert reasons(done) == {
        3: "There is no unit with this code.",
        4: "Write the period like 2026-Q4, 2026-11 or 2026.",
        5: "This score is outside the scale from 0 to 10.",
        6: "A score is a whole number from 0 to 10.",
        7: "This period has not begun yet.",
        8: "This cell is empty, and the import needs it.",
        9: "This unit did not exist on 2014-12-31, the last day of that period.",
        10: "This row has no score, no counts and no mean.",
    }


def test_a_group_that_stands_twice_is_taken_once_or_refused(cast, tmp_path):
    lines = "N1,2026-Q1,19,8,3\nN1,2026-Q1,19,8,3\nN1,2026-Q1,20,8,3\nS1,2026-Q1,5,5,5\n"
    done = bring(tmp_path, "unit_code,period,promoters,passives,detractors\n" + lines)
    assert counts(done) == (2, 0, 1, 1)
    assert reasons(done)[4].startswith("This unit stands twice")
    assert drafts()["enps", "2026-Q1"] == {cast.n1.id: (3, 8, 19), cast.s1.id: (5, 5, 5)}


def test_answers_and_counts_of_one_period_are_not_mixed(cast, tmp_path):
    lines = "unit_code,period,score,promoters,passives,detractors\nN1,2026-Q1,9,,,\nN2,2026-Q1,,5,5,5\n"
    assert "of another sort" in reasons(bring(tmp_path, lines))[3]


def test_the_same_file_again_changes_nothing_and_another_replaces_the_draft_whole(cast, tmp_path):
    first = HEADER + answers("N1", "9 9 9 7") + answers("S1", "10", period="2026-Q2")
    bring(tmp_path, first)
    again = bring(tmp_path, first)
    assert counts(again) == (0, 0, 5, 0)
    other = bring(tmp_path, HEADER + answers("N2", "0 9"), yes_to=1)
    assert counts(other) == (0, 2, 0, 0)
    assert drafts() == {
        ("enps", "2026-Q1"): {cast.n2.id: (1, 0, 1)},
        ("enps", "2026-Q2"): {cast.s1.id: (0, 0, 1)},
    }


def test_rows_of_a_published_period_are_refused(cast, tmp_path):
    publish_now(answers_of({cast.n1: (3, 8, 19)}))
    done = bring(
        tmp_path,
        HEADER + answers("N1", "9") + answers("N1", "9", period="2026-02") + answers("N1", "9", period="2026-Q2"),
    )
    assert counts(done) == (1, 0, 0, 2)
    assert reasons(done)[3] == "Results of Q1 2026 are published already, and published results never change."


def test_the_same_question_in_two_spellings_is_one(cast, tmp_path):
    questions = ("eNPS", "e-NPS", "", "  My Job! ", "my job")
    rows = [f"N1,2026-Q1,{question},9" for question in questions]
    bring(tmp_path, "unit_code,period,question,score\n" + "\n".join(rows))
    assert drafts() == {
        ("enps", "2026-Q1"): {cast.n1.id: (0, 0, 3)},
        ("my-job", "2026-Q1"): {cast.n1.id: (0, 0, 2)},
    }


def test_a_date_stands_for_its_quarter(cast, tmp_path):
    bring(tmp_path, HEADER + answers("N1", "9", period="2026-02-14"))
    assert list(drafts()) == [("enps", "2026-Q1")]


def test_rows_of_units_beyond_ones_own_are_refused(cast, tmp_path):
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    done = bring(tmp_path, HEADER + answers("N1", "9") + answers("S1", "9"), actor_id=nora.id)
    assert counts(done) == (1, 0, 0, 1)
    assert reasons(done)[3] == "You may not bring results for this unit."


def test_a_draft_with_units_of_others_is_not_replaced_from_below(cast, tmp_path):
    nora = make_account("nora@example.org")
    make_grant(nora, Role.HR, cast.north)
    bring(tmp_path, HEADER + answers("N1", "9") + answers("S1", "9"))
    done = bring(tmp_path, HEADER + answers("N1", "9"), actor_id=nora.id)
    assert counts(done) == (0, 0, 0, 1)
    assert drafts()["enps", "2026-Q1"] == {cast.n1.id: (0, 0, 1), cast.s1.id: (0, 0, 1)}


def test_nobody_learns_by_guessing_what_a_draft_of_somebody_else_holds(cast, tmp_path):
    small = HEADER + answers("N1", "9 9 2 10")
    bring(tmp_path, small, actor_id=cast.adam.id)
    right = bring(tmp_path, small + "\n", actor_id=cast.hanna.id)
    assert counts(right) == (0, 4, 0, 0)
    again = bring(tmp_path, small, actor_id=cast.hanna.id)
    assert counts(again) == (0, 0, 4, 0)  # her own by now
