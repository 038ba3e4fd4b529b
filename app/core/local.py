"""Does a request come from this very machine? (security.md B6)"""

from flask import Request

from config import is_loopback

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def is_local(request: Request) -> bool:
    """A loopback peer, a loopback Host, and no sign of a proxy: behind a local proxy every peer is 127.0.0.1."""
    host = request.host.rsplit(":", 1)[0] if not request.host.startswith("[") else request.host.split("]")[0] + "]"
    peer = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR") or request.remote_addr or ""
    return is_loopback(peer) and is_loopback(host) and not any(name in request.headers for name in FORWARDED)
