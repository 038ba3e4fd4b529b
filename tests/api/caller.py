"""A program that calls the API with a token."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from app.core import clock
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.tokens import Wish, make_token
from app.people.models import Account, ApiToken
from tests.browser_check import Browser

P = Permission
ALL = (P.UNIT_READ, P.EMPLOYEE_READ, P.IMPACT_READ)


def token_for(account: Account, scopes: Iterable[Permission] = ALL, days: int = 30) -> tuple[ApiToken, str]:
    made = make_token(account, Wish("a program", list(scopes), days), now=clock.now(), actor_id=account.id)
    made[0].created_at -= timedelta(minutes=1)
    db.session.commit()
    return made


class Caller:
    def __init__(self, browser: Browser, token: str = "") -> None:
        self.browser, self.token = browser, token

    def get(self, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        return self.browser.get(f"/api/v1{path}", headers=headers, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        return self.browser.post(f"/api/v1{path}", headers=headers, **options)

    def items(self, path: str) -> list[dict[str, Any]]:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.get_json()["items"]
        return found


def caller_for(browser: Browser, account: Account, scopes: Iterable[Permission] = ALL) -> Caller:
    return Caller(browser, token_for(account, scopes)[1])


def problem_of(answer: TestResponse) -> tuple[int, str]:
    """The status and the kind of problem, which must be told as RFC 9457 has it."""
    assert answer.mimetype == "application/problem+json", answer.text
    told = answer.get_json()
    assert told["status"] == answer.status_code
    assert told["request_id"] == answer.headers["X-Request-Id"]
    assert told["title"]
    return answer.status_code, told["type"].rpartition("#")[2]
