"""Binds the frame to the application: sessions that pass the API by, and what each of its answers carries."""

import json

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue

from app.core.api.document import document
from app.core.api.offers import WINDOW, Admit
from app.core.api.place import PREFIX, Sessions, is_api, request_id
from app.core.permissions import public
from config import BOUNDS

bp = Blueprint("api", __name__, url_prefix=PREFIX)


@bp.route("/openapi.json")
@public
def show_document() -> ResponseReturnValue:
    """The description of the API. It names no row, so everybody may read it."""
    return Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")


def bind_api(app: Flask, admit: Admit) -> None:
    """`admit` tells whose token it is, and counts the call: it belongs to the feature that keeps tokens."""
    app.session_interface = Sessions()
    app.extensions["admit_token"] = admit
    app.register_blueprint(bp)

    @app.after_request
    def mark_answer(response: Response) -> Response:
        return _marked(response) if is_api() else response


def _marked(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    if rate := g.get("rate"):
        remaining, seconds = rate
        response.headers["RateLimit-Policy"] = f'"token";q={BOUNDS["api_calls"]};w={int(WINDOW.total_seconds())}'
        response.headers["RateLimit"] = f'"token";r={remaining};t={seconds}'
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
