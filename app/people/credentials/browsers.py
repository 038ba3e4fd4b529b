"""Browsers: what we call them in a list, and which accounts they have signed in to before."""

import secrets
from contextlib import suppress
from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from app.core.keys import believed

MOST_ACCOUNTS = 8  # a shared till remembers its last few people

# The first that fits wins: Edge also says Chrome, and Chrome also says Safari.
PROGRAMS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "SamsungBrowser": "Samsung",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}


def words_for(user_agent: str) -> str:
    """ "Firefox, Windows": enough for its owner to know it again, and nothing that could be run or traced."""
    program = next((name for sign, name in PROGRAMS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    return ", ".join(word for word in (program, system) if word)


def mark_for(cookie: str | None, account_id: int) -> str | None:
    """The browser's mark when it has signed in to this account before. It only separates counts: it opens nothing."""
    known = _read(cookie)
    return str(known["mark"]) if account_id in known["accounts"] else None


def remember(cookie: str | None, account_id: int) -> str:
    known = _read(cookie)
    accounts = [account_id, *(other for other in known["accounts"] if other != account_id)][:MOST_ACCOUNTS]
    return str(_signer().dumps({"mark": known["mark"], "accounts": accounts}))


def _read(cookie: str | None) -> dict[str, Any]:
    if cookie:
        with suppress(BadSignature):
            known: dict[str, Any] = _signer().loads(cookie)
            return known
    return {"mark": secrets.token_urlsafe(12), "accounts": []}


def _signer() -> URLSafeSerializer:
    return _signer_with(tuple(believed("known browsers")))


@lru_cache(maxsize=8)
def _signer_with(keys: tuple[bytes, ...]) -> URLSafeSerializer:
    return URLSafeSerializer([*reversed(keys)])  # the last signs
