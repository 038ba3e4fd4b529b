"""What other features read."""

from datetime import date, timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.periods import parse_period
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import UnitKind, UnitVersion
from app.people.queries.places import tree_on
from app.results import queries
from app.results.actions import withdraw
from app.results.models import ResultSet
from tests.results.door import answers_of, figures_in, publish_now


def test_a_withdrawn_set_is_nowhere(cast):
    result_set = publish_now(answers_of({cast.n1: (3, 8, 19)}))
    withdraw(result_set, actor_id=None, now=clock.now())
    assert db.session.execute(queries.published_figures()).all() == []
    assert figures_in(result_set) == {}
    assert db.session.scalars(queries.published_sets()).all() == []
    assert queries.barred_by("enps", *parse_period("2026-02")[1:]).id == result_set.id


def test_sets_are_acted_on_by_those_who_publish_for_the_whole_company(cast):
    publish_now(answers_of({cast.n1: (3, 8, 19)}))

    def reached(person):
        return len(db.session.scalars(ResultSet.visible_to(person, Permission.RESULT_PUBLISH)).all())

    assert [reached(person) for person in (cast.hanna, cast.adam, cast.marek, cast.leon)] == [1, 1, 0, 0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ResultSet)) == 1


def test_the_trees_of_many_days_are_those_of_each_day(cast):
    moved, begins, ends = cast.n1, date(2026, 3, 1), date(2026, 6, 1)
    version = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == moved.id)).one()
    version.ends_on = begins
    span = {"starts_on": begins, "ends_on": ends}
    db.session.add(UnitVersion(unit_id=moved.id, name="N1", kind=UnitKind.BRANCH, parent_id=cast.south.id, **span))
    db.session.flush()
    days = [begins - timedelta(1), begins, ends - timedelta(1), ends]
    trees = queries.trees_on(days)
    assert trees == {day: tree_on(day) for day in days}
    assert [trees[day].get(moved.id) for day in days] == [cast.north.id, cast.south.id, cast.south.id, None]
