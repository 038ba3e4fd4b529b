"""Somebody leaves, and comes back."""

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.actions.sessions import open_session
from app.people.jobs import refresh_tree
from app.people.models import Account, AccountSession, Grant
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_deputy, make_employee, make_grant
from tests.people.confirming import DAY, confirm, look, move, person_of, reads, spans, today, url


class TestLeaving:
    def test_a_leaver_is_signed_out_on_the_day(self, browser: Browser, cast: Cast) -> None:
        open_session(cast.ewa, "phone", clock.now())
        browser.sign_in(cast.hanna)
        confirm(browser, url(cast.ewa, "last-day"), {"last_on": (today() - DAY).isoformat()})
        assert not db.session.scalars(sa.select(AccountSession).where(AccountSession.account_id == cast.ewa.id)).all()
        assert not db.session.get_one(Account, cast.ewa.id).is_active
        assert person_of(cast.ewa).ends_on == today()

    def test_before_the_day_nothing_changes_and_on_it_all_does(
        self, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_grant(cast.ewa, Role.TRAINER, cast.n1)
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "last-day"), {"last_on": today().isoformat()})
        own = Browser(browser.app).sign_in(cast.ewa)
        assert own.get("/people/units").status_code == 200
        later = clock.now() + DAY
        monkeypatch.setattr(clock, "now", lambda: later)
        assert own.get("/people/units").location.startswith("/sign-in")
        refresh_tree()
        (grant,) = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.ewa.id))
        assert grant.ends_on == today()
        assert grant.end_reason == "left"

    def test_what_opened_the_account_opens_nothing_after_a_return_either(self, browser: Browser, cast: Cast) -> None:
        caller = caller_for(browser, cast.ewa)
        browser.sign_in(cast.hanna)
        confirm(browser, url(cast.ewa, "last-day"), {"last_on": (today() - DAY).isoformat()})
        confirm(browser, url(cast.ewa, "return"), move(cast.n2, today()))
        assert db.session.get_one(Account, cast.ewa.id).is_active
        assert caller.get("/units").status_code == 401
        revoked = sa.select(AuditEntry.actor_id).where(AuditEntry.action == "token.revoked")
        assert db.session.scalars(revoked).all() == [cast.hanna.id]

    @pytest.mark.parametrize("who", ["ewa", "marek"])
    def test_standing_in_ends_with_it_and_a_return_does_not_bring_it_back(
        self, browser: Browser, cast: Cast, who: str
    ) -> None:
        """Whoever of the two it is. Marek lends his role to Ewa, for today and from the day after tomorrow on."""
        grant = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.marek.id)).one()
        now, later = make_deputy(grant, cast.ewa), make_deputy(grant, cast.ewa, first=2)
        leaver, left = getattr(cast, who), {"last_on": (today() - DAY).isoformat()}
        page = look(browser.sign_in(cast.hanna), url(leaver, "last-day"), left).text
        assert "Ewa stands in for Marek (Manager on Unit N1) until" in page
        confirm(browser, url(leaver, "last-day"), left)
        assert [row.ends_on for row in (now, later)] == [today(), today() + 2 * DAY]
        assert {row.ended_by_id for row in (now, later)} == {cast.hanna.id}
        assert later.starts_on == later.ends_on, "held on no day"
        confirm(browser, url(leaver, "return"), move(cast.n1, today()))
        grant.ends_on = grant.ended_at = grant.ended_by_id = None
        db.session.flush()
        assert Role.MANAGER not in cast.ewa.roles, "though the role that was lent is there again"
        ended = sa.select(AuditEntry.subject_id).where(AuditEntry.action == "deputy.ended")
        assert set(db.session.scalars(ended)) == {now.id, later.id}

    def test_the_look_names_roles_reports_and_what_is_planned(self, browser: Browser, cast: Cast) -> None:
        report = make_employee(cast.n2, name="Rita Report")
        report.assignments[0].line_manager_id = cast.marek.employee_id
        db.session.flush()
        confirm(browser.sign_in(cast.hanna), url(cast.marek, "move"), move(cast.n2, today() + 60 * DAY))
        page = look(browser, url(cast.marek, "last-day"), {"last_on": today().isoformat()}).text
        assert "cannot sign in, and every open sign-in ends that day." in page
        assert "1 person is left without a line manager: Rita Report." in page
        assert "The role “Manager” on Unit N1 ends on" in page
        assert "does not come." in page

    def test_a_coming_last_day_is_withdrawn(self, browser: Browser, cast: Cast) -> None:
        before = spans(cast.ewa)
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "last-day"), {"last_on": (today() + DAY).isoformat()})
        assert "Does not work here from" in browser.get(f"/people/employees/{cast.ewa.employee_id}").text
        browser.post(f"/people/employees/{cast.ewa.employee_id}/last-day/withdrawal")
        assert (spans(cast.ewa), person_of(cast.ewa).ends_on) == (before, None)
        assert browser.post(f"/people/employees/{cast.ewa.employee_id}/last-day/withdrawal").status_code == 409

    def test_the_last_administrator_cannot_leave(self, browser: Browser, cast: Cast) -> None:
        data = {"last_on": (today() + 30 * DAY).isoformat()}
        answer = browser.sign_in(cast.adam).post(url(cast.adam, "last-day"), data=data)
        assert answer.status_code == 409
        assert "without an administrator" in answer.text
        assert person_of(cast.adam).ends_on is None

    def test_nobody_leaves_before_they_came(self, browser: Browser, cast: Cast) -> None:
        answer = browser.sign_in(cast.hanna).post(url(cast.ewa, "last-day"), data={"last_on": "2014-01-01"})
        assert answer.status_code == 409
        assert spans(cast.ewa)


class TestComingBack:
    def test_somebody_comes_back_with_no_old_role(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.hanna)
        confirm(browser, url(cast.marek, "last-day"), {"last_on": (today() - 9 * DAY).isoformat()})
        page = look(browser, url(cast.marek, "return"), move(cast.n2, today())).text
        assert "works in Unit N2 and sees its numbers." in page
        confirm(browser, url(cast.marek, "return"), move(cast.n2, today()))
        marek = db.session.get_one(Account, cast.marek.id)
        assert marek.is_active
        assert reads(marek) == {cast.n2.id}

    def test_who_comes_back_later_stays_out_until_then(
        self, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser.sign_in(cast.hanna)
        confirm(browser, url(cast.ewa, "last-day"), {"last_on": (today() - DAY).isoformat()})
        confirm(browser, url(cast.ewa, "return"), move(cast.n2, today() + DAY))
        assert not db.session.get_one(Account, cast.ewa.id).is_active
        later = clock.now() + DAY
        monkeypatch.setattr(clock, "now", lambda: later)
        refresh_tree()
        assert db.session.get_one(Account, cast.ewa.id).is_active
        assert person_of(cast.ewa).ends_on is None

    def test_who_works_here_does_not_come_back(self, browser: Browser, cast: Cast) -> None:
        answer = browser.sign_in(cast.hanna).post(url(cast.ewa, "return"), data=move(cast.n2, today()))
        assert answer.status_code == 409
