"""Whatever a deputy does, the log names her and the person in whose place she does it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import audit, clock
from app.core.audit import ACTING_FOR, AuditEntry, AuditValue, forget_values
from app.core.audit.checking import verdict
from app.core.permissions import Permission, Role, exercising
from app.extensions import db
from app.people.models import Account, Assignment, Deputyship, Grant
from app.people.queries.standing_in import lenders
from app.privacy.actions.sweeping import known_as, values_about
from app.privacy.queries.due import values_before
from app.privacy.queries.subjects import of_account
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_deputy, make_grant
from tests.people.confirming import DAY, confirm, today, url


def lend(absent: Account, deputy: Account) -> None:
    make_deputy(db.session.scalars(sa.select(Grant).where(Grant.account_id == absent.id)).one(), deputy)


def leave() -> dict[str, str]:
    return {"starts_on": today().isoformat(), "last_on": "", "kind": "other"}


def in_whose_place(action: str) -> list[str]:
    told = sa.select(AuditValue.after).join(AuditEntry, AuditEntry.id == AuditValue.entry_id)
    found = told.where(AuditEntry.action == action, AuditValue.field == ACTING_FOR).order_by(AuditValue.id)
    return list(db.session.scalars(found))


def test_an_act_by_a_right_that_is_lent_names_both(browser: Browser, cast: Cast) -> None:
    lend(cast.hanna, cast.marek)
    confirm(browser.sign_in(cast.marek), url(cast.ewa, "leave"), leave())
    assert in_whose_place("leave.recorded") == [str(cast.hanna.id)]
    page = browser.sign_in(cast.adam).get("/admin/audit?who=hanna&act=leave.recorded").text
    assert "Marek for Hanna" in page
    assert "for Hanna" not in browser.get("/admin/audit?act=session.opened").text
    record = browser.sign_in(cast.hanna).get("/settings/record").text
    assert "what deputies did in my place" in record
    told = browser.sign_in(cast.ewa).get("/settings/record").text
    assert "Acting as deputy of: – → Hanna" in told
    assert "acting for id" not in told
    assert verdict().is_whole


def test_ones_own_right_comes_first(browser: Browser, cast: Cast) -> None:
    """Marek is HR in the north himself, and stands in for Hanna, who is HR everywhere."""
    lend(cast.hanna, cast.marek)
    make_grant(cast.marek, Role.HR, cast.north)
    confirm(browser.sign_in(cast.marek), url(cast.ewa, "leave"), leave())
    assert in_whose_place("leave.recorded") == []
    confirm(browser, url(cast.stranger, "leave"), leave())
    assert in_whose_place("leave.recorded") == [str(cast.hanna.id)]


def test_who_ends_a_deputyship_does_not_act_for_whom_it_was_named(browser: Browser, cast: Cast) -> None:
    """Whoever named the deputy stood in for somebody; she who takes it back is the absent person herself."""
    lend(cast.hanna, cast.marek)
    row = db.session.scalars(sa.select(Deputyship)).one()
    row.named_for_id = cast.adam.id
    db.session.commit()
    browser.sign_in(cast.hanna).post(f"/people/deputies/{row.id}/end")
    assert in_whose_place("deputy.ended") == []


def test_what_everybody_may_do_is_done_by_oneself(browser: Browser, cast: Cast) -> None:
    lend(cast.adam, cast.ewa)
    browser.sign_in(cast.ewa)
    assert in_whose_place("session.opened") == []


def test_settings_belong_to_the_company(browser: Browser, cast: Cast) -> None:
    lend(cast.adam, cast.ewa)
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.north)
    browser.sign_in(cast.ewa).post("/admin/legal/terms", data={"en": "Be kind."})
    assert in_whose_place("setting.changed") == [str(cast.adam.id)]


@pytest.mark.parametrize(
    ("kind", "of", "is_lent"),
    [
        ("unit", "n1", False), ("unit", "s1", True), ("unit", "company", True),
        ("account", "ewa", False), ("account", "stranger", True), ("account", "hanna", True),
        ("data_import", "", True), ("setting", "", True), ("unit", "", True),
    ],
)  # fmt: skip
def test_by_where_the_thing_lies(cast: Cast, kind: str, of: str, is_lent: bool) -> None:
    lend(cast.adam, cast.ewa)
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.north)
    subject = (kind, getattr(cast, of).id if of else None)
    assert lenders(cast.ewa.id, Permission.AUDIT_READ, [subject]) == [(cast.adam.id,) if is_lent else ()]


def test_of_several_who_lend_it_the_log_names_all(browser: Browser, cast: Cast) -> None:
    """Nobody can say by whose loan she acts; who lends another right, or elsewhere, is not named."""
    northern, southern = make_account("northern@example.org"), make_account("southern@example.org")
    make_grant(northern, Role.HR, cast.north)
    make_grant(southern, Role.HR, cast.south)
    for absent in (northern, southern, cast.hanna, cast.leon):
        lend(absent, cast.marek)
    confirm(browser.sign_in(cast.marek), url(cast.ewa, "leave"), leave())
    assert in_whose_place("leave.recorded") == [str(each.id) for each in sorted_by_id(northern, cast.hanna)]
    page = browser.sign_in(cast.adam).get("/admin/audit?act=leave.recorded").text
    assert f"Marek for {', '.join(each.name for each in sorted_by_id(northern, cast.hanna))}" in page
    for name in ("northern", "hanna"):
        assert "Marek for" in browser.get(f"/admin/audit?who={name}&act=leave.recorded").text
    assert "Marek for" not in browser.get("/admin/audit?who=southern&act=leave.recorded").text
    assert verdict().is_whole


def sorted_by_id(*accounts: Account) -> list[Account]:
    return sorted(accounts, key=lambda account: account.id)


def test_what_touches_two_places_names_who_lends_on_either(cast: Cast) -> None:
    northern, southern = make_account("northern@example.org"), make_account("southern@example.org")
    make_grant(northern, Role.HR, cast.north)
    make_grant(southern, Role.HR, cast.south)
    for absent in (northern, southern):
        lend(absent, cast.marek)
    assert cast.ewa.employee
    cast.ewa.employee.assignments[0].ends_on = today() + 5 * DAY
    later = Assignment(employee_id=cast.ewa.employee_id, unit_id=cast.s1.id, starts_on=today() + 5 * DAY)
    db.session.add(later)
    db.session.flush()
    told = lenders(cast.marek.id, Permission.EMPLOYEE_EDIT, [("employee", cast.ewa.employee_id)])
    assert told == [tuple(each.id for each in sorted_by_id(northern, southern))]


def test_a_role_that_is_given_by_two_loans_names_both(browser: Browser, cast: Cast) -> None:
    other = make_account("other@example.org")
    make_grant(other, Role.HR, cast.company)
    for absent in (cast.hanna, other):
        lend(absent, cast.marek)
    data = {"role": "hr", "first_day": today().isoformat(), "last_day": "", "reason": "Helps out"}
    path = f"/people/roles/new?account={cast.ewa.id}&unit={cast.n1.id}"
    assert browser.sign_in(cast.marek).post(path, data=data).status_code == 302
    assert in_whose_place("role.granted") == [str(each.id) for each in sorted_by_id(cast.hanna, other)]
    given = db.session.scalars(sa.select(Grant).where(Grant.account_id == cast.ewa.id)).one()
    assert given.granted_for_id == min(cast.hanna.id, other.id)


def test_hundreds_at_once_each_for_itself(cast: Cast) -> None:
    lend(cast.adam, cast.ewa)
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.north)
    deeds = [audit.Deed("unit.changed", "unit", unit.id, after={"name": "x"}) for unit in (cast.n1, cast.s1)]
    with exercising(Permission.UNIT_IMPORT):
        audit.record_many(deeds, actor_id=cast.ewa.id)
    told = sa.select(AuditEntry.subject_id).join(AuditValue).where(AuditValue.field == ACTING_FOR)
    assert db.session.scalars(told).all() == [cast.s1.id]


def test_it_is_a_fact_and_stays(cast: Cast) -> None:
    """When values go by age, and when the person is erased about whom it was."""
    lend(cast.adam, cast.marek)
    with exercising(Permission.ACCOUNT_MANAGE):
        audit.record("account.closed", "account", cast.ewa.id, actor_id=cast.marek.id, after={"name": "Ewa"})
    db.session.flush()
    subject = of_account(cast.ewa)
    later = db.session.scalars(values_before(clock.now() + timedelta(days=9999))).all()
    assert len(later) == 1
    forget_values(values_about(subject, known_as(subject)))
    assert in_whose_place("account.closed") == [str(cast.adam.id)]
