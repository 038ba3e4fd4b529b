"""My tokens: made, shown once, listed with their last use, revoked."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core import clock, installation
from app.core.api.offers import scopes_offered
from app.core.audit import AuditEntry, AuditValue
from app.core.permission_words import SCOPES
from app.core.permissions import Permission
from app.extensions import db
from app.people.models import AccountSession, ApiToken
from tests.api.caller import Caller, token_for
from tests.browser_check import Browser
from tests.cast import Cast

NEW = "/settings/tokens/new"


def tokens() -> list[ApiToken]:
    return list(db.session.scalars(sa.select(ApiToken).order_by(ApiToken.id)))


def make(browser: Browser, path: str = NEW, **changed: Any) -> TestResponse:
    given = {"name": "Nightly reading", "scopes": ["unit:read"], "days": "30"} | changed
    return browser.post(path, data=given)


def shown_in(page: TestResponse) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def test_a_token_is_made_shown_once_and_opens_what_was_chosen(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ewa)
    page = make(browser)
    assert page.status_code == 200
    token = shown_in(page)
    assert token not in browser.get("/settings/tokens").text
    caller = Caller(browser, token)
    assert caller.get("/units").status_code == 200
    assert caller.get("/employees").status_code == 403
    row = tokens()[0]
    assert (row.account_id, row.created_by_id, row.scopes) == (cast.ewa.id, cast.ewa.id, "unit:read")
    assert row.ends_at - row.created_at == timedelta(days=30)


def test_what_was_done_stands_in_the_log_without_the_secret(browser: Browser, cast: Cast) -> None:
    token = shown_in(make(browser.sign_in(cast.ewa)))
    browser.post(f"/settings/tokens/{tokens()[0].id}/revocation")
    acts = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.like("token.%"))).all()
    assert acts == ["token.created", "token.revoked"]
    assert not [each for each in db.session.scalars(sa.select(AuditValue.after)) if each and token[4:40] in each]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""}, {"name": "x" * 81}, {"scopes": []}, {"scopes": ["setting:edit"]}, {"scopes": ["no:such"]},
        {"days": "0"}, {"days": "366"}, {"days": "x"}, {"days": "9" * 400},
    ],
)  # fmt: skip
def test_what_does_not_fit_makes_nothing_and_is_kept(browser: Browser, cast: Cast, changed: dict[str, Any]) -> None:
    page = make(browser.sign_in(cast.adam), **changed)
    assert page.status_code == 422
    assert tokens() == []
    if "name" not in changed:
        assert "Nightly reading" in page.text


def test_only_scopes_that_i_hold_are_offered(browser: Browser, cast: Cast) -> None:
    assert 'value="impact:read"' in browser.sign_in(cast.ewa).get(NEW).text
    cast.ewa.employee_id, cast.ewa.email = None, "ewa@example.org"  # somebody who does not work here any more
    assert 'value="impact:read"' not in browser.get(NEW).text
    assert make(browser, scopes=["impact:read"]).status_code == 422


def test_every_scope_has_words(app: object, browser: Browser, cast: Cast) -> None:
    with browser.app.test_request_context():
        assert scopes_offered() == frozenset(SCOPES)


def test_the_password_is_asked_again(browser: Browser, cast: Cast) -> None:
    row, _token = token_for(cast.ewa)
    browser.sign_in(cast.ewa)
    for session in db.session.scalars(sa.select(AccountSession)):
        session.signed_in_at = clock.now() - timedelta(hours=1)
    for answer in (browser.get(NEW), make(browser), browser.post(f"/settings/tokens/{row.id}/revocation")):
        assert "/sign-in/confirmation" in (answer.location or "")
    assert len(tokens()) == 1
    assert tokens()[0].revoked_at is None


def test_they_are_listed_with_their_last_use(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa, [Permission.UNIT_READ])
    ended, _token = token_for(cast.ewa, [Permission.UNIT_READ])
    ended.created_at, ended.ends_at = clock.now() - timedelta(days=9), clock.now() - timedelta(days=2)
    browser.sign_in(cast.ewa)
    assert browser.get("/settings/tokens").text.count("never used") == 2
    Caller(browser, token).get("/units")
    page = browser.get("/settings/tokens").text
    assert page.count("last used") == 1
    hour = clock.now().astimezone(ZoneInfo("Europe/Warsaw")).replace(minute=0)
    assert f"{hour:%H:%M}–{hour + timedelta(hours=1):%H:%M}" in page, (
        "its beginning alone may lie before the token was made"
    )
    assert page.count("ended ") == 1
    assert f"/settings/tokens/{row.id}/revocation" in page
    assert f"/settings/tokens/{ended.id}/revocation" not in page


def test_a_revoked_one_opens_nothing_and_twice_is_once(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa)
    browser.sign_in(cast.ewa)
    for _ in range(2):
        assert browser.post(f"/settings/tokens/{row.id}/revocation").location == "/settings/tokens"
    assert Caller(browser, token).get("/units").status_code == 401
    revoked = sa.select(sa.func.count()).where(AuditEntry.action == "token.revoked")
    assert db.session.scalar(revoked) == 1


def test_nobody_revokes_the_token_of_another(browser: Browser, cast: Cast) -> None:
    row, token = token_for(cast.ewa)
    assert browser.sign_in(cast.adam).post(f"/settings/tokens/{row.id}/revocation").status_code == 404
    assert Caller(browser, token).get("/units").status_code == 200


@pytest.mark.parametrize("path", ["/settings/tokens", NEW, "/settings/api-help"])
def test_strangers_sign_in_first(browser: Browser, cast: Cast, path: str) -> None:
    assert browser.get(path).location == f"/sign-in?next={path}"


def test_the_empty_page_says_what_a_token_is_for(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.ewa).get("/settings/tokens").text
    assert "No tokens yet" in page


def test_the_help_names_every_kind_of_problem(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.ewa).get("/settings/api-help").text
    for kind in ("token-invalid", "scope-missing", "invalid-request", "rate-limited"):
        assert f'id="{kind}"' in page


def test_in_the_demo_a_token_is_of_the_demo(browser: Browser, cast: Cast) -> None:
    db.session.get_one(installation.Installation, 1).kind = installation.InstallationKind.DEMO
    assert make(browser.sign_in(cast.ewa)).status_code == 200


def test_days_of_a_token_are_those_of_the_reader(browser: Browser, cast: Cast) -> None:
    row, _token = token_for(cast.ewa, [Permission.UNIT_READ])
    row.created_at = datetime(2031, 3, 1, tzinfo=UTC)
    row.ends_at = datetime(2031, 3, 9, 23, 30, tzinfo=UTC)  # half past midnight in Warsaw
    assert "in force until 10 Mar 2031" in browser.sign_in(cast.ewa).get("/settings/tokens").text
