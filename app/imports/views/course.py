"""From the dry run to the end: what was found, what is accepted, what came in."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.kinds import kinds_by_name
from app.core.permissions import Permission, require
from app.core.tables import csv_response
from app.core.timer import is_ticking
from app.extensions import db
from app.imports import wording
from app.imports.actions.course import accept, forget_file, set_aside
from app.imports.actions.undoing import barred_from_undo
from app.imports.models import DataImport, ImportStatus
from app.imports.queries import count_names_waiting_in, done_before, refusals_of
from app.imports.views.blueprint import bp, import_to_act_on, import_to_see, may_look_into, refuse_to_look_into
from app.imports.views.progress import begin

PAGES = {
    ImportStatus.DONE: "imports/done.html",
    ImportStatus.UNDOING: "imports/undone.html",
    ImportStatus.UNDONE: "imports/undone.html",
}


@bp.route("/<int:import_id>")
@require(Permission.IMPORT_USE)
def show_import(import_id: int) -> ResponseReturnValue:
    import_ = import_to_see(import_id)
    if import_.status is ImportStatus.UPLOADED:
        return redirect(url_for(".edit_mapping", import_id=import_id))
    if not may_look_into(import_):
        return render_template("imports/private.html", import_=import_, wording=wording, **_may_undo(import_))
    if import_.is_at_work:
        is_worked_on = is_ticking(clock.now())
        return render_template("imports/progress.html", import_=import_, wording=wording, is_worked_on=is_worked_on)
    return _show_findings(import_)


def _show_findings(import_: DataImport) -> ResponseReturnValue:
    page = PAGES.get(import_.status, "imports/check.html")
    refusals = db.paginate(refusals_of(import_), per_page=50, max_per_page=50)
    earlier = done_before(import_) if import_.status is ImportStatus.CHECKED else None
    labels = _labels(import_)
    names = count_names_waiting_in(import_.id) if import_.waiting_count else 0
    words = {"names": names, "wording": wording, "labels": labels, "earlier": earlier, "shown_at": _shown_at(import_)}
    words["outside"] = wording.outside_words(import_)
    return render_template(page, import_=import_, refusals=refusals, **words, **_may_undo(import_))


def _labels(import_: DataImport) -> dict[str, str]:
    """What our columns are called on the screen."""
    kind = kinds_by_name().get(import_.kind)
    return {column.name: str(column.label) for column in kind.columns} if kind else {}


def _may_undo(import_: DataImport) -> dict[str, Any]:
    kind = kinds_by_name().get(import_.kind)
    may = bool(kind and kind.undoing and current_user.may(kind.permission))
    is_asked = may and import_.may_be_undone
    barred = barred_from_undo(import_, actor_id=current_user.id, now=clock.now()) if is_asked else None
    return {"may_undo": may, "barred": barred}


def _shown_at(import_: DataImport) -> str:
    kind = kinds_by_name().get(import_.kind)
    came = import_.new_count + import_.changed_count + import_.unchanged_count
    return url_for(kind.shown_at) if kind and came and kind.shown_at in current_app.view_functions else ""


@bp.route("/<int:import_id>/refusals")
@require(Permission.IMPORT_USE)
def download_refusals(import_id: int) -> ResponseReturnValue:
    import_ = import_to_see(import_id)
    refuse_to_look_into(import_)
    labels, refused = _labels(import_), db.session.scalars(refusals_of(import_))
    rows = ((each.line, labels.get(each.column, each.column), each.value, each.reason) for each in refused)
    headers = (_("line"), _("column"), _("value"), _("reason"))
    return csv_response(f"refused-{import_.id}", headers, rows)


@bp.route("/<int:import_id>/acceptance", methods=["POST"])
@require(Permission.IMPORT_USE)
def accept_import(import_id: int) -> ResponseReturnValue:
    import_ = import_to_act_on(import_id)
    yes_to, seen = request.form.get("yes_to", 0, type=int), request.form.get("seen", "")
    accept(import_, now=clock.now(), actor_id=current_user.id, yes_to=yes_to, seen=seen)
    return begin("imports.load", import_)


@bp.route("/<int:import_id>/removal", methods=["POST"])
@require(Permission.IMPORT_USE)
def remove_import(import_id: int) -> ResponseReturnValue:
    """Set aside, before anything of it was written."""
    import_ = import_to_act_on(import_id)
    digest = import_.digest
    set_aside(import_, actor_id=current_user.id)
    db.session.commit()
    forget_file(digest)
    flash(_("The import is set aside. Nothing of it was written."), "good")
    return redirect(url_for(".list_imports"))
