"""Who brought what, and the empty templates to begin with."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.kinds import kinds_for
from app.core.permissions import Permission, require
from app.core.tables import csv_response, xlsx_response
from app.extensions import db
from app.imports.models import DataImport
from app.imports.queries import newest_first
from app.imports.views.blueprint import bp
from app.imports.wording import kind_label, status_text


@bp.route("/")
@require(Permission.IMPORT_USE)
def list_imports() -> ResponseReturnValue:
    q = request.args.get("q", "")
    page = db.paginate(newest_first(DataImport.visible_to(current_user), q), per_page=50, max_per_page=50)
    return render_template("imports/list.html", page=page, q=q, kind_label=kind_label, status_text=status_text)


@bp.route("/templates/<string:kind>")
@require(Permission.IMPORT_USE)
def download_template(kind: str) -> ResponseReturnValue:
    """The header that needs no mapping, and one row as an example; in a workbook in the person's own language."""
    found = next((each for each in kinds_for(current_user) if each.name == kind), None)
    if found is None:
        abort(404)
    names, examples = zip(*((column.name, column.example) for column in found.columns), strict=True)
    if request.args.get("format") == "xlsx":
        labels = [str(column.label) for column in found.columns]
        return xlsx_response(f"rezonans-{found.name}", labels, [examples], str(found.label))
    return csv_response(f"rezonans-{found.name}", names, [examples])
