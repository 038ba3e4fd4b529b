"""Who brought what, and the empty templates to begin with."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.kinds import kinds_for
from app.core.permissions import Permission, require
from app.core.tables import csv_response, xlsx_response
from app.extensions import db
from app.imports.models import DataImport, WaitingName
from app.imports.queries import newest_first, waiting_for
from app.imports.views.blueprint import bp, may_look_into
from app.imports.wording import kind_label, status_text, waiting_words


@bp.route("/")
@require(Permission.IMPORT_USE)
def list_imports() -> ResponseReturnValue:
    q = request.args.get("q", "")
    page = db.paginate(newest_first(DataImport.visible_to(current_user), q), per_page=50, max_per_page=50)
    rows, names = waiting_for(WaitingName.visible_to(current_user, Permission.IMPORT_USE))
    words = {
        "kind_label": kind_label,
        "status_text": status_text,
        "may_look_into": may_look_into,  # how many answers a file holds is told to nobody else either
        "waiting": waiting_words(rows, names) if rows else "",
    }
    return render_template("imports/list.html", page=page, q=q, **words)


@bp.route("/templates/<string:kind>")
@require(Permission.IMPORT_USE)
def download_template(kind: str) -> ResponseReturnValue:
    """The header that needs no mapping, and one row as an example; in a workbook in the person's own language."""
    found = next((each for each in kinds_for(current_user) if each.name == kind), None)
    if found is None:
        abort(404)
    names, examples = zip(*((column.name, str(column.example)) for column in found.columns), strict=True)
    if request.args.get("format") == "xlsx":
        labels = [str(column.label) for column in found.columns]
        return xlsx_response(f"rezonans-{found.name}", labels, [examples], str(found.label))
    return csv_response(f"rezonans-{found.name}", names, [examples])
