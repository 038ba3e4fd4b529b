"""What a page pays for knowing who may see it: two questions at most, on any page. `rights_meter` says which."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import company_time
from app.core.database import reading, writing
from app.core.permissions import Permission, Role, roles_with
from app.extensions import db
from app.people import queries
from app.people.models import Account, Employee, Grant, Unit, given_units, units_where
from tests.api.caller import token_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant
from tests.people.test_deputies import grant_of, lend
from tests.rights_meter import Meter, measuring
from tests.test_fuzz_addresses import company, path_of, readable, there

__all__ = ["company"]

# Pages that look otherwise when something was searched for, chosen, or is another act on the same address.
CHOSEN = (
    "/people/units?q=unit",
    "/people/employees?q=ewa",
    "/people/units/{unit}/changes/split",
    "/people/units/{unit}/changes/closure",
    "/people/employees/{employee}/changes/leave",
    "/people/employees/{employee}/changes/last-day",
    "/people/roles/new?account={account}",
    "/people/roles/new?account={account}&unit={unit}",
    "/settings/deputies/new?deputy={account}",
    "/admin/audit?q=ewa",
    "/admin/accounts/{boss}",
    "/people/accounts/{boss}/access",
)


def sees_most(cast: Cast) -> Account:
    """All there is of one's own, and more that is lent."""
    for absent in (cast.marek, cast.leon, cast.celina):
        lend(absent, cast.adam)
    return cast.adam


def elsewhere(cast: Cast) -> Account:
    """HR of the other region: is asked about everybody, and reaches few."""
    make_grant(cast.stranger, Role.HR, cast.south)
    return cast.stranger


def searched_and_chosen(cast: Cast) -> list[str]:
    ids = {"unit": cast.n1.id, "employee": cast.ewa.employee_id, "account": cast.ewa.id, "boss": cast.marek.id}
    return [path.format(**ids) for path in CHOSEN]


def every_page(app: Flask, cast: Cast) -> list[str]:
    real = there(cast)
    return [path_of(rule, real) for rule in readable(app) if "_api." not in rule.endpoint and rule.endpoint != "static"]


def dear_ones(visitor: Browser, pages: list[str]) -> dict[str, list[str]]:
    dear = {}
    with measuring() as meter:
        for page in pages:
            meter.begin()
            visitor.get(page)
            if meter.is_dear():
                dear[page] = meter.of_rights
    return dear


@pytest.mark.parametrize("person", [lambda cast: cast.marek, elsewhere])
def test_any_page_asks_two_questions_at_most(app: Flask, company: Cast, person: Callable[[Cast], Account]) -> None:
    """Who sees most walks through all of them in `test_fuzz_addresses.py`, which is there already."""
    visitor = Browser(app).sign_in(person(company))
    visitor.most_queries = 40  # how many of all kinds, is asked elsewhere
    assert not dear_ones(visitor, every_page(app, company) + searched_and_chosen(company))


def test_so_does_a_page_on_which_something_is_chosen(app: Flask, company: Cast) -> None:
    visitor = Browser(app).sign_in(sees_most(company))
    visitor.most_queries = 40
    assert not dear_ones(visitor, searched_and_chosen(company))


def test_so_does_any_answer_to_a_program(app: Flask, company: Cast, browser: Browser) -> None:
    _row, token = token_for(sees_most(company), Permission)
    program, real, dear, asked = Browser(app), there(company), {}, 0
    with measuring() as meter:
        for rule in readable(app):
            if "_api." in rule.endpoint:
                meter.begin()
                answer = program.get(path_of(rule, real), headers={"Authorization": f"Bearer {token}"})
                asked += answer.status_code == 200
                if meter.is_dear():
                    dear[rule.rule] = meter.of_rights
    assert not dear
    assert asked > 5


@pytest.fixture
def meter(cast: Cast) -> Iterator[Meter]:
    with measuring() as meter:
        yield meter


def test_a_question_of_rights_is_told_from_what_a_page_shows(cast: Cast, meter: Meter) -> None:
    def count(statement: sa.Select) -> int:
        meter.begin()
        db.session.execute(statement).unique().all()
        return len(meter.of_rights)

    mine = Unit.visible_to(cast.adam, Permission.UNIT_EDIT)
    assert count(mine) == 0, "rows to show, cut to what may be seen"
    assert count(mine.with_only_columns(sa.func.count())) == 0, "their number"
    assert count(units_where(cast.adam, Permission.UNIT_EDIT)) == 1, "keys say only what may be done"
    assert count(mine.with_only_columns(Unit.id)) == 1
    assert count(sa.select(sa.exists().where(Grant.account_id == cast.adam.id))) == 1
    assert count(sa.select(Grant).where(Grant.account_id == cast.adam.id)) == 1, "roles with nobody's name beside them"
    meter.begin()
    queries.holdings_of(cast.adam, company_time.today())
    assert not meter.of_rights, "who holds what, by name: shown"

    def may_see() -> bool:
        return db.session.scalar(mine) is not None

    meter._deciding.add(may_see.__code__)
    meter.begin()
    assert may_see()
    assert len(meter.of_rights) == 1, "asked only for a yes or a no, whatever is brought"


def test_whatever_answers_yes_or_no_is_known(meter: Meter) -> None:
    """Also what was loaded before the tests began."""
    assert {Account.may.__code__, queries.employment.may_edit.__code__} <= meter._deciding


def test_deputies_cost_no_question_more(browser: Browser, cast: Cast, meter: Meter) -> None:
    counts = []
    for absent in (None, cast.hanna):
        if absent:
            lend(absent, cast.marek, grant=grant_of(absent))
        asked = Browser(browser.app).sign_in(cast.marek)
        meter.begin()
        asked.get(f"/impact/units/{cast.n1.id}")
        counts.append(len(meter.of_rights))
    assert counts == [1, 1]


def test_memory_says_what_the_database_says(cast: Cast) -> None:
    """Of every person and unit, and every right that other roles have; and who may change whose work."""
    lend(cast.marek, cast.stranger)
    lend(cast.hanna, cast.ewa)
    make_grant(cast.celina, Role.HR, cast.south)
    nowhere = make_account("nowhere@example.org", make_employee(name="Nowhere", email="nowhere@example.org"))
    employees = [each.employee for each in (*cast.everybody().values(), nowhere) if each.employee]
    rights = {frozenset(roles_with(right)): right for right in Permission}.values()
    units, day = db.session.scalars(sa.select(Unit.id)).all(), company_time.today()
    db.session.commit()
    with reading():
        for person in cast.everybody().values():
            for right in rights:
                held = set(db.session.scalars(units_where(person, right)))
                assert {each for each in units if person.reach.covers(right, each)} == held
                on_root = sa.select(given_units(right, person.id, day).subquery().c.unit_id)
                assert person.holds_on_company(right) is (cast.company.id in set(db.session.scalars(on_root)))
            edited = set(db.session.scalars(Employee.visible_to(person, Permission.EMPLOYEE_EDIT)))
            for employee in employees:
                may = queries.may_edit(person, queries.assignments_of(employee), day)
                assert may is (person.may(Permission.EMPLOYEE_EDIT) and employee in edited)


def test_who_writes_asks_anew_and_a_page_does_not(cast: Cast, meter: Meter) -> None:
    db.session.commit()
    db.session.refresh(cast.ewa)
    with reading():
        assert cast.ewa.holds_on_company(Permission.AUDIT_READ) is False
        assert cast.ewa.holds_on_company(Permission.AUDIT_READ) is False
        assert len(meter.of_rights) == 1
    with writing():
        grant = make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company)
        assert cast.ewa.holds_on_company(Permission.AUDIT_READ) is True, "within what it wrote itself"
        db.session.delete(grant)
        db.session.flush()
        assert cast.ewa.holds_on_company(Permission.AUDIT_READ) is False
        make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company)
        db.session.commit()
    with reading():
        assert cast.ewa.holds_on_company(Permission.AUDIT_READ) is True, "forgotten with the commit"
