"""Problem details (RFC 9457): what a program is told instead of a page."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Response, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Forbidden, HTTPException, Unauthorized, UnprocessableEntity

from app.core.api.place import request_id
from app.core.permissions import NotAllowed, Permission

MEDIA_TYPE = "application/problem+json"
HELP = "/settings/api-help#"  # where people read what each kind of problem means

# Each kind of problem: its status, and what it is called.
KINDS: dict[str, tuple[int, LazyString]] = {
    "bad-request": (400, _l("This request cannot be understood")),
    "malformed-json": (400, _l("The body is not JSON, or a name stands twice in it")),
    "token-missing": (401, _l("A token is needed")),
    "token-invalid": (401, _l("This token opens nothing")),
    "scope-missing": (403, _l("The token's scopes do not reach so far")),
    "right-missing": (403, _l("The token's owner does not hold this right")),
    "forbidden": (403, _l("This is not allowed")),
    "not-found": (404, _l("There is nothing here")),
    "method-not-allowed": (405, _l("This address does not take this method")),
    "conflict": (409, _l("This cannot be done")),
    "too-large": (413, _l("The request is too large")),
    "unsupported-media-type": (415, _l("A body of this type is not taken here")),
    "invalid-request": (422, _l("Something in the request does not fit")),
    "unreadable-file": (422, _l("The file cannot be read as a table")),
    "rate-limited": (429, _l("Too many calls")),
    "internal-error": (500, _l("Something broke on our side")),
    "unavailable": (503, _l("Not available at the moment")),
}
_BY_STATUS = {status: code for code, (status, _title) in reversed(KINDS.items())} | {403: "forbidden"}


class TokenRefused(Unauthorized):
    """No token, or one that opens nothing (any more); which of the reasons it was is not told."""

    def __init__(self, problem: str) -> None:
        super().__init__()
        self.problem = problem


class ScopeMissing(Forbidden):
    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission


class BadBody(HTTPException):
    """What was sent cannot be read at all; `more` goes with the problem."""

    def __init__(self, problem: str, **more: Any) -> None:
        super().__init__()
        self.code, self.problem, self.more = KINDS[problem][0], problem, more


class Misfit(NamedTuple):
    """Where (`columns.code`), what ("This must be a text."), and in a body the pointer to it (`#/columns/code`)."""

    where: str
    what: str
    pointer: str = ""


class Invalid(UnprocessableEntity):
    """What does not fit, all of it at once."""

    def __init__(self, faults: Sequence[Misfit]) -> None:
        super().__init__()
        self.faults = faults


def problem(code: str, *, detail: str = "", **more: Any) -> Response:
    status, title = KINDS[code]
    told: dict[str, Any] = {"type": HELP + code, "title": str(title), "status": status}
    if detail:
        told["detail"] = detail
    told |= {**more, "request_id": request_id()}
    return Response(json.dumps(told, ensure_ascii=False), status, mimetype=MEDIA_TYPE)


def problem_of(error: HTTPException) -> Response:
    """What a known error is called here. Where it says more than its status, that goes with it."""
    if isinstance(error, TokenRefused):
        return _challenging(problem(error.problem), error.problem == "token-invalid" and 'error="invalid_token"')
    if isinstance(error, ScopeMissing):
        told = problem("scope-missing", scope=str(error.permission))
        return _challenging(told, f'error="insufficient_scope", scope="{error.permission}"')
    if isinstance(error, NotAllowed):
        return problem("right-missing", permission=str(error.permission))
    if isinstance(error, Invalid):
        return problem("invalid-request", errors=[_told(fault) for fault in error.faults])
    if isinstance(error, BadBody):
        return problem(error.problem, **error.more)
    return problem(_code_for(error.code or 500))


def _told(fault: Misfit) -> dict[str, str]:
    return {name: value for name, value in fault._asdict().items() if value or name != "pointer"}


def _code_for(status: int) -> str:
    return _BY_STATUS.get(status, "bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "unavailable")


def _challenging(response: Response, parameters: str | bool) -> Response:
    response.headers["WWW-Authenticate"] = f'Bearer realm="{request.host}"' + (f", {parameters}" if parameters else "")
    return response
