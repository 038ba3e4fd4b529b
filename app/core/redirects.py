"""Where `next=` may lead: inside this house, to a page that exists (security.md E5)."""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def safe_next(target: str | None, fallback: str) -> str:
    return target if target and _is_ours(target) else fallback


def path_of(url: str, host: str) -> str:
    """Path and query of an address on this host, as a Referer names it; '' for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc != host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_ours(target: str) -> bool:
    """`urlsplit` alone would pass `/\\evil.example`, which browsers read as `//evil.example`."""
    if not target.startswith("/") or target[1:2] in ("/", "\\") or not _is_plain(target):
        return False
    try:
        current_app.url_map.bind("localhost").match(urlsplit(target).path, method="GET")
    except RequestRedirect as elsewhere:
        # Werkzeug folds `/x//y` by a redirect of its own; only the slash at the end is one of ours.
        return urlsplit(elsewhere.new_url).path == urlsplit(target).path + "/"
    except (HTTPException, ValueError):
        return False
    return True


def _is_plain(target: str) -> bool:
    """No control characters (browsers drop tabs and line breaks before they read the address), no backslash."""
    return not any(ord(char) < 32 or ord(char) == 127 or char == "\\" for char in target)
