"""The forms, the preview and the act itself, as an administrator meets them."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.core import company_time
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Reorganisation, Unit, UnitVersion
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant, make_unit
from tests.people.chart.acts import in_days

ACTS = ("opening", "alteration", "move", "merger", "split", "closure", "correction")


def address(unit: Unit, act: str, step: str = "") -> str:
    return f"/people/units/{unit.id}/changes/{act}{step}"


def digest_in(page: str) -> str:
    return page.split('name="digest" value="')[1].split('"')[0]


def versions() -> int:
    return db.session.scalar(sa.select(sa.func.count(UnitVersion.id))) or 0


def confirm(browser: Browser, unit: Unit, act: str, **values: Any) -> Any:
    shown = browser.post(address(unit, act, "/preview"), data=values)
    assert shown.status_code == 200, shown.text
    return browser.post(address(unit, act), data=values | {"digest": digest_in(shown.text)})


def day(days: int) -> str:
    return in_days(days).isoformat()


@pytest.mark.parametrize("act", ACTS)
class TestEveryAct:
    def test_it_has_a_form(self, browser: Browser, cast: Cast, act: str) -> None:
        make_unit("T1", cast.n1)
        page = browser.sign_in(cast.adam).get(address(cast.n1, act))
        assert page.status_code == 200
        assert "Unit N1" in page.text

    def test_it_needs_sign_in(self, browser: Browser, cast: Cast, act: str) -> None:
        assert "/sign-in" in browser.get(address(cast.n1, act)).location
        assert "/sign-in" in browser.post(address(cast.n1, act)).location

    @pytest.mark.parametrize("step", ["", "/preview", "/draft"])
    def test_it_needs_the_role(self, browser: Browser, cast: Cast, act: str, step: str) -> None:
        assert browser.sign_in(cast.hanna).post(address(cast.n1, act, step)).status_code == 403

    @pytest.mark.parametrize("step", ["", "/preview", "/draft"])
    def test_who_holds_it_elsewhere_does_not_find_it(self, browser: Browser, cast: Cast, act: str, step: str) -> None:
        south = make_account("south@example.org")
        make_grant(south, Role.ADMINISTRATOR, cast.south)
        browser.sign_in(south)
        assert browser.get(address(cast.n1, act)).status_code == 404
        assert browser.post(address(cast.n1, act, step)).status_code == 404

    @pytest.mark.parametrize("step", ["", "/preview"])
    def test_an_empty_form_is_refused_and_nothing_written(
        self, browser: Browser, cast: Cast, act: str, step: str
    ) -> None:
        before = versions()
        answer = browser.sign_in(cast.adam).post(address(cast.n1, act, step), data={"reason": "Because of a plan"})
        assert answer.status_code == 422
        assert "Because of a plan" in answer.text
        assert versions() == before

    def test_hostile_words_are_only_words(self, browser: Browser, cast: Cast, act: str) -> None:
        hostile = "<script>alert(1)</script>"
        data = dict.fromkeys(("day", "name", "code", "parent", "into", "people_to", "name_1", "reason"), hostile)
        answer = browser.sign_in(cast.adam).post(address(cast.n1, act, "/preview"), data=data)
        assert answer.status_code == 422
        assert "<script>alert" not in answer.text


def test_a_unit_opens(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    values = {"day": day(30), "code": "N3", "name": "Gdynia", "kind": "branch", "country": "pl", "reason": "New lease"}
    done = confirm(browser, cast.north, "opening", **values)
    assert done.status_code == 302
    opened = db.session.scalars(sa.select(Unit).where(Unit.code == "N3")).one()
    assert opened.versions[0].country == "PL"
    page = browser.get(f"/people/units/{cast.north.id}").text
    assert "Planned" in page
    assert "New lease" in page
    assert "Gdynia" in page


def test_a_unit_is_found_by_code_name_or_part_of_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    for typed in ("SOUTH", "south", "Unit SOUTH", "outh"):
        page = browser.post(address(cast.n1, "move", "/preview"), data={"day": day(1), "parent": typed})
        assert "stands under “Unit SOUTH”" in page.text
    several = browser.post(address(cast.n1, "move", "/preview"), data={"day": day(1), "parent": "unit"})
    assert several.status_code == 422
    assert "Several units fit" in several.text
    assert browser.post(address(cast.n1, "move", "/preview"), data={"day": day(1), "parent": "x"}).status_code == 422


def test_a_merger_shows_first_what_it_does_and_then_does_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    page = browser.post(address(cast.n1, "merger", "/preview"), data={"day": day(30), "into": "N2"}).text
    assert "2 people get a new assignment" in page
    assert "Ewa" in page
    assert "Marek" in page
    assert "ends on" in page, "his role"
    assert "it can be withdrawn" in page
    assert versions() == 6, "nothing is written yet"
    assert confirm(browser, cast.n1, "merger", day=day(30), into="N2", reason="One house").status_code == 302
    unit = browser.get(f"/people/units/{cast.n1.id}").text
    assert "One house" in unit
    assert "Withdraw" in unit


def test_what_was_seen_must_still_be_true(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    values = {"day": day(30), "into": "N2"}
    digest = digest_in(browser.post(address(cast.n1, "merger", "/preview"), data=values).text)
    make_employee(cast.n1, name="Only Just Here")
    answer = browser.post(address(cast.n1, "merger"), data=values | {"digest": digest})
    assert answer.status_code == 409
    assert "changed in the meantime" in answer.text
    assert "Only Just Here" in answer.text
    assert versions() == 6
    again = browser.post(address(cast.n1, "merger"), data=values | {"digest": digest_in(answer.text)})
    assert again.status_code == 302


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_nothing_is_done_unseen(browser: Browser, cast: Cast, digest: str) -> None:
    values = {"day": day(30), "parent": "SOUTH", "digest": digest}
    assert browser.sign_in(cast.adam).post(address(cast.n1, "move"), data=values).status_code == 409
    assert versions() == 6


def test_a_refusal_keeps_what_was_typed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    data = {"day": day(1), "parent": "N1", "reason": "A loop"}
    answer = browser.post(address(cast.north, "move", "/preview"), data=data)
    assert answer.status_code == 409
    assert "stand under itself" in answer.text
    assert 'value="A loop"' in answer.text


def test_twice_is_refused_with_a_sentence(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    values = {"day": day(30), "parent": "SOUTH"}
    seen = digest_in(browser.post(address(cast.n1, "move", "/preview"), data=values).text)
    assert browser.post(address(cast.n1, "move"), data=values | {"digest": seen}).status_code == 302
    again = browser.post(address(cast.n1, "move"), data=values | {"digest": seen})
    assert again.status_code == 409
    assert "how it is already" in again.text


def test_people_and_units_of_a_divided_unit_are_chosen_one_by_one(browser: Browser, cast: Cast) -> None:
    make_unit("T1", cast.n1)
    browser.sign_in(cast.adam)
    form = browser.get(address(cast.n1, "split")).text
    assert f'name="person-{cast.ewa.employee_id}"' in form
    assert 'name="below-t1"' in form
    values = {
        "day": day(0), "code_1": "A", "name_1": "Part A", "code_2": "B", "name_2": "Part B", "rest": "1",
        f"person-{cast.ewa.employee_id}": "2", "below-t1": "2",
    }  # fmt: skip
    shown = browser.post(address(cast.n1, "split", "/preview"), data=values).text
    assert "is divided" in shown
    draft = browser.post(address(cast.n1, "split", "/draft"), data=values).text
    assert draft.count('value="2" selected') == 2, "what was chosen is kept"
    assert confirm(browser, cast.n1, "split", **values).status_code == 302
    part = db.session.scalars(sa.select(Unit).where(Unit.code == "B")).one()
    page = browser.get(f"/people/units/{part.id}").text
    assert "Ewa" in page
    assert "Unit T1" in page
    assert "came out of" in page


@pytest.mark.parametrize(
    "wrong", [{"rest": "4"}, {"person-1": "9"}, {"person-x": "1", "code_2": "A"}, {"below-t": "3"}]
)
def test_a_place_that_is_not_there_is_refused(browser: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    values = {"day": day(1), "code_1": "A", "name_1": "A", "code_2": "B", "name_2": "B", "rest": "1"} | wrong
    assert browser.sign_in(cast.adam).post(address(cast.n1, "split", "/preview"), data=values).status_code in (409, 422)


def test_a_correction_begins_with_the_entry_it_mends(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert confirm(browser, cast.n1, "alteration", day=day(0), name="New name", kind="branch").status_code == 302
    assert 'value="New name"' in browser.get(address(cast.n1, "correction")).text
    old = browser.get(address(cast.n1, "correction") + "?entry=2015-01-01").text
    assert 'value="Unit N1"' in old
    assert 'value="NORTH"' in old
    values = {"day": "2015-01-01", "name": "Right name", "kind": "team", "parent": "NORTH"}
    assert confirm(browser, cast.n1, "correction", **values).status_code == 302
    assert "Right name" in browser.get(f"/people/units/{cast.n1.id}").text


@pytest.mark.parametrize("written", ["1899-12-31", "2200-01-01", "yesterday", "0001-01-01", ""])
def test_a_day_beyond_the_calendar_is_refused(browser: Browser, cast: Cast, written: str) -> None:
    browser.sign_in(cast.adam)
    answer = browser.post(address(cast.n1, "move", "/preview"), data={"day": written, "parent": "SOUTH"})
    assert answer.status_code == 422


def test_the_menu_is_for_those_who_may(browser: Browser, cast: Cast) -> None:
    page = f"/people/units/{cast.n1.id}"
    assert "/changes/move" in browser.sign_in(cast.adam).get(page).text
    company = browser.get(f"/people/units/{cast.company.id}").text
    assert "/changes/opening" in company
    assert "/changes/closure" not in company, "it stays where it is"
    assert "/changes/" not in Browser(browser.app).sign_in(cast.hanna).get(page).text


def test_a_plan_is_withdrawn(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    confirm(browser, cast.n1, "move", day=day(30), parent="SOUTH")
    plan = db.session.scalars(sa.select(Reorganisation)).one()
    path = f"/people/plans/{plan.id}/withdrawal"
    assert Browser(browser.app).sign_in(cast.hanna).post(path).status_code == 403
    assert "/sign-in" in Browser(browser.app).post(path).location
    assert browser.post("/people/plans/999999/withdrawal").status_code == 404
    assert browser.post(path).status_code == 302
    page = browser.get(f"/people/units/{cast.n1.id}").text
    assert "withdrawn; everything is as it was" in page
    assert 'id="planned"' not in page
    assert browser.post(path).status_code == 409
    assert versions() == 6


def test_an_unknown_act_is_not_there(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.adam).get(f"/people/units/{cast.n1.id}/changes/erase").status_code == 404
    assert company_time.today()
