"""What is recorded about me: to read, and to take along. For an administrator the same of whoever asks."""

import json
from typing import Any

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import audit, clock
from app.core.permissions import Permission, require
from app.extensions import db
from app.people.models import Account
from app.privacy.actions.erasing import why_not
from app.privacy.queries.record import Record, as_json, record_of
from app.privacy.queries.subjects import Subject, erasure_of, of_account, subject_for
from app.privacy.views.blueprint import bp
from app.privacy.wording import readable

SHOWN = 50  # entries of the log on the page; the files hold more


def _me() -> Subject:
    account: Account = current_user._get_current_object()
    return of_account(account)


def reached(permission: Permission, employee_id: int, account_id: int) -> Subject:
    """Whom the address names, for who may do this to everybody."""
    kind, row_id = ("employee", employee_id) if employee_id else ("account", account_id)
    return subject_for(current_user, permission, kind, row_id) or abort(404)


@bp.route("/settings/record")
@require(Permission.ACCOUNT_USE, fresh=True)
def show_own_record() -> ResponseReturnValue:
    record = record_of(_me(), SHOWN + 1)  # one more, to know whether there are others
    return render_template("privacy/record.html", **_in_words(record), most=SHOWN)


@bp.route("/settings/record/page", methods=["POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def download_own_page() -> ResponseReturnValue:
    return _page(_me())


@bp.route("/settings/record/json", methods=["POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def download_own_json() -> ResponseReturnValue:
    return _json(_me())


@bp.route("/admin/privacy/employees/<int:employee_id>")
@bp.route("/admin/privacy/accounts/<int:account_id>")
@require(Permission.PERSON_EXPORT, fresh=True)
def show_person(employee_id: int = 0, account_id: int = 0) -> ResponseReturnValue:
    subject = reached(Permission.PERSON_EXPORT, employee_id, account_id)
    told = {"erasure": erasure_of(subject), "not_yet": why_not(subject, current_user.id)}
    return render_template("privacy/person.html", subject=subject, **told)


@bp.route("/admin/privacy/employees/<int:employee_id>/page", methods=["POST"])
@bp.route("/admin/privacy/accounts/<int:account_id>/page", methods=["POST"])
@require(Permission.PERSON_EXPORT, fresh=True)
def download_page(employee_id: int = 0, account_id: int = 0) -> ResponseReturnValue:
    return _page(reached(Permission.PERSON_EXPORT, employee_id, account_id))


@bp.route("/admin/privacy/employees/<int:employee_id>/json", methods=["POST"])
@bp.route("/admin/privacy/accounts/<int:account_id>/json", methods=["POST"])
@require(Permission.PERSON_EXPORT, fresh=True)
def download_json(employee_id: int = 0, account_id: int = 0) -> ResponseReturnValue:
    return _json(reached(Permission.PERSON_EXPORT, employee_id, account_id))


def _page(subject: Subject) -> Response:
    record = record_of(subject)
    page = render_template("privacy/record_file.html", subject=subject, now=clock.now(), **_in_words(record))
    return _taken(subject, page, "text/html; charset=utf-8", "html")


def _in_words(record: Record) -> dict[str, Any]:
    return {"groups": readable.groups(record), "did": readable.did(record), "log": readable.log(record)}


def _json(subject: Subject) -> Response:
    text = json.dumps(as_json(record_of(subject)), ensure_ascii=False, indent=1)
    return _taken(subject, text, "application/json", "json")


def _taken(subject: Subject, text: str, kind: str, ending: str) -> Response:
    """Written down, for the person too: who took a copy, and when."""
    audit.record("record.exported", subject.kind, subject.row_id, actor_id=current_user.id)
    db.session.commit()
    response = Response(text, content_type=kind)
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"record-{subject.kind}-{subject.row_id}.{ending}"
    )
    return response
