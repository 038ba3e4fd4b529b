"""The server's clock jumps a year ahead, stays there for a while, and is set right: what was written meanwhile.

Nothing may live longer for it, nobody may be locked out by it, and no work may be stuck in a year that is not yet.
Ways in and codes have such tests beside their own (`test_go_in`, `test_second_factor`).
"""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import audit, clock
from app.core.audit import AuditEntry
from app.core.audit.checking import verdict
from app.core.jobs import LEASE, TRIES, Job, JobState, bury, claimed, due, enqueue
from app.core.permissions import Permission
from app.core.timer import LENGTH, Scheduled, enqueue_scheduled, is_ticking, take_lease
from app.extensions import db
from app.people.actions.guessing import admit
from app.people.actions.tokens import Wish, make_token, revoke_token
from app.people.actions.ways_in import is_wanted
from app.people.models import Account, AccountSession, WayIn, WayInKind
from tests.api.caller import Caller
from tests.browser_check import Browser
from tests.cast import Cast

RIGHT = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = RIGHT
        monkeypatch.setattr(clock, "now", lambda: self.now)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class TestSessions:
    def test_one_of_the_right_time_outlives_a_clock_that_goes_back(
        self, time: Clock, cast: Cast, browser: Browser
    ) -> None:
        browser.sign_in(cast.ewa)
        for back in (timedelta(seconds=3), timedelta(minutes=4)):
            time.now = RIGHT - back
            assert browser.get("/settings/").status_code == 200
        time.now = RIGHT + 31 * DAY
        assert browser.get("/settings/").status_code == 302

    def test_one_of_a_time_that_is_not_yet_opens_nothing(self, time: Clock, cast: Cast, browser: Browser) -> None:
        time.now = RIGHT + YEAR
        browser.sign_in(cast.adam)
        assert browser.get("/settings/").status_code == 200
        time.now = RIGHT
        assert browser.get("/settings/").status_code == 302, "it would live for a year and a month"
        assert not is_fresh(cast.adam)

    def test_a_jump_ahead_makes_no_session_fresh_or_older(self, time: Clock, cast: Cast, browser: Browser) -> None:
        browser.sign_in(cast.adam)
        time.now = RIGHT + 11 * HOUR
        assert browser.get("/settings/").status_code == 200, "seen, of a time that is not yet"
        time.now = RIGHT + HOUR
        assert browser.get("/settings/").status_code == 200
        assert not is_fresh(cast.adam)
        time.now = RIGHT + 24 * HOUR
        assert browser.get("/settings/").status_code == 302, "idle"


def is_fresh(account: Account) -> bool:
    db.session.expire_all()
    account.current = db.session.scalars(sa.select(AccountSession)).first()
    return account.is_fresh


class TestGuessing:
    @pytest.mark.parametrize("ahead", [HOUR, YEAR])
    def test_guesses_of_a_time_that_is_not_yet_lock_nobody_out(self, database: None, ahead: timedelta) -> None:
        for _ in range(50):
            admit("ewa@example.org", "192.0.2.7", None, RIGHT + ahead)
        wait = admit("ewa@example.org", "192.0.2.7", None, RIGHT).wait
        assert 0 < wait <= 60
        assert admit("ewa@example.org", "192.0.2.7", None, RIGHT + timedelta(seconds=wait)).wait == 0

    def test_a_jump_back_gives_no_guesses_away(self, database: None) -> None:
        heard = sum(
            not admit("ewa@example.org", "192.0.2.7", None, RIGHT - timedelta(seconds=at % 2)).wait for at in range(100)
        )
        assert heard == 5


class TestTokens:
    def test_they_end_by_the_clock_and_what_is_revoked_stays_so(
        self, time: Clock, cast: Cast, browser: Browser
    ) -> None:
        wish = Wish("nightly", [Permission.UNIT_READ], 30)
        ending, secret = make_token(cast.ewa, wish, now=time.now, actor_id=cast.ewa.id)
        caller = Caller(browser, secret)
        for jump, status in ((29 * DAY, 200), (31 * DAY, 401), (-YEAR, 200), (timedelta(0), 200)):
            time.now = RIGHT + jump
            assert caller.get("/units").status_code == status, jump
        revoke_token(ending, now=RIGHT + YEAR, actor_id=None)
        db.session.commit()
        for jump in (timedelta(0), -YEAR, YEAR):
            time.now = RIGHT + jump
            assert caller.get("/units").status_code == 401, jump


class TestLetters:
    def test_a_letter_asked_for_in_a_time_that_is_not_yet_holds_none_back(self, cast: Cast) -> None:
        cast.ewa.password_hash = "somehow"
        asked = [WayIn(account=cast.ewa, kind=WayInKind.RESET, asked_at=at) for at in (RIGHT + YEAR, RIGHT)]
        db.session.add_all(asked)
        db.session.flush()
        assert is_wanted(asked[1], RIGHT)
        again = WayIn(account=cast.ewa, kind=WayInKind.RESET, asked_at=RIGHT + timedelta(minutes=1))
        db.session.add(again)
        db.session.flush()
        assert not is_wanted(again, RIGHT), "a minute later is still too soon"


class TestWork:
    def waiting(self, at: datetime, **more: object) -> Job:
        job = enqueue("people.refresh_tree")
        job.created_at = job.leased_until = at
        for name, value in more.items():
            setattr(job, name, value)
        db.session.flush()
        return job

    def test_a_job_of_a_time_that_is_not_yet_is_due(self, database: None) -> None:
        job = self.waiting(RIGHT + YEAR)
        assert due(RIGHT) == [job.id]
        assert claimed(job.id, RIGHT)
        assert due(RIGHT) == [], "and leased as any other"
        assert due(RIGHT + LEASE) == [job.id]

    def test_one_whose_worker_died_in_that_time_is_begun_again_and_buried(self, database: None) -> None:
        job = self.waiting(RIGHT + YEAR, state=JobState.RUNNING, tries=1)
        assert due(RIGHT) == [job.id]
        job.tries = TRIES
        db.session.flush()
        bury(RIGHT)
        db.session.expire_all()
        assert job.state is JobState.FAILED

    def test_a_worker_keeps_its_job_while_the_clock_is_mended_a_little(self, database: None) -> None:
        job = self.waiting(RIGHT)
        assert claimed(job.id, RIGHT)
        for back in (timedelta(seconds=1), timedelta(seconds=60)):
            assert due(RIGHT - back) == [], back

    def test_the_lease_of_the_timer_does_not_stand_for_a_year(self, database: None) -> None:
        assert take_lease("timer", "one", RIGHT + YEAR, LENGTH)
        assert not is_ticking(RIGHT)
        assert take_lease("timer", "two", RIGHT, LENGTH)
        assert not take_lease("timer", "three", RIGHT - timedelta(seconds=5), LENGTH), "a little is no jump"
        assert is_ticking(RIGHT)

    def test_the_schedule_goes_on_by_the_right_time(
        self, time: Clock, database: None, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.extensions, "schedule", (Scheduled("people.refresh_tree", hour=0, minute=5),))
        begun = []
        for at in (RIGHT, RIGHT + YEAR, RIGHT, RIGHT + DAY, RIGHT + DAY):
            time.now = at
            begun.append(enqueue_scheduled(at))
        once, nothing = ["people.refresh_tree"], []
        assert begun == [once, once, nothing, once, nothing]


class TestAudit:
    def test_the_log_keeps_the_order_of_writing(self, time: Clock, cast: Cast, browser: Browser) -> None:
        told = {}
        for jump in (timedelta(0), YEAR, -HOUR):
            time.now = RIGHT + jump
            told[jump] = audit.record("test.done", "account", cast.ewa.id, actor_id=None)
            db.session.commit()
        time.now = RIGHT
        kept = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "test.done").order_by(AuditEntry.id))
        assert [entry.at - RIGHT for entry in kept] == list(told)
        assert verdict().is_whole
        assert browser.sign_in(cast.adam).get("/admin/audit").status_code == 200
