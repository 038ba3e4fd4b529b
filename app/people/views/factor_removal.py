"""An administrator takes away the second factor of somebody who cannot give a code any more."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.errors import one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people.actions.factors import remove_of
from app.people.forms.factors import RemovalForm
from app.people.models import Account, AccountFactor
from app.people.views.blueprint import bp
from app.people.views.me import me


@bp.route("/people/accounts/<int:account_id>/second-factor/removal", methods=["GET", "POST"])
@require(Permission.FACTOR_REMOVE, fresh=True)
def remove_factor(account_id: int) -> ResponseReturnValue:
    factors = AccountFactor.visible_to(current_user, Permission.FACTOR_REMOVE)
    factor = one_or_404(factors.where(AccountFactor.account_id == account_id))
    account = db.session.get_one(Account, factor.account_id)
    form = RemovalForm()
    if not form.validate_on_submit():
        page = render_template("people/remove_factor.html", form=form, account=account, factor=factor)
        return page, 422 if form.is_submitted() else 200
    remove_of(account, me(), form.reason.data, clock.now())
    db.session.commit()
    flash(_("The second factor of %(name)s is removed, and all sign-ins are ended.", name=account.display_name), "good")
    if account.employee_id is None:
        return redirect(url_for(".show_account", account_id=account.id))
    return redirect(url_for(".show_employee", employee_id=account.employee_id))
