"""Dividing a unit of many: the pages stay short, nobody is forgotten, and what was chosen is kept."""

import re

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.models import Assignment, Employee, Unit
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee, make_units
from tests.people.chart.test_change_page import address, confirm, day

MANY = 130  # with Ewa and Marek
PARTS = {"code_1": "A", "name_1": "Part A", "code_2": "B", "name_2": "Part B", "rest": "1"}


@pytest.fixture
def people(cast: Cast) -> list[Employee]:
    return [make_employee(cast.n1, name=f"Person {number:03}") for number in range(MANY - 2)]


def lines(page: str) -> list[str]:
    return re.findall(r'<select class="form-select" id="((?:person|below)-[^"]+)"', page)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="((?:person|below)-[^"]+)" value="([^"]*)"', page))


def rows(page: str, caption: str) -> int:
    table = page.split(f">{caption}</caption>")[1].split("</table>")[0]
    return table.count("<tr") - 1


def test_a_page_shows_fifty_and_says_how_many_more(browser: Browser, cast: Cast, people: list[Employee]) -> None:
    page = browser.sign_in(cast.adam).get(address(cast.n1, "split")).text
    assert len(lines(page)) == 50
    assert "80 more are not shown" in page
    assert len(page) < 100_000


def test_units_below_are_bounded_for_themselves(browser: Browser, cast: Cast, people: list[Employee]) -> None:
    make_units({f"T{number:02}": f"Unit T{number:02}" for number in range(60)}, cast.n1)
    page = browser.sign_in(cast.adam).get(address(cast.n1, "split")).text
    shown = lines(page)
    assert [sum(name.startswith(kind) for name in shown) for kind in ("person-", "below-")] == [50, 50]
    assert "90 more are not shown" in page
    found = browser.post(address(cast.n1, "split", "/draft"), data={"find": "t59"}).text
    assert lines(found) == ["below-t59"]


def test_a_small_unit_has_no_search(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.adam).get(address(cast.n1, "split")).text
    assert len(lines(page)) == 2
    assert 'name="find"' not in page


def test_what_was_chosen_stays_while_one_searches_on(browser: Browser, cast: Cast, people: list[Employee]) -> None:
    first, last = f"person-{people[0].id}", f"person-{people[-1].id}"
    browser.sign_in(cast.adam)
    page = browser.post(address(cast.n1, "split", "/draft"), data=PARTS | {first: "2", "find": "pérson 127"}).text
    assert lines(page) == [last], "found without its marks"
    assert hidden(page) == {first: "2"}
    assert "1 choice on a line that is not shown is kept" in page
    none = browser.post(address(cast.n1, "split", "/draft"), data=PARTS | {first: "2", "find": "nobody at all"}).text
    assert "Nobody and nothing is found" in none
    assert hidden(none) == {first: "2"}


def test_the_preview_is_bounded_and_tells_the_whole(browser: Browser, cast: Cast, people: list[Employee]) -> None:
    values = PARTS | {"day": day(0)} | {f"person-{each.id}": "" for each in people} | {f"person-{people[5].id}": "2"}
    page = browser.sign_in(cast.adam).post(address(cast.n1, "split", "/preview"), data=values).text
    assert f"{MANY} people get a new assignment" in page
    assert rows(page, "People who get a new assignment") == 100
    assert "and 30 more" in page
    assert hidden(page) == {f"person-{people[5].id}": "2"}, "lines that say nothing are not carried along"
    assert len(page) < 100_000


def test_units_that_change_are_bounded_too(browser: Browser, cast: Cast) -> None:
    make_units({f"T{number:03}": f"Unit T{number:03}" for number in range(120)}, cast.n1)
    page = browser.sign_in(cast.adam).post(address(cast.n1, "split", "/preview"), data=PARTS | {"day": day(0)}).text
    assert rows(page, "Units that change") == 100
    more = re.search(r"and (\d+) more", page)
    assert more
    assert int(more[1]) > 20


def test_everybody_goes_also_who_was_never_shown(browser: Browser, cast: Cast, people: list[Employee]) -> None:
    values = PARTS | {"day": day(0), f"person-{people[-1].id}": "2"}
    assert confirm(browser.sign_in(cast.adam), cast.n1, "split", **values).status_code == 302
    works = sa.select(Unit.code, sa.func.count()).join(Assignment, Assignment.unit_id == Unit.id)
    now = works.where(Assignment.ends_on.is_(None), Unit.code.in_(["A", "B"])).group_by(Unit.code)
    assert {code: count for code, count in db.session.execute(now)} == {"A": MANY - 1, "B": 1}
