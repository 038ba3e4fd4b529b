"""Leave of absence: from when until when, and no more than that."""

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.audit import AuditEntry
from app.extensions import db
from app.people.models import Leave, LeaveKind
from tests.browser_check import Browser
from tests.cast import Cast
from tests.people.confirming import DAY, confirm, look, reads, today, url


class TestLeave:
    def test_leave_is_written_down_without_its_kind_in_the_log(self, browser: Browser, cast: Cast) -> None:
        data = {"starts_on": today().isoformat(), "last_on": (today() + 9 * DAY).isoformat(), "kind": "parental"}
        page = look(browser.sign_in(cast.hanna), url(cast.ewa, "leave"), data).text
        assert "on leave (parental)" in page
        confirm(browser, url(cast.ewa, "leave"), data)
        (leave,) = db.session.scalars(sa.select(Leave))
        assert (leave.kind, leave.ends_on) == (LeaveKind.PARENTAL, today() + 10 * DAY)
        entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "leave.recorded")).one()
        assert "parental" not in {value.after for value in entry.values}
        assert reads(cast.ewa) == {cast.n1.id}

    def test_only_she_and_who_may_change_it_see_it(self, browser: Browser, cast: Cast) -> None:
        data = {"starts_on": today().isoformat(), "last_on": "", "kind": "unpaid"}
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "leave"), data)
        page = f"/people/employees/{cast.ewa.employee_id}"
        assert "unpaid" in browser.get(page).text
        assert "unpaid" not in browser.sign_in(cast.marek).get(page).text
        assert "unpaid" in browser.sign_in(cast.ewa).get("/settings/").text

    def test_two_leaves_on_one_day_are_refused(self, browser: Browser, cast: Cast) -> None:
        data = {"starts_on": today().isoformat(), "last_on": "", "kind": "other"}
        confirm(browser.sign_in(cast.hanna), url(cast.ewa, "leave"), data)
        later = data | {"starts_on": (today() + 300 * DAY).isoformat()}
        answer = browser.post(url(cast.ewa, "leave"), data=later)
        assert answer.status_code == 409
        assert "on leave on one of these days already" in answer.text
        assert later["starts_on"] in answer.text

    @pytest.mark.parametrize(
        "change", [{"kind": "sick"}, {"last_on": "2020-01-01"}, {"starts_on": ""}, {"starts_on": "x"}]
    )
    def test_bad_input_is_refused(self, browser: Browser, cast: Cast, change: dict[str, str]) -> None:
        data = {"starts_on": today().isoformat(), "last_on": "", "kind": "other"} | change
        assert browser.sign_in(cast.hanna).post(url(cast.ewa, "leave"), data=data).status_code == 422

    def test_a_leave_ends_today_or_is_withdrawn(self, browser: Browser, cast: Cast) -> None:
        begun = Leave(
            employee_id=cast.ewa.employee_id, kind=LeaveKind.OTHER, starts_on=today() - DAY, recorded_at=clock.now()
        )
        coming = Leave(
            employee_id=cast.marek.employee_id, kind=LeaveKind.OTHER, starts_on=today() + DAY, recorded_at=clock.now()
        )
        db.session.add_all([begun, coming])
        db.session.flush()
        ids = begun.id, coming.id
        browser.sign_in(cast.hanna)
        for leave_id in ids:
            assert browser.post(f"/people/leaves/{leave_id}/end").status_code == 302
        (left,) = db.session.scalars(sa.select(Leave))
        assert (left.id, left.ends_on) == (ids[0], today())
        assert browser.post(f"/people/leaves/{ids[0]}/end").status_code == 409
        assert browser.post(f"/people/leaves/{ids[1]}/end").status_code == 404

    def test_she_does_not_end_her_own(self, browser: Browser, cast: Cast) -> None:
        leave = Leave(
            employee_id=cast.ewa.employee_id, kind=LeaveKind.OTHER, starts_on=today(), recorded_at=clock.now()
        )
        db.session.add(leave)
        db.session.flush()
        assert browser.sign_in(cast.ewa).post(f"/people/leaves/{leave.id}/end").status_code == 403
