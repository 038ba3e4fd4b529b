"""Erasing a person: what it will take away, and the act."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.jobs import in_steps
from app.core.permissions import Permission, require
from app.extensions import db
from app.privacy.actions.erasing import erase, preview, refuse_untimely
from app.privacy.actions.replaying import keep_list
from app.privacy.forms import ErasureForm
from app.privacy.queries.subjects import Subject, erasures, matching_people
from app.privacy.views.blueprint import bp
from app.privacy.views.record import reached

PAGE = 50


@bp.route("/admin/privacy")
@require(Permission.PERSON_EXPORT)
def show_privacy() -> ResponseReturnValue:
    q = request.args.get("q", "").strip()
    found = db.session.execute(matching_people(current_user, q).limit(PAGE)).all() if q else []
    past = db.paginate(erasures(current_user), per_page=PAGE, max_per_page=PAGE, error_out=False)
    return render_template("privacy/index.html", q=q, found=found, past=past)


@bp.route("/admin/privacy/employees/<int:employee_id>/erasure")
@bp.route("/admin/privacy/accounts/<int:account_id>/erasure")
@require(Permission.PERSON_ERASE, fresh=True)
def confirm_erasure(employee_id: int = 0, account_id: int = 0) -> ResponseReturnValue:
    subject = reached(Permission.PERSON_ERASE, employee_id, account_id)
    refuse_untimely(subject, current_user.id)
    return _page(subject, ErasureForm(), 200)


@bp.route("/admin/privacy/employees/<int:employee_id>/erasure", methods=["POST"])
@bp.route("/admin/privacy/accounts/<int:account_id>/erasure", methods=["POST"])
@require(Permission.PERSON_ERASE, fresh=True)
def erase_person(employee_id: int = 0, account_id: int = 0) -> ResponseReturnValue:
    subject = reached(Permission.PERSON_ERASE, employee_id, account_id)
    refuse_untimely(subject, current_user.id)
    form, now = ErasureForm(), clock.now()
    if not form.validate_on_submit():
        return _page(subject, form, 422)
    in_steps(erase(subject, actor_id=current_user.id, reason=form.reason.data or "", now=now))
    db.session.commit()
    keep_list()
    flash(_("The person is erased. What was counted stays counted."), "good")
    return redirect(url_for(".show_privacy"))


def _page(subject: Subject, form: ErasureForm, status: int) -> ResponseReturnValue:
    return render_template("privacy/erasure.html", subject=subject, form=form, swept=preview(subject)), status
