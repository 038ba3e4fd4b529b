"""Giving a role and ending it; the person and the unit are chosen first, then the rest is asked in one form."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.addresses import row_number
from app.core.company_time import day_of, today
from app.core.errors import Refused, one_or_404
from app.core.formats import day
from app.core.permissions import Permission, Role, require
from app.extensions import db
from app.people import queries
from app.people.actions.roles import Act, end_role, give_role
from app.people.forms.roles import EndForm, RoleForm
from app.people.models import Account, Grant, Unit
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording.names import ROLES

CHOSEN = ("account", "unit", "deputy")  # parts of an address that say what was chosen on the pages before the form


def act_of_mine() -> Act:
    now = clock.now()
    return Act(me(), now, day_of(now))


@bp.route("/people/roles/new", methods=["GET", "POST"])
@require(Permission.ROLE_GRANT, fresh=True)
def add_role() -> ResponseReturnValue:
    account, unit = _chosen_account(), _chosen_unit()
    if account is None:
        return choose_account(_("Who shall hold the role?"), "account", unit)
    if unit is None:
        return _choose_unit(account)
    form = RoleForm(first_day=today())
    form.today = today()
    form.offer(me().roles, is_company=unit.parent_id is None)
    if not form.validate_on_submit():
        return _form_page(form, account, unit, 422 if form.is_submitted() else 200)
    try:
        give_role(act_of_mine(), account, Role(form.role.data), unit, form.term())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _form_page(form, account, unit, 409)
    db.session.commit()
    flash(_("The role is given and stands in the audit log."), "good")
    return redirect(url_for(".show_access_of_account", account_id=account.id))


def _chosen_account() -> Account | None:
    chosen = request.args.get("account", type=row_number)
    everybody = Account.visible_to(me(), Permission.EMPLOYEE_READ)
    return None if chosen is None else one_or_404(everybody.where(Account.id == chosen))


def _chosen_unit() -> Unit | None:
    chosen = request.args.get("unit", type=row_number)
    mine = Unit.visible_to(me(), Permission.ROLE_GRANT)
    return None if chosen is None else one_or_404(mine.where(Unit.id == chosen))


def choose_account(question: str, name: str, unit: Unit | None = None) -> ResponseReturnValue:
    """A page that asks for a person, and comes back to this address with `name` added."""
    q = request.args.get("q", "").strip()
    found = queries.accounts_to_choose(q, today(), unit)
    works_in = queries.units_of_accounts(found, today())
    choices = [
        (each.display_name, _with(name, each.id), _told_apart(each, works_in.get(each.id)), "") for each in found
    ]
    return _choice_page(question, _("Search by name, e-mail address or number"), q, choices)


def _told_apart(account: Account, unit: str | None) -> str:
    return f"{unit} · {account.sign_in_name}" if unit else account.sign_in_name


def _choose_unit(account: Account) -> ResponseReturnValue:
    q = request.args.get("q", "").strip()
    found = queries.units_to_choose(me(), q)
    choices = [
        (each.name, _with("unit", each.id), each.parent.name if each.parent else each.code, "") for each in found
    ]
    question = _("On which unit shall %(name)s hold the role?", name=account.display_name)
    return _choice_page(question, _("Search units by name or code"), q, choices)


def _with(name: str, value: int) -> str:
    """This very address, with one more of its parts chosen."""
    kept = {key: text for key, text in request.args.items() if key in CHOSEN}
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **kept, name: value})


def _choice_page(question: str, label: str, q: str, choices: list[tuple[str, str, str, str]]) -> ResponseReturnValue:
    kept = {key: text for key, text in request.args.items() if key in CHOSEN}
    few, more = choices[: queries.FEW], len(choices) > queries.FEW
    page = render_template("people/choose.html", question=question, label=label, q=q, choices=few, more=more, kept=kept)
    return page, 422 if request.method == "POST" else 200


def _form_page(form: RoleForm, account: Account, unit: Unit, status: int) -> ResponseReturnValue:
    action = url_for(".add_role", account=account.id, unit=unit.id)
    return render_template("people/add_role.html", form=form, account=account, unit=unit, action=action), status


@bp.route("/people/roles/<int:grant_id>/end", methods=["GET", "POST"])
@require(Permission.ROLE_GRANT, fresh=True)
def end_grant(grant_id: int) -> ResponseReturnValue:
    grant = one_or_404(Grant.visible_to(me(), Permission.ROLE_GRANT).where(Grant.id == grant_id))
    form = EndForm()
    form.today = today()
    if not form.validate_on_submit():
        return _end_page(form, grant, 422 if form.is_submitted() else 200)
    try:
        end_role(act_of_mine(), grant.id, form.ends_on(), form.reason.data)
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _end_page(form, grant, 409)
    account_id, words = grant.account_id, ROLES[grant.role]
    db.session.commit()
    flash(_("%(role)s: the end is set and stands in the audit log.", role=words), "good")
    mine = account_id == current_user.id
    return redirect(url_for(".show_own_access") if mine else url_for(".show_access_of_account", account_id=account_id))


def _end_page(form: EndForm, grant: Grant, status: int) -> ResponseReturnValue:
    return render_template("people/end_role.html", form=form, grant=grant, since=day(grant.starts_on)), status
