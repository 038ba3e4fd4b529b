"""How many people work in a unit and below it, as it is kept: always what a count of the assignments gives.

The test browser checks that after every request that may write; here stands what no single request shows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import company_time
from app.extensions import db
from app.people.actions import head_counts
from app.people.actions.head_counts import count_everybody, recount
from app.people.actions.tree import refresh_tree
from app.people.models import Assignment, HeadCount, Unit
from app.people.queries import tree_of, units_below
from app.people.queries.head_counts import check_head_counts, counted_heads, misfits
from app.people.views import employment as views
from tests.at_once import Meeting, committed, meet_at_call, signed_in, together
from tests.browser_check import Browser
from tests.cast import Cast, make_cast
from tests.factories import make_employee
from tests.people.confirming import confirm, look, move, today, url

DAY = timedelta(days=1)


def kept() -> dict[str, tuple[int, int]]:
    rows = sa.select(Unit.code, HeadCount.directly, HeadCount.altogether).join(HeadCount, HeadCount.unit_id == Unit.id)
    return {code: (directly, altogether) for code, directly, altogether in db.session.execute(rows)}


def told(unit: Unit, day: date) -> dict[str, int]:
    return {each.name: each.people for each in units_below(unit.id, day)}


def test_they_follow_who_moves(browser: Browser, cast: Cast) -> None:
    before = {"COMPANY": (4, 7), "NORTH": (0, 2), "N1": (2, 2), "N2": (0, 0), "SOUTH": (0, 1), "S1": (1, 1)}
    assert kept() == before
    confirm(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today()))
    assert kept() == before | {"NORTH": (0, 1), "N1": (1, 1), "SOUTH": (0, 2), "S1": (2, 2)}
    assert "2 people" in browser.get(f"/people/units/{cast.company.id}").text


def test_who_begins_another_day_counts_from_that_day(cast: Cast) -> None:
    make_employee(cast.s1, since=company_time.today() + DAY)
    assert told(cast.company, company_time.today()) == {"Unit NORTH": 2, "Unit SOUTH": 1}
    assert told(cast.company, company_time.today() + DAY) == {"Unit NORTH": 2, "Unit SOUTH": 2}
    refresh_tree(company_time.today() + DAY)
    assert kept()["SOUTH"] == (0, 2)
    assert not misfits()


def test_an_act_before_midnights_work_counts_everybody_for_its_day(cast: Cast) -> None:
    count_everybody(company_time.today() - DAY)
    recount([cast.n1.id], company_time.today())
    assert set(db.session.scalars(sa.select(HeadCount.counted_on))) == {company_time.today()}


def test_where_nothing_is_kept_yet_pages_count_for_themselves(cast: Cast) -> None:
    db.session.execute(sa.delete(HeadCount))
    assert told(cast.company, company_time.today()) == {"Unit NORTH": 2, "Unit SOUTH": 1}
    tree = tree_of(cast.hanna, cast.company.id, company_time.today(), depth=1)
    assert tree
    assert tree.people == 7
    assert check_head_counts()[0]
    recount([cast.n1.id], company_time.today())
    assert kept()["COMPANY"] == (4, 7)


def test_the_doctor_tells_when_they_do_not_fit_and_the_nightly_work_mends_them(cast: Cast) -> None:
    assert check_head_counts()[0]
    db.session.execute(sa.update(HeadCount).where(HeadCount.unit_id == cast.n1.id).values(directly=1))
    is_well, sentence = check_head_counts()
    assert not is_well
    assert "units (1), of N1 first" in sentence
    refresh_tree(company_time.today())
    assert check_head_counts()[0]


@pytest.mark.parametrize("few", [0, 200])
def test_after_any_changes_of_any_units_they_are_what_a_count_gives(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(head_counts, "FEW", few)
    chance, day = Random(few), company_time.today()
    units = [cast.company, cast.north, cast.south, cast.n1, cast.n2, cast.s1]
    people = [make_employee(chance.choice(units), since=day - chance.randint(-2, 9) * DAY) for _ in range(8)]
    for _ in range(25):
        work = chance.choice(db.session.scalars(sa.select(Assignment).order_by(Assignment.id)).all())
        touched = {work.unit_id}
        work.unit_id = chance.choice(units).id
        work.ends_on = chance.choice([None, work.starts_on + chance.randint(1, 12) * DAY])
        recount(touched | {work.unit_id}, day)
        assert not misfits()
    assert len(people) == 8
    assert counted_heads(day)[cast.company.id][1] == kept()["COMPANY"][1]


@pytest.fixture
def office(app: Flask) -> Iterator[Cast]:
    with committed(app):
        cast = make_cast()
        db.session.commit()
        yield cast


def test_two_who_move_two_people_in_the_same_second_are_both_counted(
    app: Flask, office: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app)
    browser.client = signed_in(app, office.hanna)
    movers = [office.ewa, office.marek]
    typed = []
    for mover in movers:
        data = move(office.s1, today())
        page = look(browser, url(mover, "move"), data).text
        typed.append(data | {"seen": page.partition('name="seen" value="')[2].partition('"')[0]})
    clients = [signed_in(app, office.hanna) for _ in movers]
    meet_at_call(monkeypatch, views, "_carry_out", Meeting())
    paths = [f"{url(mover, 'move')}/confirmation" for mover in movers]
    acts = [partial(client.post, path, data=data) for client, path, data in zip(clients, paths, typed, strict=True)]
    assert [answer.status_code for answer in together(*acts)] == [302, 302]
    db.session.expire_all()
    assert (kept()["N1"], kept()["S1"], kept()["COMPANY"]) == ((0, 0), (3, 3), (4, 7))
    assert not misfits()
