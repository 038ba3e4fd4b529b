"""A file with last days that have come does at once what the page of leaving does."""

from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.audit import AuditEntry
from app.core.permissions import Role
from app.extensions import db
from app.imports.actions import import_file
from app.people.actions.ways_in import invite, mint
from app.people.imports import employees
from app.people.models import Account, ApiToken, Grant, WayIn
from tests.api.caller import caller_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_deputy, make_grant
from tests.people.bringing import bring

DAY = timedelta(days=1)


def last_day(account: Account, on: date) -> str:
    assert account.employee
    return f"employee_number;name;unit_code;ends_on\n{account.employee.number};{account.name};N1;{on}"


def grants_of(account: Account) -> list[Grant]:
    return list(db.session.scalars(sa.select(Grant).where(Grant.account_id == account.id).order_by(Grant.id)))


@pytest.mark.parametrize("days", [0, 3, 400])
def test_the_roles_of_a_leaver_end_with_the_file(cast: Cast, days: int) -> None:
    today = company_time.today()
    make_grant(cast.marek, Role.TRAINER, cast.n2).starts_on = today + 5 * DAY
    bring("employees", last_day(cast.marek, today - days * DAY), actor=cast.hanna)
    held, coming = grants_of(cast.marek)
    assert (held.ends_on, held.end_reason, held.ended_by_id) == (today, "left", cast.hanna.id)
    assert coming.starts_on == coming.ends_on, "held on no day"
    ended = sa.select(AuditEntry.actor_id).where(AuditEntry.action == "role.ended")
    assert db.session.scalars(ended).all() == [cast.hanna.id] * 2


def test_what_opened_the_account_is_void(browser: Browser, cast: Cast) -> None:
    caller = caller_for(browser, cast.ewa)
    invite([cast.ewa], clock.now(), actor_id=cast.adam.id)
    way_in = db.session.scalars(sa.select(WayIn)).one()
    mint(way_in, clock.now())
    db.session.flush()
    bring("employees", last_day(cast.ewa, company_time.today()), actor=cast.hanna)
    assert caller.get("/units").status_code == 401
    assert [row.revoked_by_id for row in db.session.scalars(sa.select(ApiToken))] == [cast.hanna.id]
    assert way_in.ends_at
    assert way_in.ends_at <= clock.now()


@pytest.mark.parametrize("who", ["ewa", "marek"])
def test_standing_in_ends_with_the_file_whoever_of_the_two_leaves(cast: Cast, who: str) -> None:
    (grant,) = grants_of(cast.marek)
    now, later = make_deputy(grant, cast.ewa), make_deputy(grant, cast.ewa, first=2)
    bring("employees", last_day(getattr(cast, who), company_time.today()), actor=cast.hanna)
    assert [row.ends_on for row in (now, later)] == [company_time.today(), later.starts_on]
    assert {row.ended_by_id for row in (now, later)} == {cast.hanna.id}
    assert Role.MANAGER not in cast.ewa.roles


def test_who_leaves_later_or_is_named_without_a_last_day_keeps_everything(cast: Cast) -> None:
    (grant,) = grants_of(cast.marek)
    row = make_deputy(grant, cast.ewa)
    bring("employees", last_day(cast.marek, company_time.today() + DAY), actor=cast.hanna)
    bring("employees", f"email;name;unit_code\n{cast.ewa.email};Ewa Nowa;N1", actor=cast.hanna)
    assert (grant.ends_on, row.ended_at) == (None, None)
    assert Role.MANAGER in cast.ewa.roles


def test_what_does_not_end_lets_nobody_leave(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: nobody has left whose roles still stand."""

    def broken(*_: object) -> NoReturn:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(employees, "settle_last_days", broken)
    file = tmp_path / "people.csv"
    file.write_text(last_day(cast.marek, company_time.today()).replace(";", ","))
    db.session.commit()
    with pytest.raises(RuntimeError):
        import_file("employees", file)
    db.session.expire_all()
    assert cast.marek.employee
    assert cast.marek.employee.ends_on is None
    assert grants_of(cast.marek)[0].ends_on is None
