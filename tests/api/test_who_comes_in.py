"""What a token opens: its scopes and what its owner may do at that moment, whichever is less (security.md B3)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, company_time
from app.core.permissions import Permission, Role
from app.extensions import db
from app.people.actions.tokens import MOST_LIVING, Wish, make_token, revoke_token
from app.people.credentials.api_tokens import sum_of
from app.people.jobs import forget_sessions
from app.people.models import ApiToken, Grant
from config import BOUNDS
from tests.api.caller import Caller, caller_for, problem_of, token_for
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_account, make_grant

P = Permission
PATHS = ("/units", "/units/N1", "/employees", "/employees/1", "/impact/units/N1")


def test_a_token_opens_what_its_scopes_name(browser: Browser, cast: Cast) -> None:
    caller = caller_for(browser, cast.ewa, [P.UNIT_READ])
    assert caller.get("/units").status_code == 200
    refused = caller.get("/impact/units/N1")
    assert problem_of(refused) == (403, "scope-missing")
    assert refused.get_json()["scope"] == "impact:read"
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]


def test_a_scope_without_the_right_opens_nothing(browser: Browser, cast: Cast) -> None:
    guest = make_account("guest@example.org")
    refused = caller_for(browser, guest).get("/impact/units/N1")
    assert problem_of(refused) == (403, "right-missing")
    assert refused.get_json()["permission"] == "impact:read"


def test_an_owner_who_is_demoted_is_refused_with_the_next_call(browser: Browser, cast: Cast) -> None:
    guest = make_account("guest@example.org")
    grant = make_grant(guest, Role.LEADERSHIP, cast.company)
    caller = caller_for(browser, guest)
    assert caller.get("/impact/units/S1").status_code == 200
    db.session.delete(db.session.get_one(Grant, grant.id))
    assert problem_of(caller.get("/impact/units/S1")) == (403, "right-missing")


@pytest.mark.parametrize("fate", ["left", "shut out", "ended", "revoked"])
def test_a_token_that_is_over_opens_nothing(browser: Browser, cast: Cast, fate: str) -> None:
    row, token = token_for(cast.ewa)
    caller = Caller(browser, token)
    assert caller.get("/units").status_code == 200
    row = db.session.get_one(ApiToken, row.id)
    if fate == "left":
        assert cast.ewa.employee is not None
        cast.ewa.employee.ends_on = company_time.today()
    elif fate == "shut out":
        cast.ewa.disabled_at = clock.now()
    elif fate == "ended":
        row.ends_at = clock.now()
    else:
        revoke_token(row, now=clock.now(), actor_id=cast.ewa.id)
    for path in PATHS:
        answer = caller.get(path)
        assert problem_of(answer) == (401, "token-invalid"), path
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_the_header_is_the_only_door(browser: Browser, cast: Cast) -> None:
    _row, token = token_for(cast.adam)
    stranger = Caller(browser)
    for query in (f"?access_token={token}", f"?token={token}", f"?Authorization=Bearer%20{token}"):
        assert problem_of(stranger.get(f"/units{query}")) == (401, "token-missing")
    browser.client.set_cookie("token", token)
    assert problem_of(stranger.get("/units")) == (401, "token-missing")
    assert problem_of(stranger.get("/units", headers={"Authorization": f"Basic {token}"})) == (401, "token-missing")


def test_a_cookie_is_neither_read_nor_set(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    for path in PATHS:
        answer = Caller(browser).get(path)
        assert problem_of(answer) == (401, "token-missing"), path
        assert "Set-Cookie" not in answer.headers
    # Ewa's token beside the administrator's cookie is Ewa's.
    assert problem_of(caller_for(browser, cast.ewa).get("/impact/units/S1")) == (404, "not-found")
    assert browser.get("/settings/").status_code == 200, "and the cookie is good for pages still"


@pytest.mark.parametrize(
    "token",
    ["", "x", "rez_", "rez_" + "x" * 43 + "00000000", "rez_" + "ż" * 51, "rez_\0" + "x" * 50, "x" * 100_000, "Bearer"],
)
def test_nonsense_opens_nothing_and_asks_nobody(browser: Browser, cast: Cast, token: str) -> None:
    answer = browser.get("/api/v1/units", headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")})
    assert answer.status_code == 401
    assert browser.queries == []


def test_one_that_was_made_up_well_opens_nothing(browser: Browser, cast: Cast) -> None:
    guessed = "rez_" + "A" * 43
    assert problem_of(Caller(browser, guessed + sum_of(guessed)).get("/units")) == (401, "token-invalid")


def test_the_table_opens_nothing(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa)
    kept = [str(value) for value in db.session.execute(sa.select(ApiToken.__table__)).one()]
    assert not [value for value in kept if token[4:44] in value]
    assert len(token) == len("rez_") + 43 + 8
    assert len(row.token_hash) == 32


def test_the_last_use_is_kept_to_the_hour(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa)
    assert row.used_at is None
    Caller(browser, token).get("/units")
    used_at = db.session.get_one(ApiToken, row.id).used_at
    assert used_at == clock.now().replace(minute=0, second=0, microsecond=0)


def test_calls_are_limited_by_the_minute(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BOUNDS, "api_calls", 2)
    noon = clock.now().replace(second=10, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: noon)
    caller, another = caller_for(browser, cast.ewa), caller_for(browser, cast.marek)
    answers = [caller.get("/units") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit"] for answer in answers] == [f'"token";r={left};t=50' for left in (1, 0, 0)]
    assert problem_of(answers[2]) == (429, "rate-limited")
    assert answers[2].headers["Retry-After"] == "50"
    assert another.get("/units").status_code == 200, "each token has its own count"
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=50))
    assert caller.get("/units").status_code == 200


def test_refused_calls_count_too(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BOUNDS, "api_calls", 1)
    caller = caller_for(browser, cast.ewa, [P.UNIT_READ])
    caller.get("/impact/units/N1")
    assert caller.get("/impact/units/N1").status_code == 429


def test_a_token_is_refused_to_who_has_too_many(cast: Cast) -> None:
    wish = Wish("a program", [P.UNIT_READ], 1)
    for _ in range(MOST_LIVING):
        make_token(cast.ewa, wish, now=clock.now(), actor_id=None)
    with pytest.raises(Exception, match="50 tokens"):
        make_token(cast.ewa, wish, now=clock.now(), actor_id=None)


@pytest.mark.parametrize(("scopes", "days", "name"), [([], 1, "x"), ([P.UNIT_READ], 0, "x"), ([P.UNIT_READ], 366, "x"),
                                                      ([P.UNIT_READ], 1, " ")])  # fmt: skip
def test_a_token_without_bounds_is_not_made(cast: Cast, scopes: list[Permission], days: int, name: str) -> None:
    with pytest.raises(Exception, match="at least one scope"):
        make_token(cast.ewa, Wish(name, scopes, days), now=clock.now(), actor_id=None)
    assert db.session.scalars(sa.select(ApiToken)).all() == []


def test_a_permission_that_is_no_more_opens_nothing(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa)
    row.scopes = "unit:read no:such"
    assert Caller(browser, token).get("/units").status_code == 200


def test_what_has_long_been_over_is_forgotten(cast: Cast) -> None:
    row, _token = token_for(cast.ewa)
    kept, _token = token_for(cast.ewa)
    revoke_token(row, now=clock.now() - timedelta(days=91), actor_id=None)
    forget_sessions()
    assert db.session.scalars(sa.select(ApiToken.id)).all() == [kept.id]


def test_an_owner_who_came_by_a_token_may_no_more_than_its_scopes(cast: Cast) -> None:
    """Asked anywhere behind the door too, not only at it."""
    assert cast.adam.may(P.SETTING_EDIT)
    cast.adam.scopes = frozenset({P.UNIT_READ})
    assert cast.adam.may(P.UNIT_READ)
    assert not cast.adam.may(P.SETTING_EDIT)
    assert not cast.adam.may(P.ACCOUNT_USE), "not even what everybody may"
