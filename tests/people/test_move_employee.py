"""Moving somebody: looked at first, then carried out."""

import pytest
import sqlalchemy as sa

from app.core.audit import AuditEntry
from app.extensions import db
from app.people.models import Assignment
from tests.browser_check import Browser
from tests.cast import Cast
from tests.people.confirming import DAY, confirm, look, move, reads, spans, today, url


class TestMove:
    def test_the_form_stands_as_things_are(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.hanna).get(url(cast.ewa, "move")).text
        assert 'value="N1"' in page
        assert "Show what this does" in page

    def test_looking_says_what_it_does_and_writes_nothing(self, browser: Browser, cast: Cast) -> None:
        before = spans(cast.ewa)
        page = look(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today())).text
        assert "works in Unit S1 and sees its numbers, and no longer those of Unit N1." in page
        assert "Job: “” becomes “Adviser”." in page
        assert "Nothing has been written yet." in page
        assert spans(cast.ewa) == before

    def test_a_mover_sees_the_new_units_numbers_and_no_longer_the_old(self, browser: Browser, cast: Cast) -> None:
        assert reads(cast.ewa) == {cast.n1.id}
        answer = confirm(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today()))
        assert answer.location == f"/people/employees/{cast.ewa.employee_id}"
        assert reads(cast.ewa) == {cast.s1.id}
        assert [unit for unit, *_ in spans(cast.ewa)] == [cast.n1.id, cast.s1.id]
        acts = set(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.actor_id == cast.hanna.id)))
        assert "assignment.changed" in acts

    def test_a_unit_is_found_by_its_name_too(self, browser: Browser, cast: Cast) -> None:
        data = {**move(cast.s1, today()), "unit": "Unit S1"}
        assert (
            "works in Unit S1 and sees its numbers"
            in look(browser.sign_in(cast.hanna), url(cast.ewa, "move"), data).text
        )
        cast.n2.name = cast.s1.name
        db.session.flush()
        answer = browser.post(url(cast.ewa, "move"), data=data)
        assert answer.status_code == 422
        assert "Unit S1 (N2), Unit S1 (S1)" in answer.text
        data["unit"] = "Nowhere"
        assert "No unit has this code or name." in browser.post(url(cast.ewa, "move"), data=data).text

    def test_a_coming_move_waits_for_its_day_and_can_be_withdrawn(self, browser: Browser, cast: Cast) -> None:
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today() + 9 * DAY))
        assert reads(cast.ewa) == {cast.n1.id}
        page = browser.get(f"/people/employees/{cast.ewa.employee_id}").text
        assert "planned from" in page
        assert "no end known" in page
        (entry,) = db.session.scalars(
            sa.select(Assignment.id).where(Assignment.unit_id == cast.s1.id, Assignment.starts_on > today())
        )
        browser.post(f"/people/employees/{cast.ewa.employee_id}/entries/{entry}/withdrawal")
        assert [(unit, end) for unit, _, end in spans(cast.ewa)] == [(cast.n1.id, None)]
        again = browser.post(f"/people/employees/{cast.ewa.employee_id}/entries/{entry}/withdrawal")
        assert again.status_code == 404

    def test_what_has_begun_cannot_be_withdrawn(self, browser: Browser, cast: Cast) -> None:
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "move"), move(cast.s1, today() - DAY))
        entry = db.session.scalars(sa.select(Assignment.id).where(Assignment.starts_on == today() - DAY)).one()
        answer = browser.post(f"/people/employees/{cast.ewa.employee_id}/entries/{entry}/withdrawal")
        assert answer.status_code == 409
        assert "correct it instead" in answer.text

    def test_a_managers_role_on_the_old_unit_ends_with_the_move(self, browser: Browser, cast: Cast) -> None:
        data = move(cast.s1, today(), end_roles="y")
        page = look(browser.sign_in(cast.hanna), url(cast.marek, "move"), data).text
        assert "The role “Manager” on Unit N1 ends on" in page
        confirm(browser, url(cast.marek, "move"), data)
        assert reads(cast.marek) == {cast.s1.id}

    def test_or_stays_when_that_is_wanted(self, browser: Browser, cast: Cast) -> None:
        page = look(browser.sign_in(cast.hanna), url(cast.marek, "move"), move(cast.s1, today())).text
        assert "The role “Manager” on Unit N1 stays." in page
        confirm(browser, url(cast.marek, "move"), move(cast.s1, today()))
        assert reads(cast.marek) == {cast.s1.id, cast.n1.id}

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("unit", "NOWHERE", "No unit has this code or name"),
            ("unit", "", "Please fill this in"),
            ("unit", "a\0b", "characters that no name has"),
            ("day", "", "Please fill this in"),
            ("day", "soon", "not a day that can be meant"),
            ("day", "0001-01-01", "not a day that can be meant"),
            ("day", "9999-12-31", "not a day that can be meant"),
            ("manager", "nobody@example.org", "Nobody here"),
            ("manager", "\0", "characters that no name has"),
            ("job", "x" * 201, "at most 200"),
        ],
    )
    def test_bad_input_is_refused_with_what_was_typed(
        self, browser: Browser, cast: Cast, field: str, value: str, words: str
    ) -> None:
        before = spans(cast.ewa)
        data = move(cast.s1, today(), job="Teller of <b>tales</b>") | {field: value}
        for path in (url(cast.ewa, "move"), url(cast.ewa, "move") + "/confirmation"):
            answer = browser.sign_in(cast.hanna).post(path, data=data)
            assert answer.status_code == 422
            assert words in answer.text
        assert field == "job" or "Teller of &lt;b&gt;tales" in answer.text
        assert spans(cast.ewa) == before

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"manager": "ewa@example.org"}, "Nobody is their own manager"),
            ({"day": "2010-01-01"}, "does not work here on that day"),
            ({"day": "2015-01-01"}, "correct or withdraw that entry"),
            ({"unit": "N1", "job": ""}, "how it stands already"),
        ],
    )
    def test_what_cannot_be_is_refused(self, browser: Browser, cast: Cast, change: dict[str, str], words: str) -> None:
        before = spans(cast.ewa)
        answer = browser.sign_in(cast.hanna).post(url(cast.ewa, "move"), data=move(cast.s1, today()) | change)
        assert answer.status_code == 409
        assert words in answer.text
        assert spans(cast.ewa) == before

    def test_confirming_what_somebody_changed_meanwhile_shows_it_anew(self, browser: Browser, cast: Cast) -> None:
        data = move(cast.s1, today())
        seen = look(browser.sign_in(cast.hanna), url(cast.ewa, "move"), data)
        confirm(browser, url(cast.ewa, "move"), move(cast.n2, today() - 3 * DAY))
        answer = confirm(browser, url(cast.ewa, "move"), data, seen)
        assert answer.status_code == 409
        assert "in the meantime" in answer.text
        assert cast.s1.id not in {unit for unit, *_ in spans(cast.ewa)}

    def test_twice_is_once(self, browser: Browser, cast: Cast) -> None:
        data = move(cast.s1, today() - DAY)
        seen = look(browser.sign_in(cast.hanna), url(cast.ewa, "move"), data)
        confirm(browser, url(cast.ewa, "move"), data, seen)
        before = spans(cast.ewa)
        assert confirm(browser, url(cast.ewa, "move"), data, seen).status_code == 409
        assert spans(cast.ewa) == before
