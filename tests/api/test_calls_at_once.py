"""Many calls at the same moment: each is counted, by whichever process, and no more than the limit are answered."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask

from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.people.actions.tokens import count_call
from app.people.models import ApiToken
from config import BOUNDS
from tests.api.caller import token_for
from tests.at_once import committed, together
from tests.cast import make_cast

NOON = datetime.fromisoformat("2026-11-22T12:00:30+00:00")


@pytest.fixture
def token(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with committed(app):
        yield token_for(make_cast().ewa)[1]


def calls(app: Flask, token: str, times: int) -> list[int]:
    headers = {"Authorization": f"Bearer {token}"}
    return [app.test_client().get("/api/v1/units/none", headers=headers).status_code for _ in range(times)]


def test_of_many_calls_at_once_no_more_are_answered_than_the_limit(
    app: Flask, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BOUNDS, "api_calls", 13)
    answered = together(*[partial(calls, app, token, 6)] * 4)
    assert Counter(status for each in answered for status in each) == {404: 13, 429: 11}
    assert db.session.query(ApiToken.calls).scalar() == 24


def test_a_server_whose_clock_lags_does_not_begin_the_count_anew(app: Flask, token: str) -> None:
    counted = []
    for shift in (0, 30, 29, 31, 25, 40, 95, 0):  # seconds; the next minute begins after 30
        with writing():
            row = count_call(token, NOON + timedelta(seconds=shift))
            db.session.commit()
        assert row is not None
        counted.append((row.calls, row.minute_began_at.minute))
    lagging = [(1, 0), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert counted == [*lagging, (1, 2), (1, 0)], "a clock that went back for good counts by itself"
