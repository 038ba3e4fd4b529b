"""What every response says, word for word (security.md A4, D1-D3)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

from app import create_app
from app.core.assets import asset
from app.core.headers import CONTENT_POLICY
from config import Config
from tests.browser_check import Browser
from tests.cast import Cast

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)


def test_the_headers_are_the_ones_that_were_decided(browser: Browser) -> None:
    headers = browser.get("/healthz").headers
    assert headers["Content-Security-Policy"] == POLICY == CONTENT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=()"
    assert headers["Cache-Control"] == "no-store"
    assert "HX-Request" in headers["Vary"]
    assert "Strict-Transport-Security" not in headers


def secure_app(folder: Path, public_url: str) -> Flask:
    config = Config(
        database_url="sqlite://", data=folder, keys=folder, secret_key="k" * 43, public_url=public_url, testing=True
    )
    return create_app(config)


def test_https_is_asked_for_where_there_is_https(tmp_path: Path) -> None:
    app = secure_app(tmp_path, "https://intranet.example.org")
    response = app.test_client().get("/healthz", base_url="https://intranet.example.org")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-rezonans"
    assert app.config["SESSION_COOKIE_SECURE"] is True


def test_a_forged_host_is_refused(tmp_path: Path) -> None:
    app = secure_app(tmp_path, "https://intranet.example.org")
    assert app.test_client().get("/healthz", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize(
    ("public_url", "literal"),
    [
        ("", r"rezonans=[^;]+; HttpOnly; Path=/; SameSite=Lax"),
        ("https://intranet.example.org", r"__Host-rezonans=[^;]+; Secure; HttpOnly; Path=/; SameSite=Lax"),
    ],
)
def test_the_cookie_is_the_one_that_was_decided(tmp_path: Path, public_url: str, literal: str) -> None:
    """Plain on loopback, where browsers and scripts drop what is Secure."""
    app = secure_app(tmp_path, public_url)
    response = app.response_class()
    with app.test_request_context("/", base_url=public_url or "http://localhost"):
        opened = app.session_interface.open_session(app, request)
        assert opened is not None
        opened["halfway"] = "x"
        app.session_interface.save_session(app, opened, response)
    assert re.fullmatch(literal, response.headers["Set-Cookie"])


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_not_taken(cast: Cast, browser: Browser, site: str) -> None:
    browser.sign_in(cast.ewa)
    assert browser.post("/sign-out", headers={"Sec-Fetch-Site": site}).status_code == 403


def test_an_unknown_origin_is_not_taken_where_the_browser_says_nothing_else(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.ewa)
    assert browser.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403


KINDS_OF_ACTS = {"act": "move", "deed": "move", "text": "imprint"}


def test_every_unsafe_route_wants_a_token(app: Flask, cast: Cast, browser: Browser) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        browser.sign_in(cast.adam)
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or set()):
                address = rule.build(dict.fromkeys(rule.arguments, 1) | KINDS_OF_ACTS, append_unknown=False)
                assert address is not None
                refused = 401 if rule.rule.startswith("/api/") else 400  # there a cookie opens nothing to begin with
                assert browser.post(address[1]).status_code == refused, rule.rule
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_bundles_carry_them_too_and_no_other_site_may_read_them(tmp_path: Path) -> None:
    app = secure_app(tmp_path, "")
    response = app.test_client().get(asset_address(app))
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers


def asset_address(app: Flask) -> str:
    with app.app_context():
        return asset("app.css")


def test_plain_http_beyond_this_machine_says_so_on_every_page(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "not encrypted" not in browser.sign_in(cast.ewa).get("/settings/").text
    exposed = replace(browser.app.config["REZONANS"], host="0.0.0.0", insecure_http=True)
    monkeypatch.setitem(browser.app.config, "REZONANS", exposed)
    assert "not encrypted" in browser.get("/settings/").text
