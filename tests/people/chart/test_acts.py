"""Acts on the chart, written: units, successions, people's work, roles, the audit."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import company_time
from app.core.audit import AuditEntry
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Part, Split
from app.people.models import Assignment, Grant, Succession, Unit, UnitKind, UnitTree, UnitVersion
from app.people.queries import tree_on
from app.people.queries.chart import tree_now
from tests.cast import Cast
from tests.factories import LONG_AGO, make_account, make_employee, make_grant, make_unit
from tests.people.chart.acts import act, in_days, seen

BRANCH = UnitKind.BRANCH


def unit(code: str) -> Unit:
    return db.session.scalars(sa.select(Unit).where(Unit.code == code)).one()


def work_of(employee_id: int | None) -> list[tuple[str, date, date | None]]:
    rows = sa.select(Unit.code, Assignment.starts_on, Assignment.ends_on).join(Unit, Unit.id == Assignment.unit_id)
    mine = rows.where(Assignment.employee_id == employee_id).order_by(Assignment.starts_on)
    return [tuple(row) for row in db.session.execute(mine)]


def acts_in_audit() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_unit_opens_in_the_future_and_waits(cast: Cast) -> None:
    day = in_days(30)
    act(Opening(day, "north", "n3", "N3", "Third", BRANCH, "PL", "Gdynia"), cast.adam)
    third = unit("N3")
    assert not third.is_open
    refresh_tree(day)
    assert third.is_open
    assert tree_on(day)[third.id] == cast.north.id
    assert "unit.opened" in acts_in_audit()


def test_a_merger_sends_people_and_ends_roles(cast: Cast) -> None:
    day = in_days(30)
    later = make_employee(cast.n1, name="Later", since=in_days(60))
    gone = make_employee(name="Gone")
    db.session.add(Assignment(employee=gone, unit=cast.n1, starts_on=LONG_AGO, ends_on=in_days(10)))
    db.session.flush()
    act(Merger(day, ("n1",), "n2"), cast.adam)
    assert work_of(cast.ewa.employee_id) == [("N1", LONG_AGO, day), ("N2", day, None)]
    assert work_of(later.id) == [("N2", in_days(60), None)]
    assert work_of(gone.id) == [("N1", LONG_AGO, in_days(10))]
    grant = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.marek.id)).one()
    assert grant.ends_on == day
    assert unit("N1").is_open, "until its day"
    refresh_tree(day)
    assert not unit("N1").is_open
    followed = db.session.scalars(sa.select(Succession)).one()
    assert (followed.predecessor_id, followed.successor_id, followed.happened_on) == (cast.n1.id, cast.n2.id, day)


def test_the_successor_stands_above_what_it_took_over(cast: Cast) -> None:
    """So that today's tree counts the answers of both."""
    act(Merger(company_time.today(), ("n1",), "s1"), cast.adam)
    above = sa.select(UnitTree.ancestor_id).where(UnitTree.descendant_id == cast.n1.id)
    assert set(db.session.scalars(above)) == {cast.n1.id, cast.s1.id, cast.south.id, cast.company.id}
    act(Merger(in_days(1), ("s1",), "n2"), cast.adam)
    refresh_tree(in_days(1))
    assert set(db.session.scalars(above)) == {cast.n1.id, cast.s1.id, cast.n2.id, cast.north.id, cast.company.id}


def test_people_of_a_divided_unit_go_where_they_are_sent(cast: Cast) -> None:
    parts = (Part("a", "A", "Part A"), Part("b", "B", "Part B"))
    assert cast.marek.employee_id
    wish = Split(in_days(5), "n1", parts, stays=False, rest="a", people={cast.marek.employee_id: "b"})
    act(wish, cast.adam)
    assert work_of(cast.ewa.employee_id)[-1] == ("A", in_days(5), None)
    assert work_of(cast.marek.employee_id)[-1] == ("B", in_days(5), None)


def test_a_unit_with_people_is_not_closed_unless_they_go_somewhere(cast: Cast) -> None:
    with pytest.raises(Refused, match="works in"):
        seen(Closure(in_days(5), "n1"), cast.adam)
    act(Closure(in_days(5), "n1", "n2"), cast.adam)
    assert work_of(cast.ewa.employee_id)[-1] == ("N2", in_days(5), None)


def test_a_correction_is_called_one_and_follows_nobody(cast: Cast) -> None:
    act(Correction("n1", LONG_AGO, "Right", BRANCH, "south"), cast.adam)
    assert unit("N1").name == "Right"
    assert tree_on(date(2020, 1, 1))[cast.n1.id] == cast.south.id
    assert "unit.corrected" in acts_in_audit()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Succession)) == 0


def test_a_move_in_the_past_is_the_history_from_then_on(cast: Cast) -> None:
    act(Move(date(2024, 1, 1), "n1", "south"), cast.adam)
    assert tree_on(date(2023, 12, 31))[cast.n1.id] == cast.north.id
    assert tree_on(date(2024, 1, 1))[cast.n1.id] == cast.south.id
    assert unit("N1").parent_id == cast.south.id


def test_the_preview_says_whose_roles_reach_it_no_longer(cast: Cast) -> None:
    head = make_account("head@example.org", name="Head of the north")
    make_grant(head, Role.MANAGER, cast.north)
    found = seen(Move(in_days(1), "n1", "south"), cast.adam)
    assert [grant.account_id for grant in found.reach.lost] == [head.id]
    assert found.reach.gained == []
    back = seen(Move(in_days(1), "s1", "north"), cast.adam)
    assert [grant.account_id for grant in back.reach.gained] == [head.id]


def test_only_who_holds_the_right_on_both_places_moves(cast: Cast) -> None:
    north = make_account("north@example.org")
    make_grant(north, Role.ADMINISTRATOR, cast.north)
    for wish in (Move(in_days(1), "n1", "south"), Merger(in_days(1), ("n1",), "s1"), Merger(in_days(1), ("s1",), "n1")):
        with pytest.raises(Refused, match="may not change all"):
            seen(wish, north)
    with pytest.raises(Refused, match="may not change all"):
        seen(Move(in_days(1), "north", "south"), north)
    with pytest.raises(Refused, match="may not change all"):
        seen(Correction("n1", LONG_AGO, "N1", BRANCH, "south"), north)
    assert seen(Move(in_days(1), "n1", "n2"), north)
    assert seen(Alteration(in_days(1), "north", "New north", UnitKind.REGION), north)


def test_a_preview_ages_with_what_it_was_made_of(cast: Cast) -> None:
    wish = Merger(in_days(5), ("n1",), "n2")
    first = seen(wish, cast.adam).digest
    assert seen(wish, cast.adam).digest == first
    make_employee(cast.n1, name="New")
    second = seen(wish, cast.adam).digest
    assert second != first
    make_grant(cast.ewa, Role.MANAGER, cast.n1)
    third = seen(wish, cast.adam).digest
    assert third != second
    make_unit("T1", cast.n1)
    assert seen(wish, cast.adam).digest != third


def test_keys_follow_codes_however_they_are_cased(cast: Cast) -> None:
    assert set(tree_now().ids) == {"company", "north", "south", "n1", "n2", "s1"}
    with pytest.raises(Refused, match="a unit with the code"):
        seen(Opening(in_days(1), "north", "n1", "n1", "Again", BRANCH), cast.adam)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UnitVersion)) == 6
