"""The log of what was done: to read, to search, and to take along."""

from datetime import date
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import audit
from app.core.addresses import row_number
from app.core.audit import AuditEntry
from app.core.permissions import Permission, require
from app.core.tables import csv_response, xlsx_response
from app.core.texts import _
from app.extensions import db
from app.home.queries import log
from app.home.queries.log import Filters
from app.home.views.blueprint import bp
from app.home.wording.log import export_columns, export_rows, lines
from app.home.wording.names import ACTS, SUBJECTS

FILTERS = ("q", "who", "act", "about", "number", "since", "until")


@bp.app_context_processor
def words_of_the_log() -> dict[str, Any]:
    """What acts are called, wherever the log is shown."""
    return {"act_words": ACTS}


@bp.route("/admin/audit")
@require(Permission.AUDIT_READ)
def list_audit() -> ResponseReturnValue:
    asked = _asked()
    page = db.paginate(log.entries(current_user, asked), per_page=50, max_per_page=50, error_out=False)
    kept = {name: value for name in FILTERS if (value := request.args.get(name, "")[:200])}
    told = {"page": page, "lines": lines(page.items), "asked": asked, "kept": kept, "subjects": SUBJECTS}
    return render_template("home/audit.html", acts=sorted(ACTS.items(), key=lambda act: str(act[1])), **told)


@bp.route("/admin/audit/csv", methods=["POST"])
@require(Permission.AUDIT_READ, fresh=True)
def export_audit_csv() -> ResponseReturnValue:
    found = _taken()
    return csv_response("audit", export_columns(), export_rows(found))


@bp.route("/admin/audit/xlsx", methods=["POST"])
@require(Permission.AUDIT_READ, fresh=True)
def export_audit_xlsx() -> Response:
    found = _taken()
    return xlsx_response("audit", export_columns(), export_rows(found), _("Audit log"))


def _taken() -> list[AuditEntry]:
    """What the filters let through, the newest of it; that it was taken is written down, for everybody to see."""
    found = list(db.session.scalars(log.entries(current_user, _asked()).limit(log.MOST_EXPORTED)))
    audit.record("audit.exported", "audit_entry", None, actor_id=current_user.id, after={"rows": len(found)})
    db.session.commit()
    return found


def _asked() -> Filters:
    """What cannot be read is left out: the address may be an old one."""
    q, who, act, about = (request.args.get(name, "").strip()[:200] for name in ("q", "who", "act", "about"))
    since, until = (request.args.get(name, type=date.fromisoformat) for name in ("since", "until"))
    return Filters(q, who, act, about, request.args.get("number", type=row_number), since, until)
