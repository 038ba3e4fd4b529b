"""Tokens as their pages list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.formats import day, hour
from app.core.texts import _
from app.people.models import ApiToken


@dataclass(frozen=True)
class TokenRow:
    id: int
    name: str
    scopes: str
    used: str
    state: str
    is_in_force: bool


def token_rows(tokens: Iterable[ApiToken], now: datetime) -> list[TokenRow]:
    return [
        TokenRow(each.id, each.name, each.scopes, _used(each), _state(each, now), each.holds_at(now)) for each in tokens
    ]


def _used(token: ApiToken) -> str:
    return _("last used %(time)s", time=hour(token.used_at)) if token.used_at else _("never used")


def _state(token: ApiToken, now: datetime) -> str:
    if token.revoked_at is not None:
        return _("revoked %(day)s", day=day(token.revoked_at))
    if token.ends_at <= now:
        return _("ended %(day)s", day=day(token.ends_at))
    return _("in force until %(day)s", day=day(token.ends_at))
