import os
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.extensions import db
from app.people.actions import guessing
from app.people.actions.guessing import ACCOUNT, Kept, admit, forget_old, forgive
from app.people.credentials import passwords
from app.people.models import Account, SignInFailure
from tests.browser_check import Browser
from tests.cast import Cast

PASSWORD = "seven green bicycles"
NOW = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
EMAIL, HERE = "ewa@example.org", "192.0.2.7"


def guess(times: int, email: str = EMAIL, address: str = HERE, now: datetime = NOW, device: str | None = None) -> int:
    """How many of so many guesses at one moment were heard."""
    return sum(not admit(email, address, device, now).wait for _ in range(times))


def test_a_few_mistakes_cost_nothing(database: None) -> None:
    assert guess(5) == 5


def test_then_each_mistake_doubles_the_wait_up_to_a_minute(database: None) -> None:
    guess(5)
    now, waits = NOW, []
    for _ in range(9):
        attempt = admit(EMAIL, HERE, None, now)
        waits.append(attempt.wait)
        now += timedelta(seconds=attempt.wait)
        assert not admit(EMAIL, HERE, None, now).wait
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_refused_attempt_makes_the_wait_no_longer(database: None) -> None:
    guess(100)
    assert admit(EMAIL, HERE, None, NOW).wait == 1


def test_a_hundred_guesses_from_a_hundred_networks_are_slowed_to_one_each(database: None) -> None:
    heard = sum(guess(3, address=f"10.0.{network}.1") for network in range(100))
    assert heard <= 30 + 100


def test_the_owner_enters_from_her_own_browser_whatever_strangers_do(database: None) -> None:
    for network in range(60):
        guess(3, address=f"10.0.{network}.1")
    guess(50)
    assert admit(EMAIL, HERE, "her mark", NOW).wait == 0


def test_the_owner_is_heard_on_a_new_browser_from_another_network(database: None) -> None:
    for network in range(60):
        guess(3, address=f"10.0.{network}.1")
    assert admit(EMAIL, "203.0.113.9", None, NOW).wait == 0


def test_nobody_waits_longer_than_a_minute(database: None) -> None:
    now, longest = NOW, 0
    for _ in range(40):
        wait = admit(EMAIL, HERE, None, now).wait
        now, longest = now + timedelta(seconds=wait), max(wait, longest)
    assert longest == 60
    assert admit(EMAIL, HERE, None, now - timedelta(days=2)).wait <= 60, "a clock that jumps back"


def test_a_network_may_make_many_mistakes_and_then_few(database: None) -> None:
    assert sum(guess(1, email=f"person{number}@example.org") for number in range(150)) == 100


def test_a_stolen_mark_is_slowed_too(database: None) -> None:
    assert guess(20, device="her mark") == 5


def test_the_right_password_clears_what_was_counted(database: None) -> None:
    guess(4)
    forgive(admit(EMAIL, HERE, None, NOW))
    counts = db.session.scalars(sa.select(SignInFailure.count)).all()
    assert sorted(counts) == [0, 4, 4], "account and network keep the four mistakes, the pair starts anew"
    assert guess(5) == 5


def test_what_was_refused_is_counted_nowhere(database: None) -> None:
    """The narrowest count is full; those of account and network, which would still be free, stay as they were."""
    guess(5)
    before = set(db.session.execute(sa.select(SignInFailure.key, SignInFailure.count)).all())
    assert guess(20) == 0
    assert set(db.session.execute(sa.select(SignInFailure.key, SignInFailure.count)).all()) == before


def test_a_full_account_is_heard_where_the_network_is_new(database: None) -> None:
    """And the attempt is counted once on each, though only some of its counts are full."""
    for network in range(40):
        guess(1, address=f"10.0.{network}.1")
    assert guess(1, address="203.0.113.9") == 1
    counts = db.session.scalars(sa.select(SignInFailure.count)).all()
    assert sorted(counts) == [1] * 82 + [41]


def test_what_is_old_is_forgotten(database: None) -> None:
    guess(20)
    later = NOW + timedelta(hours=2)
    assert guess(5, now=later) == 5
    forget_old(later + timedelta(hours=2))
    assert db.session.scalars(sa.select(SignInFailure)).all() == []


def test_the_table_names_nobody(database: None) -> None:
    guess(1)
    for row in db.session.scalars(sa.select(SignInFailure)):
        assert len(row.key) == 32
        assert b"ewa" not in row.key


class TestPage:
    @pytest.fixture
    def ewa(self, cast: Cast) -> Account:
        cast.ewa.password_hash = passwords.hash_password(PASSWORD)
        return cast.ewa

    def send(self, browser: Browser, password: str) -> int:
        return browser.post("/sign-in", data={"email": EMAIL, "password": password}).status_code

    def test_guessing_is_answered_with_when_to_come_back(self, browser: Browser, ewa: Account) -> None:
        statuses = [self.send(browser, f"guess number {number}") for number in range(8)]
        assert statuses == [422] * 5 + [429] * 3
        answer = browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 429, "even the right one: else the page would tell"
        assert answer.headers["Retry-After"] == "1"
        assert "Try again in 1 second" in answer.text
        assert f'value="{EMAIL}"' in answer.text

    def test_after_the_wait_the_owner_enters(
        self, browser: Browser, ewa: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(100):
            self.send(browser, f"guess number {number}")
        later = clock.now() + timedelta(seconds=61)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert self.send(browser, PASSWORD) == 302

    def test_a_browser_that_knows_her_is_not_held_up(self, browser: Browser, ewa: Account, app: object) -> None:
        assert self.send(browser, PASSWORD) == 302
        browser.post("/sign-out")
        stranger = Browser(browser.app)
        for number in range(20):
            self.send(stranger, f"guess number {number}")
        assert self.send(stranger, PASSWORD) == 429
        assert self.send(browser, PASSWORD) == 302


class Counts:
    """The counters of the product on plain rows: as many guesses as one likes, without the database's time.

    Each attempt is weighed here, while the database counts at once what is free: both have to hear the same.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows: dict[bytes, Kept] = {}
        monkeypatch.setattr(guessing, "_counted_as_free", lambda _limits, _now: {})
        monkeypatch.setattr(guessing, "_rows_for", self.rows_for)
        monkeypatch.setattr(guessing, "_write", self.rows.update)

    def rows_for(self, keys: Iterable[bytes]) -> dict[bytes, Kept]:
        return {key: self.rows.get(key, Kept(0, NOW)) for key in keys}


def heard_in_an_hour(guesses: int) -> int:
    """From 60 networks of 254 addresses each."""
    seeded, pause = random.Random(3), 3600 / guesses
    addresses = (f"10.{seeded.randrange(60)}.0.{seeded.randrange(1, 255)}" for _ in range(guesses))
    return sum(
        guess(1, address=address, now=NOW + timedelta(seconds=at * pause)) for at, address in enumerate(addresses)
    )


def the_owner_is_heard(later: datetime) -> None:
    assert admit(EMAIL, HERE, "her mark", later).wait == 0
    assert admit(EMAIL, "203.0.113.9", None, later).wait == 0, "and from a network that was not part of it"


MOST = 30 + 60 + 3600 // ACCOUNT.longest


def test_ten_thousand_guesses_from_many_addresses_are_hardly_heard(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Counts(monkeypatch)
    assert heard_in_an_hour(10_000) <= MOST
    the_owner_is_heard(NOW + timedelta(hours=1))


def test_the_counters_of_the_database_count_the_same(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """With REZONANS_LONG the whole of the above, else of some of it."""
    guesses = 10_000 if os.environ.get("REZONANS_LONG") else 300
    heard = heard_in_an_hour(guesses)
    the_owner_is_heard(NOW + timedelta(hours=1))
    Counts(monkeypatch)
    assert heard_in_an_hour(guesses) == heard <= MOST
