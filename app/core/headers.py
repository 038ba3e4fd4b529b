"""What every response says to the browser (security.md D1, D2)."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def always(*, https: bool) -> dict[str, str]:
    return {**ALWAYS, **HTTPS_ONLY} if https else ALWAYS


def file_headers(*, https: bool) -> Callable[[Any, str, str], None]:
    """The same for the built bundles, which are served before Flask is asked."""

    def add(headers: Any, _path: str, _url: str) -> None:
        for name, value in always(https=https).items():
            headers[name] = value

    return add


def bind_headers(app: Flask, *, https: bool) -> None:
    headers = always(https=https)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers[name] = value
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
            response.vary.add("HX-Request")
        return response


class OtherSite(Forbidden):
    """A form that was sent from somebody else's page."""


def bind_fetch_check(app: Flask) -> None:
    """A second lock beside the CSRF token: the browser itself says where an unsafe request came from."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            allowed = site in ("same-origin", "none")
        else:
            origin = request.headers.get("Origin")
            allowed = origin is None or origin == request.host_url.rstrip("/")
        if not allowed:
            raise OtherSite
