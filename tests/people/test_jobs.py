from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.jobs import run_now
from app.extensions import db
from app.people.actions.guessing import admit
from app.people.actions.sessions import open_session
from app.people.models import AccountSession, SignInFailure, UnitVersion
from tests.cast import Cast


def test_at_midnight_what_begins_takes_effect(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = company_time.today() + timedelta(days=1)
    old = db.session.scalars(sa.select(UnitVersion).where(UnitVersion.unit_id == cast.n1.id)).one()
    old.ends_on = tomorrow
    new = UnitVersion(unit_id=cast.n1.id, name="New", kind=old.kind, parent_id=cast.south.id, starts_on=tomorrow)
    db.session.add(new)
    db.session.commit()
    run_now("people.refresh_tree")
    assert cast.n1.name == "Unit N1"
    monkeypatch.setattr(company_time, "today", lambda: tomorrow)
    run_now("people.refresh_tree")
    db.session.expire_all()
    assert (cast.n1.name, cast.n1.parent_id) == ("New", cast.south.id)


def test_sessions_that_open_nothing_are_forgotten(cast: Cast) -> None:
    now = clock.now()
    for device, seen_at, ends_at in (
        ("open", now, now + timedelta(days=1)),
        ("idle", now - timedelta(hours=13), now + timedelta(days=1)),
        ("over", now, now - timedelta(seconds=1)),
    ):
        open_session(cast.ewa, device, now)
        row = db.session.scalars(sa.select(AccountSession).where(AccountSession.device == device)).one()
        row.seen_at, row.ends_at = seen_at, ends_at
    admit("ewa@example.org", "192.0.2.1", None, now - timedelta(hours=2))
    db.session.commit()
    run_now("people.forget_sessions")
    assert db.session.scalars(sa.select(AccountSession.device)).all() == ["open"]
    assert db.session.scalars(sa.select(SignInFailure)).all() == []
