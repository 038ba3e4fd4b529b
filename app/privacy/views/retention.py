"""How long what is kept: the rules, and what each would take away tonight."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, retention
from app.core.errors import Refused
from app.core.permissions import Permission, require
from app.extensions import db
from app.privacy.actions.keeping import change_days
from app.privacy.forms import RetentionForm
from app.privacy.queries.due import due_under
from app.privacy.views.blueprint import bp


def _form() -> RetentionForm:
    rules = retention.rules()
    return RetentionForm.for_rules(rules.values())(data={name: retention.days_of(name) for name in rules})


def _page(form: RetentionForm, status: int, counts: dict[str, int] | None = None) -> ResponseReturnValue:
    rules: Any = retention.rules().values()
    return render_template("privacy/retention.html", form=form, rules=rules, counts=counts), status


@bp.route("/admin/retention")
@require(Permission.SETTING_EDIT)
def show_retention() -> ResponseReturnValue:
    return _page(_form(), 200)


@bp.route("/admin/retention/count", methods=["POST"])
@require(Permission.SETTING_EDIT)
def count_retention() -> ResponseReturnValue:
    """The dry run: what would go tonight under these rules. Nothing is saved."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form, 422)
    return _page(form, 200, due_under(_days(form), clock.now()))


@bp.route("/admin/retention", methods=["POST"])
@require(Permission.SETTING_EDIT)
def save_retention() -> ResponseReturnValue:
    form = _form()
    if not form.validate_on_submit():
        return _page(form, 422)
    if not current_user.holds_on_company(Permission.SETTING_EDIT):
        raise Refused(_("These settings are the whole company's, and your role covers a part of it. Nothing changed."))
    change_days(_days(form), actor_id=current_user.id)
    db.session.commit()
    flash(_("The rules are saved. They are kept for the first time tonight."), "good")
    return redirect(url_for(".show_retention"))


def _days(form: RetentionForm) -> dict[str, int | None]:
    return {name: form[name].data for name in retention.rules()}
