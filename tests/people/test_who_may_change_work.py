"""Who may change somebody's work, and whose."""

from datetime import date

import pytest

from app.core.permissions import Role
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant
from tests.people.confirming import DAY, confirm, move, person_of, today, url


class TestWhoMay:
    DEEDS = ("move", "leave", "last-day", "return", "details", "entry")

    @pytest.mark.parametrize("deed", DEEDS)
    def test_it_needs_sign_in(self, browser: Browser, cast: Cast, deed: str) -> None:
        assert browser.get(url(cast.ewa, deed)).location.startswith("/sign-in")

    @pytest.mark.parametrize("deed", DEEDS)
    def test_it_needs_the_role(self, browser: Browser, cast: Cast, deed: str) -> None:
        for account in (cast.ewa, cast.marek, cast.leon, cast.celina):
            assert browser.sign_in(account).get(url(cast.ewa, deed)).status_code == 403

    @pytest.mark.parametrize("deed", DEEDS)
    def test_who_holds_it_elsewhere_does_not_find_the_person(self, browser: Browser, cast: Cast, deed: str) -> None:
        other = make_account("southern@example.org")
        make_grant(other, Role.HR, cast.south)
        assert browser.sign_in(other).get(url(cast.ewa, deed)).status_code == 404
        assert browser.post(url(cast.ewa, deed) + "/confirmation").status_code == 404

    def test_an_unknown_act_is_not_found(self, browser: Browser, cast: Cast) -> None:
        assert browser.sign_in(cast.hanna).get(url(cast.ewa, "promote")).status_code == 404

    def test_moving_needs_it_on_both_units(self, browser: Browser, cast: Cast) -> None:
        northern = make_account("northern@example.org")
        make_grant(northern, Role.HR, cast.north)
        browser.sign_in(northern)
        answer = browser.post(url(cast.ewa, "move"), data=move(cast.s1, today()))
        assert answer.status_code == 409
        assert "not below a unit on which you hold that right" in answer.text
        assert confirm(browser, url(cast.ewa, "move"), move(cast.n2, today())).status_code == 302

    def test_each_is_reached_whenever_they_began(self, browser: Browser, cast: Cast) -> None:
        """What others' days are must not matter: one began long ago, one yesterday, one comes later."""
        for since in (date(2020, 1, 1), today() - DAY, today() + 30 * DAY):
            person = make_employee(cast.n1, since=since)
            path = f"/people/employees/{person.id}/changes/details"
            assert browser.sign_in(cast.hanna).get(path).status_code == 200

    def test_who_once_worked_here_is_no_longer_mine(self, browser: Browser, cast: Cast) -> None:
        northern = make_account("northern@example.org")
        make_grant(northern, Role.HR, cast.north)
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today()))
        assert browser.sign_in(northern).get(url(cast.ewa, "last-day")).status_code == 404

    def test_nobody_sends_away_somebody_with_more_rights(self, browser: Browser, cast: Cast) -> None:
        answer = browser.sign_in(cast.hanna).post(url(cast.adam, "last-day"), data={"last_on": today().isoformat()})
        assert answer.status_code == 409
        answer = browser.post(url(cast.adam, "details"), data={"name": "Adam", "email": "hanna2@example.org"})
        assert "holds more rights than you" in answer.text
        assert person_of(cast.adam).email == "adam@example.org"

    def test_strangers_to_the_right_see_no_button(self, browser: Browser, cast: Cast) -> None:
        page = f"/people/employees/{cast.ewa.employee_id}"
        assert "/changes/" not in browser.sign_in(cast.marek).get(page).text
        assert "/changes/move" in browser.sign_in(cast.hanna).get(page).text
