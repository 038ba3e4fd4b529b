"""Many sign in at the same moment: each attempt counts, and none ends with a fault."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.database import writing
from app.extensions import db
from app.people.actions.guessing import PAIR, admit, forget_old, forgive
from app.people.models import SignInFailure
from tests.at_once import committed, together

NOW = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
EMAIL, HERE = "ewa@example.org", "192.0.2.7"
ROUNDS = 60


@pytest.fixture
def shared(app: Flask) -> Iterator[None]:
    with committed(app):
        yield


def guesses(app: Flask, times: int, *, right: bool = False) -> int:
    """As the page does it: counted and committed, then the password is looked at. Returns how many were heard."""
    heard = 0
    for _ in range(times):
        with app.app_context(), writing():
            attempt = admit(EMAIL, HERE, None, NOW)
            db.session.commit()
            heard += not attempt.wait
            if right:
                forgive(attempt)
                db.session.commit()
    return heard


def night(app: Flask) -> None:
    for _ in range(ROUNDS):
        with app.app_context(), writing():
            forget_old(datetime.max.replace(tzinfo=NOW.tzinfo))
            db.session.commit()


def test_of_many_guesses_at_once_no_more_are_heard_than_one_after_another(app: Flask, shared: None) -> None:
    heard = together(*[partial(guesses, app, 4)] * 4)
    assert sum(heard) == PAIR.free
    assert db.session.scalars(sa.select(SignInFailure.count)).all() == [PAIR.free] * 3


def test_who_signs_in_twice_at_once_is_not_answered_with_a_fault(app: Flask, shared: None) -> None:
    right = partial(guesses, app, ROUNDS, right=True)
    heard = together(right, right, right)
    assert sum(heard) == 3 * ROUNDS
    assert not any(db.session.scalars(sa.select(SignInFailure.count)))


def test_the_night_takes_old_counts_from_under_nobody(app: Flask, shared: None) -> None:
    together(partial(guesses, app, ROUNDS, right=True), partial(night, app))
