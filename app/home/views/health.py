"""For machines: does the process live, and may it serve?"""

from flask.typing import ResponseReturnValue

from app.core.permissions import public
from app.home.queries.health import readiness
from app.home.views.blueprint import bp


@bp.route("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"status": "alive"}


@bp.route("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Names of what is missing, no details: strangers may ask."""
    missing = [check.name for check in readiness() if not check.is_well]
    return ({"status": "not ready", "missing": missing}, 503) if missing else {"status": "ready"}
