"""Does a request come from this very machine? (security.md B6)"""

from flask import Request

from config import is_loopback

FORWARDED = (
    "Forwarded",
    "Via",
    "X-Real-Ip",
    "X-Real-Port",
    "X-Original-Forwarded-For",
    "True-Client-Ip",
    "Cf-Connecting-Ip",
    "Cdn-Loop",
)


def is_local(request: Request) -> bool:
    """A loopback peer, a loopback Host, and no sign of a proxy: behind a local proxy every peer is 127.0.0.1."""
    host = request.host.rsplit(":", 1)[0] if not request.host.startswith("[") else request.host.split("]")[0] + "]"
    peer = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR") or request.remote_addr or ""
    return is_loopback(peer) and is_loopback(host) and not _is_handed_on(request)


def _is_handed_on(request: Request) -> bool:
    """By its headers; or by its protocol, which no browser has spoken for long, and a proxy that adds no header may."""
    named = any(name in request.headers for name in FORWARDED)
    begun = any(name.lower().startswith("x-forwarded-") for name in request.headers.keys())  # noqa: SIM118 (pairs else)
    return named or begun or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
