"""What other features read."""

from datetime import date

import sqlalchemy as sa

from app.core import clock
from app.core.periods import parse_period
from app.core.permissions import Permission
from app.extensions import db
from app.results import queries
from app.results.actions import withdraw
from app.results.models import ResultFigure, ResultSet
from tests.results.door import answers_of, publish_now


def test_a_unit_is_read_through_time_oldest_first(cast):
    for period in ("2026-Q2", "2025-Q4", "2026-Q1"):
        publish_now(answers_of({cast.n1: (3, 8, 19)}, period=period))
    codes = [figure.result_set.period.code for figure in queries.figures_of(cast.n1.id)]
    assert codes == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert queries.figures_of(cast.n1.id, "empathy") == []


def test_many_units_are_read_at_once(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19), cast.s1: (3, 8, 19)}))
    found = queries.figures_of_units([cast.n1.id, cast.s1.id])
    assert {unit_id: len(figures) for unit_id, figures in found.items()} == {cast.n1.id: 1, cast.s1.id: 1}


def test_a_withdrawn_set_is_nowhere(cast):
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    withdraw(result_set, actor_id=None, now=clock.now())
    assert queries.figures_of(cast.n1.id) == []
    assert queries.figures_in(result_set.id) == {}
    assert queries.measures() == []
    assert db.session.scalars(queries.published_sets()).all() == []
    assert queries.barred_by("enps", *parse_period("2026-02")[1:]).id == result_set.id


def test_the_last_set_that_had_ended_is_the_one_to_pair(cast):
    for period in ("2026-Q1", "2026-Q2"):
        publish_now(answers_of({cast.n1: (3, 8, 19)}, period=period))
    assert queries.last_ended_before(date(2026, 6, 30)).period.code == "2026-Q1"
    assert queries.last_ended_before(date(2026, 7, 1)).period.code == "2026-Q2"
    assert queries.last_ended_before(date(2026, 3, 31)) is None


def test_the_recommend_question_stands_first(cast):
    for measure in ("empathy", "enps", "clarity"):
        publish_now(answers_of({cast.n1: (3, 8, 19)}, measure=measure))
    assert queries.measures() == ["enps", "clarity", "empathy"]


def test_figures_are_visible_where_impact_may_be_read(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19), cast.s1: (3, 8, 19)}))

    def seen(person):
        return {figure.unit_id for figure in db.session.scalars(ResultFigure.visible_to(person))}

    assert seen(cast.ewa) == {cast.n1.id}
    assert seen(cast.stranger) == {cast.s1.id}
    assert cast.company.id in seen(cast.leon)


def test_sets_are_acted_on_by_those_who_publish_for_the_whole_company(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19)}))

    def reached(person):
        return len(db.session.scalars(ResultSet.visible_to(person, Permission.RESULT_PUBLISH)).all())

    assert [reached(person) for person in (cast.hanna, cast.adam, cast.marek, cast.leon)] == [1, 1, 0, 0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ResultSet)) == 1
