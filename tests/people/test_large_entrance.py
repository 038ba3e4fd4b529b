"""Getting people in where many units stand below: fifty to a page, the rest by search, and the numbers of them all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.tree import refresh_tree
from app.people.models import Account, Assignment, Unit
from app.people.queries.entry import EntryCounts, entry_counts
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant, make_units
from tests.people.entry import make_newcomer

MANY = 120


@pytest.fixture
def shops(cast: Cast) -> list[Unit]:
    shops = make_units({code: f"Unit {code}" for code in (f"SHOP{number:03}" for number in range(MANY))}, cast.s1)
    for number, shop in enumerate(shops):
        make_newcomer(shop, f"S-{number}", name=f"Seller {number}")
    refresh_tree(company_time.today())
    db.session.commit()
    return shops


def shown(page: str) -> list[str]:
    return [f"SHOP{number:03}" for number in range(MANY) if f">Unit SHOP{number:03}<" in page]


def test_fifty_units_stand_on_a_page_and_the_sum_is_of_them_all(
    browser: Browser, cast: Cast, shops: list[Unit]
) -> None:
    browser.sign_in(cast.adam)
    pages = [browser.get(f"/admin/entrance?unit={cast.s1.id}&page={number}").text for number in (1, 2, 3)]
    assert [len(shown(page)) for page in pages] == [50, 50, 20]
    assert sorted(code for page in pages for code in shown(page)) == [shop.code for shop in shops]
    for page in pages:
        assert f"For all who are not in: {MANY + 1} slips" in page, "with the stranger, on every page"


def test_a_unit_is_found_however_deep_it_lies(browser: Browser, cast: Cast, shops: list[Unit]) -> None:
    page = browser.sign_in(cast.adam).get("/admin/entrance?q=shop11").text
    assert shown(page) == [f"SHOP{number}" for number in range(110, 120)]
    assert "No unit below is found" in browser.get(f"/admin/entrance?unit={cast.north.id}&q=shop11").text


def test_only_what_is_theirs_is_found(browser: Browser, cast: Cast, shops: list[Unit]) -> None:
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    assert shown(browser.sign_in(cast.marek).get("/admin/entrance?q=shop11").text) == []


def test_a_page_beyond_the_last_and_a_strange_number_do_no_harm(
    browser: Browser, cast: Cast, shops: list[Unit]
) -> None:
    browser.sign_in(cast.adam)
    for number in ("4", "99999999999999999999", "x"):
        assert browser.get(f"/admin/entrance?unit={cast.s1.id}&page={number}").status_code == 200


def test_who_is_to_work_in_two_units_counts_once_above_both(cast: Cast) -> None:
    """Tomorrow here and next week there; and with a third unit on the other side."""
    mover = make_newcomer(cast.n1, "M-1", name="Mover")
    works(mover).starts_on = company_time.today() + timedelta(days=1)
    moves(mover, [cast.n2, cast.s1])
    units = [cast.n1, cast.n2, cast.s1, cast.north, cast.south, cast.company]
    counts = entry_counts(cast.adam, [unit.id for unit in units], clock.now(), company_time.today())
    alone = {unit.code: counts.get(unit.id, EntryCounts()).without_address for unit in units}
    assert alone == {"N1": 1, "N2": 1, "S1": 1, "NORTH": 1, "SOUTH": 1, "COMPANY": 1}
    assert counts[cast.company.id].people == 8, "the seven of the cast and the mover"
    for unit in units:
        one = entry_counts(cast.adam, [unit.id], clock.now(), company_time.today())
        assert one[unit.id] == counts[unit.id], "asked for alone it is the same"


def test_who_is_to_move_is_the_old_units_until_then(browser: Browser, cast: Cast) -> None:
    """A slip opens the account of today, with what it may see today."""
    mover = make_newcomer(cast.n1, "M-1", name="Mover")
    moves(mover, [cast.s1])
    counts = entry_counts(cast.adam, [cast.n1.id, cast.s1.id, cast.company.id], clock.now(), company_time.today())
    assert [counts.get(unit.id, EntryCounts()).without_address for unit in (cast.n1, cast.s1, cast.company)] == [
        1,
        0,
        1,
    ]
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.south)
    for account in (cast.stranger, cast.ewa):
        account.password_hash = "x"  # they are in
    assert browser.sign_in(cast.marek).post(f"/admin/entrance/{cast.south.id}/slips").status_code == 409
    assert browser.sign_in(cast.adam).post(f"/admin/entrance/{cast.north.id}/slips").mimetype == "application/pdf"


def works(account: Account) -> Assignment:
    return db.session.scalars(sa.select(Assignment).where(Assignment.employee_id == account.employee_id)).one()


def moves(account: Account, to: list[Unit]) -> None:
    work = works(account)
    for unit in to:
        day = company_time.today() + timedelta(days=7 * (1 + to.index(unit)))
        work.ends_on = day
        work = Assignment(employee_id=account.employee_id, unit_id=unit.id, starts_on=day)
        db.session.flush()
        db.session.add(work)
    db.session.flush()
