"""The one door: what it lets out, and what it refuses."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import clock, settings
from app.core.audit import AuditEntry
from app.core.errors import Refused
from app.extensions import db
from app.people.models import UnitVersion
from app.people.queries import tree_on
from app.results.actions import Answers, Tally, foresee, movements, withdraw
from app.results.models import ResultFigure, ResultSet
from app.results.queries import moved_since
from tests.factories import make_employee, make_unit
from tests.results.door import answers_of, figures_in, last_day, means_of, publish_now


def figure(unit, result_set):
    return figures_in(result_set)[unit.id]


def test_a_unit_above_the_threshold_is_shown_with_its_clamped_counts(cast):
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19), cast.s1: (25, 0, 0)}))
    assert figure(cast.n1, result_set).counts == (3, 8, 19)
    assert figure(cast.s1, result_set).counts == (23, 2, 0)
    assert figure(cast.company, result_set).counts == (26, 10, 19)


def test_below_twenty_answers_only_the_rounded_score_is_stored(cast):
    """(2, 5, 6) scores 30.77, shown as 30: four more promoters than detractors, and no more is kept."""
    result_set = publish_now(answers_of({cast.n1: (2, 5, 6)}))
    kept = figure(cast.n1, result_set)
    assert kept.n == 13
    assert kept.counts == (4, 1, 8)


def test_nothing_kept_tells_how_many_of_a_small_unit_were_passive(cast):
    """N2's 7 beside N1's 20: their score follows by subtraction from North's, and from no interval any more."""
    kept = []
    for quarter, seven in enumerate([(1, 5, 1), (2, 3, 2)], start=1):
        published = publish_now(answers_of({cast.n1: (5, 5, 10), cast.n2: seven}, period=f"2026-Q{quarter}"))
        kept.append([(one.n, one.counts, one.clamped_blocks) for one in figures_in(published).values()])
    assert kept[0] == kept[1]


def test_a_unit_below_the_threshold_is_stored_as_nothing_but_hidden(cast):
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19), cast.n2: (1, 1, 2), cast.s1: (5, 5, 15)}))
    hidden = figure(cast.n2, result_set)
    kept = (hidden.n, hidden.counts, hidden.mean, hidden.headcount, hidden.clamped_blocks)
    assert hidden.is_hidden
    assert kept == (None, None, None, None, 0)


def test_a_parent_is_never_shown_beside_all_but_a_few_of_its_people(cast):
    """North holds N1 with 30 and N2 with 4: shown beside N1 it would tell of the four, so N1 gives way."""
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19), cast.n2: (1, 1, 2)}))
    assert figure(cast.north, result_set).n == 34
    assert figure(cast.n1, result_set).is_hidden
    assert figure(cast.n2, result_set).is_hidden


def test_the_threshold_of_that_day_is_kept_and_never_below_five(cast):
    assert publish_now(answers_of({cast.n1: (3, 8, 19)}), threshold=7).threshold == 7
    assert publish_now(answers_of({cast.n1: (1, 2, 2)}, period="2026-Q2"), threshold=2).threshold == 5
    with pytest.raises(Refused):
        publish_now(answers_of({cast.n1: (1, 1, 1)}, period="2026-Q3"), threshold=2)


def test_the_company_sums_blocks_not_published_units(cast):
    """A unit that is unanimous is clamped before it is added: the company shows two answers of it moved."""
    result_set = publish_now(answers_of({cast.n1: (0, 0, 10), cast.s1: (10, 0, 0)}))
    assert figure(cast.company, result_set).counts == (8, 4, 8)
    assert figure(cast.company, result_set).clamped_blocks == 2
    assert figure(cast.n1, result_set).clamped_blocks == 0


def test_means_are_weighted_by_answers_up_the_tree(cast):
    result_set = publish_now(means_of({cast.n1: (6.0, 30), cast.n2: (8.0, 10), cast.s1: (5.0, 40)}))
    assert figure(cast.north, result_set).mean == pytest.approx(6.5)
    assert figure(cast.company, result_set).mean == pytest.approx(5.75)
    assert figure(cast.north, result_set).counts is None


def test_a_mean_at_the_end_of_its_scale_is_moved_inside(cast):
    result_set = publish_now(means_of({cast.n1: (10.0, 6)}))
    assert figure(cast.n1, result_set).mean == pytest.approx(8.0)


def test_headcounts_are_those_of_the_last_day(cast):
    for _ in range(7):
        make_employee(cast.n2)
    result_set = publish_now(answers_of({cast.n1: (0, 1, 1), cast.n2: (2, 2, 2)}))
    north = figure(cast.north, result_set)
    assert (north.n, north.headcount) == (8, 9)  # Ewa, Marek and the seven


def test_a_headcount_that_was_brought_along_wins_and_one_below_the_answers_is_unknown(cast):
    answers = answers_of({})
    tallies = {cast.n1.id: Tally(10, (2, 3, 5), headcount=12), cast.n2.id: Tally(13, (3, 5, 5), headcount=0)}
    result_set = publish_now(Answers("enps", answers.period, tallies, rule="counts", scale=(0, 10)))
    assert figure(cast.n1, result_set).headcount == 12
    assert figure(cast.n2, result_set).headcount is None
    assert figure(cast.north, result_set).headcount is None


def test_a_period_is_published_once(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19)}))
    with pytest.raises(Refused, match="published already"):
        publish_now(answers_of({cast.n1: (3, 8, 20)}))
    assert db.session.scalar(sa.select(sa.func.count(ResultSet.id))) == 1


def test_a_period_that_shares_days_with_a_published_one_is_refused(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19)}, period="2026-Q1"))
    for other in ("2026", "2026-02"):
        with pytest.raises(Refused):
            publish_now(answers_of({cast.n1: (3, 8, 20)}, period=other))
    assert publish_now(answers_of({cast.n1: (3, 8, 20)}, period="2026-04"))
    assert publish_now(answers_of({cast.n1: (3, 8, 20)}, period="2026-Q1", measure="empathy"))


def test_a_withdrawn_period_is_never_published_again(cast):
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    withdraw(result_set, actor_id=None, now=clock.now())
    assert db.session.scalar(sa.select(sa.func.count(ResultFigure.id))) == 0
    with pytest.raises(Refused, match="withdrawn"):
        publish_now(answers_of({cast.n1: (3, 8, 19)}))
    with pytest.raises(Refused):
        withdraw(result_set, actor_id=None, now=clock.now())


def test_a_set_that_could_show_nothing_stays_unpublished(cast):
    with pytest.raises(Refused, match="no unit could be shown"):
        publish_now(answers_of({cast.n1: (1, 1, 1)}))


def test_answers_of_a_unit_that_was_not_there_are_refused(cast):
    early = "2014-Q1"  # the units of the cast begin in 2015
    answers = answers_of({cast.n1: (3, 8, 19)}, period=early)
    assert foresee(answers, 5, tree_on(answers.period.last_day), {}).strangers == {cast.n1.id}
    with pytest.raises(Refused, match="did not exist"):
        publish_now(answers)


def test_what_is_foreseen_is_what_is_published(cast):
    answers = answers_of({cast.n1: (3, 8, 19), cast.n2: (1, 1, 2), cast.s1: (5, 5, 15)})
    outlook = foresee(answers, 5, tree_on(answers.period.last_day), {})
    figures = figures_in(publish_now(answers)).values()
    assert {one.unit_id for one in figures if one.is_hidden} == outlook.hidden
    assert {one.unit_id for one in figures if not one.is_hidden} == outlook.shown


def test_the_log_says_who_published_and_no_number(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19)}))
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "result_set.published")).one()
    assert {value.field: value.after for value in entry.values} == {
        "measure": "enps",
        "period": "2026-Q1",
        "threshold": "5",
    }


def test_the_tree_of_the_period_is_kept_with_the_figures(cast):
    deep = make_unit("N11", cast.n1)
    result_set = publish_now(answers_of({deep: (3, 3, 3), cast.n1: (3, 8, 19)}))
    assert figure(deep, result_set).parent_id == cast.n1.id
    assert figure(cast.n1, result_set).n == 39


def after_a_move(cast, *, joined=0, left=0, answers=8, period="2026-Q2"):
    """N1 publishes with eight people, some join and some leave in April, and it publishes again."""
    people = [make_employee(cast.n1) for _ in range(8)]
    for _ in range(8):
        make_employee(cast.s1)
    publish_now(answers_of({cast.n1: (2, 3, 3), cast.s1: (10, 10, 10)}))
    for employee in people[:left]:
        employee.assignments[0].ends_on = date(2026, 4, 10)
    for _ in range(joined):
        make_employee(cast.n1, since=date(2026, 4, 10))
    db.session.flush()
    answered = answers_of({cast.n1: (2, 3, answers - 5), cast.s1: (10, 10, 10)}, period=period)
    tree = tree_on(last_day(period))
    (moved,) = movements([(answered, tree)], 5)
    outlook = foresee(answered, 5, tree, moved)
    kept = figure(cast.n1, publish_now(answered))
    assert kept.is_hidden == (cast.n1.id in outlook.hidden), "the draft's page foresees it"
    return kept


@pytest.mark.parametrize(("joined", "left"), [(1, 0), (0, 1), (2, 2)])
def test_a_small_team_that_a_few_joined_or_left_waits(cast, joined, left):
    assert after_a_move(cast, joined=joined, left=left).is_hidden


@pytest.mark.parametrize(("joined", "left", "answers"), [(0, 0, 8), (5, 0, 8), (3, 2, 8), (1, 0, 10)])
def test_others_do_not_wait(cast, joined, left, answers):
    assert not after_a_move(cast, joined=joined, left=left, answers=answers).is_hidden


def test_the_company_may_decide_that_nobody_waits(cast):
    settings.set_company("hides_changed_teams", False, actor_id=None)
    assert not after_a_move(cast, joined=1).is_hidden


def test_a_team_waits_also_where_the_later_period_was_published_first(cast):
    """History is often imported newest first."""
    for _ in range(8):
        make_employee(cast.n1)
    make_employee(cast.n1, since=date(2026, 4, 10))
    publish_now(answers_of({cast.n1: (2, 3, 4), cast.s1: (10, 10, 10)}, period="2026-Q2"))
    assert figure(cast.n1, publish_now(answers_of({cast.n1: (2, 3, 3), cast.s1: (10, 10, 10)}))).is_hidden


def test_withdrawn_results_count_for_somebody_may_have_noted_them(cast):
    for _ in range(8):
        make_employee(cast.n1)
    withdraw(publish_now(answers_of({cast.n1: (2, 3, 3), cast.s1: (10, 10, 10)})), actor_id=None, now=clock.now())
    make_employee(cast.n1, since=date(2026, 4, 10))
    answered = answers_of({cast.n1: (2, 3, 4), cast.s1: (10, 10, 10)}, period="2026-Q2")
    assert figure(cast.n1, publish_now(answered)).is_hidden


def test_a_unit_that_came_under_another_changes_that_one_and_not_itself(cast):
    """North has 6 answers in all of which two came with a unit: who they are is seen in North, not in the unit."""
    for unit, people in ((cast.n1, 4), (cast.n2, 2), (cast.s1, 30)):
        for _ in range(people):
            make_employee(unit)
    moved_since_spring(cast.n2, cast.south, cast.north)
    (found,) = moved_since([("enps", answers_of({}, period="2026-Q2").period)])
    assert found == {}, "nothing is published yet"
    publish_now(answers_of({cast.n1: (1, 1, 2), cast.s1: (10, 10, 10)}))
    (found,) = moved_since([("enps", answers_of({}, period="2026-Q2").period)])
    assert found == {cast.north.id: 2, cast.south.id: 2}


def moved_since_spring(unit, old, new):
    version = db.session.scalar(sa.select(UnitVersion).where(UnitVersion.unit_id == unit.id))
    version.parent_id, version.ends_on = old.id, date(2026, 4, 15)
    db.session.add(
        UnitVersion(unit_id=unit.id, name=unit.name, kind=unit.kind, parent_id=new.id, starts_on=date(2026, 4, 15))
    )
    db.session.flush()


def test_where_nobody_else_is_left_nothing_is_published(cast):
    people = [make_employee(cast.n1) for _ in range(6)]
    publish_now(answers_of({cast.n1: (2, 2, 2)}))
    people[0].assignments[0].ends_on = date(2026, 4, 10)
    db.session.flush()
    with pytest.raises(Refused, match="joined or left"):
        publish_now(answers_of({cast.n1: (2, 2, 2)}, period="2026-Q2"))
