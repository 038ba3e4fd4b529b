"""What a row of the people feature says about itself."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.permissions import Permission
from app.extensions import db
from app.people.models import Account, Employee, UnitKind, UnitTree, UnitVersion, holds, units_where
from tests.cast import Cast
from tests.factories import make_unit


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ewa Nowak", "EN"), ("Anna Maria Kowalska-Wójcik", "AK"), ("łucja świt", "ŁŚ"), ("Madonna", "M"), (" ", "")],
)
def test_initials_are_those_of_the_first_and_the_last_name(name: str, initials: str) -> None:
    employee = Employee(name=name)
    assert employee.initials == initials
    assert Account(name=name).initials == initials
    assert Account(name="Somebody Else", employee=employee).initials == initials


FIRST, END = date(2026, 3, 1), date(2026, 6, 1)
DAYS = [FIRST - timedelta(1), FIRST, END - timedelta(1), END]


@pytest.mark.parametrize("ends_on", [END, None])
@pytest.mark.parametrize("day", DAYS)
def test_a_span_holds_from_its_first_day_and_not_on_its_end(database: None, day: date, ends_on: date | None) -> None:
    unit = make_unit("X")
    db.session.execute(sa.delete(UnitVersion))
    version = UnitVersion(unit_id=unit.id, name="X", kind=UnitKind.TEAM, starts_on=FIRST, ends_on=ends_on)
    db.session.add(version)
    db.session.flush()
    wanted = day >= FIRST and (ends_on is None or day < ends_on)
    again = aliased(UnitVersion)
    assert holds(FIRST, ends_on, day) is wanted
    assert version.holds_on(day) is wanted
    assert (db.session.scalar(sa.select(UnitVersion).where(UnitVersion.holding_on(day))) is not None) is wanted
    assert (db.session.scalar(sa.select(again).where(again.holding_on(day))) is not None) is wanted


def test_a_span_within_some_days_holds_on_one_of_them_at_least(database: None) -> None:
    unit = make_unit("X")
    db.session.execute(sa.delete(UnitVersion))
    db.session.add(UnitVersion(unit_id=unit.id, name="X", kind=UnitKind.TEAM, starts_on=FIRST, ends_on=END))
    db.session.flush()
    day = timedelta(1)
    for first, last, wanted in [
        (FIRST - 9 * day, FIRST - day, 0), (FIRST - 9 * day, FIRST, 1), (END - day, END + day, 1), (END, END + day, 0),
    ]:  # fmt: skip
        found = sa.select(sa.func.count(UnitVersion.id)).where(UnitVersion.holding_within(first, last))
        assert db.session.scalar(found) == wanted, (first, last)


def test_units_within_reach_are_the_same_asked_from_the_tree_itself(cast: Cast) -> None:
    """A question about the tree must not take the tree of the right for its own."""
    reached = units_where(cast.hanna, Permission.ROLE_GRANT)
    pairs = sa.select(UnitTree.descendant_id).where(UnitTree.depth == 0, UnitTree.descendant_id.in_(reached))
    assert len(db.session.scalars(pairs).all()) == 6
    reached = units_where(cast.marek, Permission.IMPACT_READ)
    pairs = sa.select(UnitTree.descendant_id).where(UnitTree.depth == 0, UnitTree.descendant_id.in_(reached))
    assert db.session.scalars(pairs).all() == [cast.n1.id]
