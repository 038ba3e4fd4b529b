"""Where `next=` may lead: inside this house, to a page that exists (security.md E5)."""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def safe_next(target: str | None, fallback: str) -> str:
    return target if target and _is_ours(target) else fallback


def _is_ours(target: str) -> bool:
    if not target.startswith("/") or target[1:2] in ("/", "\\") or any(ord(char) < 32 for char in target):
        return False
    try:
        current_app.url_map.bind("localhost").match(urlsplit(target).path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
