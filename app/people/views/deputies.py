"""Who stands in while somebody is absent."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.addresses import row_number
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries
from app.people.actions.deputies import end_deputyship, name_deputy
from app.people.forms.roles import DeputyForm
from app.people.models import Account, Deputyship
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.views.roles import act_of_mine, choose_account


@bp.route("/settings/deputies/new", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def name_own_deputy() -> ResponseReturnValue:
    return _name_deputy(me(), url_for(".show_own_access"))


@bp.route("/people/accounts/<int:account_id>/deputies/new", methods=["GET", "POST"])
@require(Permission.ROLE_GRANT, fresh=True)
def name_deputy_for(account_id: int) -> ResponseReturnValue:
    absent = one_or_404(Account.visible_to(me(), Permission.ROLE_GRANT).where(Account.id == account_id))
    return _name_deputy(absent, url_for(".show_access_of_account", account_id=absent.id))


def _name_deputy(absent: Account, back: str) -> ResponseReturnValue:
    deputy, grants = _chosen_deputy(), queries.lendable(absent, today())
    if deputy is None:
        return choose_account(_("Who stands in for %(name)s?", name=absent.display_name), "deputy")
    form = DeputyForm(first_day=today(), roles=[grant.id for grant in grants])
    form.today = today()
    form.offer(grants)
    if not form.validate_on_submit():
        return _form_page(form, absent, deputy, back, 422 if form.is_submitted() else 200)
    try:
        chosen = [grant for grant in grants if grant.id in form.roles.data]
        name_deputy(act_of_mine(), absent, deputy, chosen, form.term())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _form_page(form, absent, deputy, back, 409)
    db.session.commit()
    flash(_("%(name)s stands in on these days, and on no other.", name=deputy.display_name), "good")
    return redirect(back)


def _chosen_deputy() -> Account | None:
    chosen = request.args.get("deputy", type=row_number)
    everybody = Account.visible_to(me(), Permission.EMPLOYEE_READ)
    return None if chosen is None else one_or_404(everybody.where(Account.id == chosen))


def _form_page(form: DeputyForm, absent: Account, deputy: Account, back: str, status: int) -> ResponseReturnValue:
    names = {"absent": absent, "deputy": deputy, "back": back, "is_own": absent.id == current_user.id}
    return render_template("people/add_deputy.html", form=form, action=request.full_path, **names), status


@bp.route("/people/deputies/<int:deputyship_id>/end", methods=["POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def end_deputy(deputyship_id: int) -> ResponseReturnValue:
    row = one_or_404(Deputyship.visible_to(me(), Permission.ROLE_GRANT).where(Deputyship.id == deputyship_id))
    absent_id, mine = row.absent_id, current_user.id in (row.absent_id, row.deputy_id)
    end_deputyship(act_of_mine(), row.id)
    db.session.commit()
    flash(_("The deputy's rights are taken back."), "good")
    return redirect(url_for(".show_own_access") if mine else url_for(".show_access_of_account", account_id=absent_id))
