"""The company's day begins at its own midnight, for everything that is dated."""

from datetime import UTC, date, datetime

import pytest

from app.core import clock, company_time, settings
from app.core.permissions import Permission, Role
from app.extensions import db
from app.people.actions.accounts import create_administrator
from app.people.models import Account, Grant, Unit
from tests.browser_check import Browser
from tests.cast import Cast

EVE, DAY = date(2026, 11, 21), date(2026, 11, 22)
HALF_PAST_MIDNIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # in Warsaw


@pytest.fixture
def half_past_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: HALF_PAST_MIDNIGHT)


def reaches(account: Account, unit: Unit, permission: Permission) -> bool:
    return unit in db.session.scalars(Unit.visible_to(account, permission)).all()


def test_the_day_is_the_companys(cast: Cast, half_past_midnight: None) -> None:
    assert company_time.today() == DAY
    settings.set_company("time_zone", "America/New_York", actor_id=None)
    assert company_time.today() == EVE


def test_a_role_begins_and_ends_at_the_companys_midnight(cast: Cast, half_past_midnight: None) -> None:
    now = clock.now()
    given = {"role": Role.HR, "granted_at": now}
    db.session.add(Grant(account_id=cast.ewa.id, unit_id=cast.north.id, starts_on=DAY, **given))
    db.session.add(Grant(account_id=cast.marek.id, unit_id=cast.north.id, starts_on=EVE, ends_on=DAY, **given))
    db.session.commit()
    assert cast.ewa.may(Permission.RESULT_IMPORT)
    assert reaches(cast.ewa, cast.n2, Permission.RESULT_IMPORT)
    assert not cast.marek.may(Permission.RESULT_IMPORT)
    assert not reaches(cast.marek, cast.n2, Permission.RESULT_IMPORT)


def test_who_has_left_is_out_at_the_companys_midnight(cast: Cast, browser: Browser, half_past_midnight: None) -> None:
    browser.sign_in(cast.ewa)
    assert browser.get("/").status_code == 200
    assert cast.ewa.employee is not None
    cast.ewa.employee.ends_on = DAY
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_first_administrator_may_act_in_whichever_zone(cast: Cast, zone: str, half_past_midnight: None) -> None:
    account = create_administrator("first@example.org", "First", "a sentence of many words")
    settings.set_company("time_zone", zone, actor_id=account.id)
    assert account.may(Permission.SETTING_EDIT)
    assert account.holds_on_company(Permission.SETTING_EDIT)
