"""Where the API lies, and that no cookie reaches it (security.md B3)."""

import secrets
from typing import Any

from flask import Flask, Request, Response, g, has_request_context, request
from flask.sessions import NullSession, SecureCookieSessionInterface, SessionMixin

PREFIX = "/api/v1"
ROOT = "/api/"


def is_api() -> bool:
    """Whether this request asks for the API, also where nothing is offered."""
    return has_request_context() and request.path.startswith(ROOT)


def request_id() -> str:
    """By which the log knows this call; ours, so that nobody writes theirs into it."""
    return str(g.setdefault("request_id", secrets.token_hex(8)))


class EmptySession(NullSession):
    """Nothing was read into it, and nothing can be put there: a program has no browser that would bring it back."""


class Sessions(SecureCookieSessionInterface):
    """Pages have sessions; the API neither reads a cookie nor sets one, so nobody's browser can be made to call it."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:  # type: ignore[override]
        return EmptySession() if request.path.startswith(ROOT) else super().open_session(app, request)

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        if not isinstance(session, EmptySession):
            super().save_session(app, session, response)
