"""Undoing a whole import: what would be taken back and what not, and the button."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import Refused
from app.core.permissions import Permission, require
from app.imports import wording
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of, later_over, refuse_not_undoable
from app.imports.views.blueprint import bp, import_to_act_on
from app.imports.views.progress import begin


@bp.route("/<int:import_id>/undo")
@require(Permission.IMPORT_USE)
def confirm_undo(import_id: int) -> ResponseReturnValue:
    import_ = import_to_act_on(import_id)
    refuse_not_undoable(import_)
    forecast = forecast_of(import_, actor_id=current_user.id, now=clock.now())
    if forecast.refusal is not None:
        raise Refused(forecast.refusal.text())
    told = {"forecast": forecast, "seen": fingerprint(forecast), "later": later_over(import_)}
    return render_template("imports/undo.html", import_=import_, wording=wording, **told)


@bp.route("/<int:import_id>/undo", methods=["POST"])
@require(Permission.IMPORT_USE)
def undo_import(import_id: int) -> ResponseReturnValue:
    import_ = import_to_act_on(import_id)
    begin_undo(import_, seen=request.form.get("seen", ""), actor_id=current_user.id, now=clock.now())
    return begin("imports.undo", import_)
