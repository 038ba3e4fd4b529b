"""What customers say of a unit: scores, touchpoints, and their own words."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.core.errors import one_or_404
from app.core.navigation import Destination
from app.core.permissions import Permission, require
from app.people.models import Unit
from app.people.queries import path_to
from app.voice import queries, wording
from app.voice.models import Metric

bp = Blueprint("voice", __name__, url_prefix="/voice")
NAVIGATION = [Destination("voice.show_mine", _l("Customers"), "comment", Permission.IMPACT_READ, rank=40)]


@bp.route("/")
@require(Permission.IMPACT_READ)
def show_mine() -> ResponseReturnValue:
    mine = queries.first_unit(Unit.visible_to(current_user, Permission.IMPACT_READ))
    if mine is None:
        abort(404)
    return redirect(url_for(".show_unit", unit_id=mine.id))


@bp.route("/units/<int:unit_id>")
@require(Permission.IMPACT_READ)
def show_unit(unit_id: int) -> ResponseReturnValue:
    reached = Unit.visible_to(current_user, Permission.IMPACT_READ)
    unit = one_or_404(reached.where(Unit.id == unit_id))
    heard = queries.heard_by_quarter(unit.id)
    nps = heard.get(Metric.NPS, {})
    newest = max(nps, default=None)
    touchpoints = queries.heard_by_touchpoint(unit.id, Metric.NPS, newest) if newest else []
    return render_template(
        "voice/unit.html",
        unit=unit,
        path=path_to(unit),
        cards=[wording.card(metric, quarters) for metric, quarters in sorted(heard.items(), reverse=True)],
        history=wording.history(Metric.NPS, nps),
        touchpoints=wording.touchpoint_lines(Metric.NPS, touchpoints),
        means=wording.mean_lines(queries.means_of(unit.id)),
        comments=queries.latest_comments(unit.id),
    )
