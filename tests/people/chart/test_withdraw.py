"""What is planned can be taken back before its day, all of it, unless something was built on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import Base, db
from app.people.actions.reorganisation.withdrawing import withdraw
from app.people.chart.wishes import Alteration, Closure, Merger, Move, Opening, Part, Split, Wish
from app.people.models import Assignment, Reorganisation, UnitKind
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.people.chart.acts import act, in_days

BRANCH = UnitKind.BRANCH
TABLES = ("unit", "unit_version", "unit_tree", "succession", "role_grant")
WISHES: list[Callable[[date], Wish]] = [
    lambda day: Opening(day, "north", "n3", "N3", "Third", BRANCH),
    lambda day: Alteration(day, "n1", "New", BRANCH),
    lambda day: Move(day, "n1", "south"),
    lambda day: Merger(day, ("n1", "s1"), "n2"),
    lambda day: Split(day, "n1", (Part("a", "A", "A"), Part("b", "B", "B")), stays=False, rest="a"),
    lambda day: Split(day, "n1", (Part("a", "A", "A"),), stays=True, rest="a"),
    lambda day: Closure(day, "s1", "n2"),
]


def state() -> dict[str, list[Any]]:
    """All that an act touches, without the numbers of rows that come and go."""
    found = {}
    for name in TABLES:
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if column.name != "id" or name == "unit"]
        found[name] = sorted(db.session.execute(sa.select(*columns)).all(), key=repr)
    work = sa.select(Assignment.employee_id, Assignment.unit_id, Assignment.starts_on, Assignment.ends_on)
    return found | {"assignment": sorted(db.session.execute(work).all(), key=repr)}


def take_back(planned: Reorganisation, cast: Cast) -> None:
    withdraw(planned.id, cast.adam, clock.now(), company_time.today())
    db.session.flush()
    db.session.expire_all()


@pytest.mark.parametrize("wish", WISHES)
def test_everything_is_as_before(cast: Cast, wish: Callable[[date], Wish]) -> None:
    make_unit("T1", cast.n1)
    make_employee(cast.n1, since=in_days(90))
    before = state()
    planned = act(wish(in_days(30)), cast.adam)
    assert state() != before
    take_back(planned, cast)
    assert state() == before
    assert planned.withdrawn_by_id == cast.adam.id


def test_twice_is_once(cast: Cast) -> None:
    planned = act(Move(in_days(30), "n1", "south"), cast.adam)
    take_back(planned, cast)
    with pytest.raises(Refused, match="withdrawn already"):
        take_back(planned, cast)


def test_what_has_happened_stays(cast: Cast) -> None:
    done = act(Move(company_time.today(), "n1", "south"), cast.adam)
    with pytest.raises(Refused, match="has taken effect"):
        take_back(done, cast)


def test_what_was_built_on_it_comes_first(cast: Cast) -> None:
    first = act(Move(in_days(30), "n1", "south"), cast.adam)
    second = act(Alteration(in_days(30), "n1", "New", BRANCH), cast.adam)
    with pytest.raises(Refused, match="builds on this plan"):
        take_back(first, cast)
    take_back(second, cast)
    take_back(first, cast)


def test_an_entry_that_was_mended_since_stays(cast: Cast) -> None:
    planned = act(Closure(in_days(30), "n1", "n2"), cast.adam)
    new = sa.select(Assignment).where(Assignment.unit_id == cast.n2.id, Assignment.starts_on == in_days(30))
    mended = db.session.scalars(new).first()
    assert mended is not None
    mended.unit_id = cast.s1.id
    db.session.flush()
    with pytest.raises(Refused, match="builds on this plan"):
        take_back(planned, cast)


def test_a_planned_unit_that_somebody_works_in_stays(cast: Cast) -> None:
    planned = act(Opening(in_days(30), "north", "n3", "N3", "Third", BRANCH), cast.adam)
    opened = planned.undo["opened"][0]
    db.session.add(Assignment(employee=make_employee(), unit_id=opened, starts_on=in_days(40)))
    db.session.flush()
    with pytest.raises(Refused, match="builds on this plan"):
        take_back(planned, cast)


def test_a_planned_unit_under_which_another_is_to_stand_stays(cast: Cast) -> None:
    planned = act(Opening(in_days(30), "north", "n3", "N3", "Third", BRANCH), cast.adam)
    act(Move(in_days(40), "n1", "n3"), cast.adam)
    with pytest.raises(Refused, match="without a unit above"):
        take_back(planned, cast)


def test_it_needs_the_right_on_every_unit_of_the_plan(cast: Cast) -> None:
    planned = act(Move(in_days(30), "n1", "n2"), cast.adam)
    stranger = make_account("somebody@example.org")
    make_grant(stranger, Role.ADMINISTRATOR, cast.south)
    with pytest.raises(Refused, match="may not change all"):
        withdraw(planned.id, stranger, clock.now(), company_time.today())
