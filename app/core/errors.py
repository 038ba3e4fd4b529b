"""Refusals of the domain, and the pages that explain what went wrong."""

import secrets
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, force_locale
from flask_wtf.csrf import CSRFError
from sqlalchemy import Select
from werkzeug.exceptions import HTTPException, NotFound, SecurityError

from app.core.api.place import is_api, request_id
from app.core.api.problems import problem, problem_of
from app.core.headers import OtherSite
from app.core.permission_words import RIGHTS, Right
from app.core.permissions import NotAllowed, roles_with
from app.core.redirects import path_of, safe_next
from app.extensions import db
from config import LANGUAGES

Row = TypeVar("Row")
KEPT = ("Allow", "Retry-After")  # headers that a refusal needs
PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 503)


class Refused(Exception):
    """The domain says no. The sentence is for the person: what happened, what was kept, what to do."""

    def __init__(self, sentence: str | LazyString) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def one_or_404(rows: Select[Row]) -> Row:
    """The row, or 404: a stranger does not learn that it exists."""
    row = db.session.execute(rows).unique().scalars().one_or_none()
    if row is None:
        raise NotFound
    return row


def bind_errors(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(Exception, _unknown)


def _is_fragment() -> bool:
    """Asked for by htmx, to be put into a page that is open: there a whole page would have no place."""
    return "HX-Request" in request.headers and request.headers.get("HX-Request-Type") != "full"


def _template() -> str:
    return "errors/_words.html" if _is_fragment() else "errors/page.html"


def error_page(code: int, **words: Any) -> ResponseReturnValue:
    """Whole, or the words alone for a place in a page that is open."""
    return render_template(_template(), code=code, is_fragment=_is_fragment(), **words), code


def _refused(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    if is_api():
        return problem("conflict", detail=str(error))
    return error_page(409, sentence=str(error), back=_came_from())


def _came_from() -> str:
    """The page whose form was refused; nothing where it is this very address, or another's."""
    page = safe_next(path_of(request.referrer or "", request.host), "")
    return "" if page.split("?")[0] == request.path else page


def _expired_form(_error: Exception) -> ResponseReturnValue:
    return error_page(400, expired=True)


def _known(error: Exception) -> ResponseReturnValue:
    if is_api() and isinstance(error, HTTPException) and error.code and 400 <= error.code < 500:
        return _with_headers(problem_of(error), error)
    if isinstance(error, SecurityError):
        return _bare_page(400, is_strange_host=True), 400
    if isinstance(error, OtherSite):
        return _bare_page(403, is_other_site=True), 403
    assert isinstance(error, HTTPException)
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code >= 500 and error.code not in PAGES:
        return _unknown(error)
    if is_api():
        return _with_headers(problem_of(error), error)
    return _with_headers(make_response(error_page(error.code, **_needed(error))), error)


def _with_headers(answer: Response, error: HTTPException) -> Response:
    answer.headers.update((name, value) for name, value in error.get_headers() if name in KEPT)
    return answer


def _needed(error: HTTPException) -> dict[str, Any]:
    """What the person would have to hold, and which roles do: whom to ask follows from it."""
    if not isinstance(error, NotAllowed):
        return {}
    return {"right": RIGHTS.get(error.permission, Right()).refused, "roles": roles_with(error.permission)}


def _unknown(error: Exception) -> ResponseReturnValue:
    """An id for the person, the trace for the log; nothing of the one in the other."""
    incident = request_id() if is_api() else secrets.token_hex(4)
    structlog.get_logger().error("request.failed", incident=incident, endpoint=request.endpoint, exc_info=error)
    db.session.rollback()
    return problem("internal-error") if is_api() else (_bare_page(500, incident=incident), 500)


def _bare_page(code: int, **words: Any) -> str:
    """Without the words that pages are given: they ask the database, which may be what is down, or need an address."""
    language = request.accept_languages.best_match(LANGUAGES, "en") or "en"
    template = current_app.jinja_env.get_template(_template())
    with force_locale(language):
        return template.render(code=code, is_fragment=_is_fragment(), locale=language, request=request, **words)
