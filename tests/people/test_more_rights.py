"""Nobody takes into their hands the way in of somebody with more rights: own, lent, yet to come, or lent by them.

Whoever may change an address, print a slip, take off a factor or make a token could sign in with what it opens.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.errors import Refused
from app.core.permissions import Role
from app.extensions import db
from app.people.actions import factors
from app.people.actions.service_accounts import make_service_account, make_service_token
from app.people.actions.tokens import Wish
from app.people.models import Account, Grant
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_deputy, make_factor, make_grant
from tests.people.bringing import bring
from tests.people.confirming import confirm, look, person_of, today, url

DAY = timedelta(days=1)
MORE = "more rights than you"
THIEF = "hanna2@example.org"


def grant_of(account: Account) -> Grant:
    return db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id)).one()


def lent(cast: Cast) -> Account:
    """Ewa stands in for the administrator."""
    make_deputy(grant_of(cast.adam), cast.ewa)
    return cast.ewa


def lent_from_tomorrow(cast: Cast) -> Account:
    make_deputy(grant_of(cast.adam), cast.ewa, first=1)
    return cast.ewa


def to_come(cast: Cast) -> Account:
    make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company).starts_on = company_time.today() + DAY
    db.session.flush()
    return cast.ewa


def lender(cast: Cast) -> Account:
    """Hanna stands in for the administrator herself: what he lends her is no right over him."""
    make_deputy(grant_of(cast.adam), cast.hanna)
    return cast.adam


WAYS: list[Callable[[Cast], Account]] = [lent, lent_from_tomorrow, to_come, lender]


@pytest.mark.parametrize("way", WAYS)
class TestHanna:
    def test_the_address_is_not_changed_on_the_page(
        self, browser: Browser, cast: Cast, way: Callable[[Cast], Account]
    ) -> None:
        target = way(cast)
        typed = {"name": target.display_name, "email": THIEF}
        answer = browser.sign_in(cast.hanna).post(url(target, "details"), data=typed)
        assert (answer.status_code, MORE in answer.text) == (409, True)
        assert person_of(target).email == target.email != THIEF

    def test_nor_are_they_sent_away(self, browser: Browser, cast: Cast, way: Callable[[Cast], Account]) -> None:
        target = way(cast)
        make_grant(cast.leon, Role.ADMINISTRATOR, cast.company)  # so that he is not the last one
        answer = browser.sign_in(cast.hanna).post(url(target, "last-day"), data={"last_on": today().isoformat()})
        assert (answer.status_code, MORE in answer.text) == (409, True)

    def test_nor_is_it_changed_by_a_file(self, cast: Cast, way: Callable[[Cast], Account]) -> None:
        target = way(cast)
        person = person_of(target)
        person.number = "T1"
        db.session.flush()
        unit = person.assignments[0].unit.code
        brought = bring(
            "employees", f"employee_number;email;name;unit_code\nT1;{THIEF};{person.name};{unit}", actor=cast.hanna
        )
        assert [(column, MORE in sentence) for _, column, sentence in brought.refusals] == [("email", True)]
        assert person_of(target).email != THIEF

    def test_nor_is_a_factor_taken_off(self, cast: Cast, way: Callable[[Cast], Account]) -> None:
        target = way(cast)
        make_factor(target)
        with pytest.raises(Refused, match="roles that you do not hold"):
            factors.remove_of(target, cast.hanna, "lost phone", clock.now())


def test_a_slip_is_not_printed_for_who_stands_in(browser: Browser, cast: Cast) -> None:
    lent(cast)
    answer = browser.sign_in(cast.marek).post(f"/people/employees/{cast.ewa.employee_id}/slip")
    assert answer.status_code == 409
    assert "rights that you do not hold" in answer.text


def test_a_token_is_not_made_of_a_program_that_will_hold_more(cast: Cast) -> None:
    """Made today it would open tomorrow what its maker may not."""
    program = make_service_account("Payroll", now=clock.now(), actor_id=None)
    make_grant(program, Role.ADMINISTRATOR, cast.company).starts_on = company_time.today() + DAY
    db.session.flush()
    wish = Wish("nightly", ["unit:read"], 30)
    with pytest.raises(Refused, match="may do more than you"):
        make_service_token(program, wish, actor=cast.hanna, now=clock.now())
    assert make_service_token(program, wish, actor=cast.adam, now=clock.now())


def test_what_is_over_stands_in_nobodys_way(browser: Browser, cast: Cast) -> None:
    """Not what was lent until yesterday, nor a role that was taken back before it began."""
    make_deputy(grant_of(cast.adam), cast.ewa, first=-9, days=9)
    late = make_grant(cast.ewa, Role.ADMINISTRATOR, cast.company)
    late.starts_on = late.ends_on = company_time.today() + DAY
    db.session.flush()
    typed = {"name": "Ewa", "email": "ewa.new@example.org"}
    browser.sign_in(cast.hanna)
    assert confirm(browser, url(cast.ewa, "details"), typed, look(browser, url(cast.ewa, "details"), typed))
    assert person_of(cast.ewa).email == "ewa.new@example.org"
