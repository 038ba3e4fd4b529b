"""Adding somebody, and mending what was written down wrongly."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.people.models import Account, Employee
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant
from tests.people.confirming import DAY, confirm, look, move, person_of, spans, today, url


class TestAdding:
    DATA = {"name": "Nowa Osoba", "number": "N-1", "email": "Nowa@Example.org", "unit": "n1", "job": "", "manager": ""}

    def added(self) -> Employee | None:
        return db.session.scalar(sa.select(Employee).where(Employee.number == "N-1"))

    def test_a_person_is_added_with_an_account_and_no_password(self, browser: Browser, cast: Cast) -> None:
        data = self.DATA | {"day": today().isoformat(), "manager": "marek@example.org"}
        page = look(browser.sign_in(cast.hanna), "/people/employees/new", data).text
        assert "gets an account without a password" in page
        assert self.added() is None
        answer = confirm(browser, "/people/employees/new", data, to="/people/employees/additions")
        person = self.added()
        assert person is not None
        assert answer.location == f"/people/employees/{person.id}"
        assert (person.email, person.assignments[0].line_manager_id) == ("nowa@example.org", cast.marek.employee_id)
        account = db.session.scalars(sa.select(Account).where(Account.employee_id == person.id)).one()
        assert account.password_hash is None

    @pytest.mark.parametrize(
        ("change", "status", "words"),
        [
            ({"email": "ewa@example.org"}, 409, "belongs to somebody else"),
            ({"number": "", "email": ""}, 422, "by one of them the person is known"),
            ({"email": "no address"}, 422, "not an e-mail address"),
            ({"day": "2010-01-01"}, 409, "not open on every day"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, browser: Browser, cast: Cast, change: dict[str, str], status: int, words: str
    ) -> None:
        data = self.DATA | {"day": today().isoformat()} | change
        browser.sign_in(cast.hanna)
        for path in ("/people/employees/new", "/people/employees/additions"):
            answer = browser.post(path, data=data | {"seen": "x"})
            assert answer.status_code == status, answer.text
            assert words in answer.text
        assert self.added() is None

    def test_only_where_one_holds_the_right(self, browser: Browser, cast: Cast) -> None:
        southern = make_account("southern@example.org")
        make_grant(southern, Role.HR, cast.south)
        answer = browser.sign_in(southern).post("/people/employees/new", data=self.DATA | {"day": today().isoformat()})
        assert answer.status_code == 409
        assert browser.sign_in(cast.marek).get("/people/employees/new").status_code == 403

    def test_twice_is_refused(self, browser: Browser, cast: Cast) -> None:
        data, to = self.DATA | {"day": today().isoformat()}, "/people/employees/additions"
        browser.sign_in(cast.hanna)
        confirm(browser, "/people/employees/new", data, to=to)
        assert browser.post("/people/employees/new", data=data).status_code == 409


class TestCorrecting:
    def test_a_correction_is_told_apart_from_a_change(self, browser: Browser, cast: Cast) -> None:
        data = move(cast.n2, date(2016, 5, 1), entry="2015-01-01")
        page = browser.sign_in(cast.hanna).get(url(cast.ewa, "entry") + "?entry=2015-01-01").text
        assert 'value="2015-01-01"' in page
        confirm(browser, url(cast.ewa, "entry"), data)
        assert spans(cast.ewa) == [(cast.n2.id, date(2016, 5, 1), None)]
        assert person_of(cast.ewa).starts_on == date(2016, 5, 1)
        acts = set(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.hanna.id)))
        assert {"assignment.corrected", "assignment.removed", "employee.corrected"} <= acts
        assert "assignment.changed" not in acts

    def test_the_entry_before_reaches_up_to_the_corrected_one(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.hanna)
        confirm(browser, url(cast.ewa, "move"), move(cast.s1, today() - 9 * DAY))
        entry = (today() - 9 * DAY).isoformat()
        confirm(browser, url(cast.ewa, "entry"), move(cast.s1, today() - 5 * DAY, entry=entry))
        assert [(start, end) for _, start, end in spans(cast.ewa)][1:] == [(today() - 5 * DAY, None)]
        assert spans(cast.ewa)[0][2] == today() - 5 * DAY

    @pytest.mark.parametrize("entry", ["2015-01-02", "", "x"])
    def test_an_entry_that_is_not_there_is_refused(self, browser: Browser, cast: Cast, entry: str) -> None:
        data = move(cast.n2, today(), entry=entry)
        assert browser.sign_in(cast.hanna).post(url(cast.ewa, "entry"), data=data).status_code == 409

    def test_a_name_is_mended(self, browser: Browser, cast: Cast) -> None:
        data = {"name": "Ewa Nowak", "email": "ewa@example.org", "number": person_of(cast.ewa).number or ""}
        page = look(browser.sign_in(cast.hanna), url(cast.ewa, "details"), data).text
        assert "Name: “Ewa” becomes “Ewa Nowak”." in page
        confirm(browser, url(cast.ewa, "details"), data)
        assert person_of(cast.ewa).name == "Ewa Nowak"

    def test_a_new_address_is_the_one_that_signs_in(self, browser: Browser, cast: Cast) -> None:
        data = {"name": "Ewa", "email": "new@example.org", "number": person_of(cast.ewa).number or ""}
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "details"), data)
        db.session.refresh(cast.ewa)
        assert cast.ewa.email == "new@example.org"
