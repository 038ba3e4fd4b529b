"""What the API offers: views behind a token, a permission, and the shapes of question and answer.

`@offer(Permission.UNIT_READ, answer="Unit")` beside a route is what `@require` is for pages: the same permissions, the
same lines in tests/access.txt, with the word `token` behind them. Shapes are named, and lie in the feature's `shapes`.
"""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, NamedTuple, Protocol

from flask import current_app, g, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from app.core import clock
from app.core.api.document import checked
from app.core.api.problems import ScopeMissing, TokenRefused
from app.core.api.terms import OFFER, Offer
from app.core.kinds import kinds_by_name
from app.core.permissions import GUARD, NotAllowed, Permission, View
from app.extensions import login
from config import BOUNDS

WINDOW = timedelta(minutes=1)


class Owner(Protocol):
    """Whose token it is, as far as the frame must know."""

    scopes: frozenset[Permission] | None

    def may(self, permission: Permission | str) -> bool: ...


class Call(NamedTuple):
    """One call that a token has let in: by whom, and the how manieth of its minute it is."""

    owner: Owner
    number: int
    minute_began_at: datetime


Admit = Callable[[str, datetime], Call | None]


def offer(permission: Permission, *, answer: str, **more: Any) -> Callable[[View], View]:
    """Only with a token of this scope, whose owner holds this permission somewhere today. `more`: as in `Offer`."""

    def guard(view: View) -> View:
        offered = Offer(view, permission, answer, **more)

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            let_in(permission)
            return checked(offered)(*args, **kwargs)

        setattr(guarded, GUARD, f"{permission} token")
        setattr(guarded, OFFER, offered)
        return guarded

    return guard


def let_in(permission: Permission) -> None:
    """By the header alone: an address is kept in logs and histories, a cookie is sent by whatever page is open."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenRefused("token-missing")
    call = current_app.extensions["admit_token"](token.strip(), clock.now())
    if call is None:
        raise TokenRefused("token-invalid")
    _count(call)
    login._update_request_context_with_user(call.owner)
    refuse_beyond(permission)


def refuse_beyond(permission: Permission) -> None:
    """What the token's scopes do not name, or its owner does not hold anywhere today."""
    if permission not in (current_user.scopes or ()):
        raise ScopeMissing(permission)
    if not current_user.may(permission):
        raise NotAllowed(permission)


def _count(call: Call) -> None:
    ends = math.ceil((call.minute_began_at + WINDOW - clock.now()).total_seconds())
    seconds = min(max(ends, 1), math.ceil(WINDOW.total_seconds()))  # a clock that jumped makes nobody wait longer
    g.rate = max(BOUNDS["api_calls"] - call.number, 0), seconds
    if call.number > BOUNDS["api_calls"]:
        raise TooManyRequests(retry_after=seconds)


def scopes_offered() -> frozenset[Permission]:
    """What a token can be good for: the permissions that some route of the API asks for, and each kind of import."""
    views = (getattr(view, OFFER, None) for view in current_app.view_functions.values())
    kinds = {kind.permission for kind in kinds_by_name().values()}
    return frozenset(each.permission for each in views if each is not None) | kinds
