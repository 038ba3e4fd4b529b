"""What holds for every page: words, when a session was last seen, and who must sign in first."""

from typing import Any

from flask import Response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from app.core import clock
from app.core.database import writing
from app.core.reader import reader
from app.core.redirects import path_of, safe_next
from app.extensions import db, login
from app.people.actions.sessions import mark_seen
from app.people.queries import SEEN_STEP
from app.people.views.blueprint import bp
from app.people.wording.names import KINDS, ROLES


@bp.app_context_processor
def words() -> dict[str, Any]:
    return {"role_words": ROLES, "kind_words": KINDS}


@bp.before_app_request
def remember_presence() -> None:
    person = reader()
    if request.endpoint in (None, "static") or not person.is_authenticated:
        return
    session, now = person.current, clock.now()
    if session.seen_at >= now - SEEN_STEP:
        return
    session_id = session.id
    db.session.rollback()
    try:
        with writing():
            mark_seen(session_id, now)
            db.session.commit()
    except OperationalError:
        db.session.rollback()  # somebody holds the lock for long; the next page will say it


@bp.record_once
def ask_strangers(_state: BlueprintSetupState) -> None:
    login.unauthorized_handler(ask_to_sign_in)
    login.needs_refresh_handler(ask_for_password)


def ask_to_sign_in() -> ResponseReturnValue:
    return send_to("people.sign_in")


def ask_for_password() -> ResponseReturnValue:
    return send_to("people.confirm_password")


def send_to(endpoint: str) -> ResponseReturnValue:
    """Back to the page that was open: the browser kept there what was typed. A fragment cannot follow a redirect."""
    target = safe_next(_page_of_request(), "")
    url = url_for(endpoint, next=target or None)
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": url})
    return redirect(url)


def _page_of_request() -> str:
    if "HX-Request" in request.headers:
        return path_of(request.headers.get("HX-Current-URL", ""), request.host)
    if request.method == "GET":
        return request.full_path.removesuffix("?")
    return path_of(request.referrer or "", request.host)
