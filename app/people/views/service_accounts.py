"""Accounts of programs, and their tokens: for administrators of the whole company."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.core import clock
from app.core.api.offers import scopes_offered
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people.actions.service_accounts import close_service_account, make_service_account, make_service_token
from app.people.actions.tokens import revoke_token
from app.people.forms.tokens import ServiceAccountForm, TokenForm
from app.people.models import Account, ApiToken
from app.people.queries import grants_of
from app.people.queries.tokens import living_tokens, service_accounts, tokens_of
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording.tokens import token_rows
from config import BOUNDS

MANAGE = Permission.SERVICE_MANAGE


@bp.route("/admin/service-accounts")
@require(Permission.SERVICE_MANAGE)
def list_service_accounts() -> ResponseReturnValue:
    found = db.session.scalars(service_accounts(me(), MANAGE).order_by(Account.name, Account.id)).all()
    tokens = living_tokens(found, clock.now())
    return render_template("people/service_accounts.html", accounts=found, tokens=tokens)


@bp.route("/admin/service-accounts/new", methods=["GET", "POST"])
@require(Permission.SERVICE_MANAGE, fresh=True)
def add_service_account() -> ResponseReturnValue:
    form = ServiceAccountForm()
    if not form.validate_on_submit():
        return render_template("people/service_account_new.html", form=form), 422 if form.is_submitted() else 200
    if not current_user.holds_on_company(MANAGE):
        raise Refused(_("A program's account belongs to the whole company, and your role covers a part of it."))
    try:
        account = make_service_account(form.name.data, now=clock.now(), actor_id=current_user.id)
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return render_template("people/service_account_new.html", form=form), 409
    db.session.commit()
    flash(_("The service account is made. It may do nothing yet: give it a role, then make a token."), "good")
    return redirect(url_for(".show_service_account", program_id=account.id))


def _program(program_id: int) -> Account:
    return one_or_404(service_accounts(me(), MANAGE).where(Account.id == program_id))


@bp.route("/admin/service-accounts/<int:program_id>")
@require(Permission.SERVICE_MANAGE)
def show_service_account(program_id: int) -> ResponseReturnValue:
    account = _program(program_id)
    rows = token_rows(db.session.scalars(tokens_of(account).limit(BOUNDS["page"])), clock.now())
    grants = grants_of(account, today())
    return render_template("people/service_account.html", account=account, tokens=rows, grants=grants)


@bp.route("/admin/service-accounts/<int:program_id>/tokens/new", methods=["GET", "POST"])
@require(Permission.SERVICE_MANAGE, fresh=True)
def make_program_token(program_id: int) -> ResponseReturnValue:
    account, form = _program(program_id), TokenForm()
    form.offer(scopes_offered())
    if not form.validate_on_submit():
        return _token_page(account, form, 422 if form.is_submitted() else 200)
    try:
        _row, token = make_service_token(account, form.wish(), actor=me(), now=clock.now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _token_page(_program(program_id), form, 409)
    db.session.commit()
    back = url_for(".show_service_account", program_id=account.id)
    return render_template("people/token_made.html", token=token, crumbs=_crumbs(account), back=back)


def _crumbs(account: Account) -> list[tuple[str, str]]:
    page = url_for(".show_service_account", program_id=account.id)
    return [(_("Service accounts"), url_for(".list_service_accounts")), (account.name, page)]


def _token_page(account: Account, form: TokenForm, status: int) -> ResponseReturnValue:
    action = url_for(".make_program_token", program_id=account.id)
    back = url_for(".show_service_account", program_id=account.id)
    page = render_template("people/token_new.html", form=form, crumbs=_crumbs(account), action=action, back=back)
    return page, status


@bp.route("/admin/service-accounts/tokens/<int:program_token_id>/revocation", methods=["POST"])
@require(Permission.SERVICE_MANAGE, fresh=True)
def revoke_program_token(program_token_id: int) -> ResponseReturnValue:
    reached = ApiToken.visible_to(me(), Permission.SERVICE_MANAGE)
    token = one_or_404(reached.where(ApiToken.id == program_token_id))
    revoke_token(token, now=clock.now(), actor_id=current_user.id)
    db.session.commit()
    flash(_("The token is revoked: it opens nothing any more."), "good")
    return redirect(url_for(".show_service_account", program_id=token.account_id))


@bp.route("/admin/service-accounts/<int:program_id>/closure", methods=["POST"])
@require(Permission.SERVICE_MANAGE, fresh=True)
def close_program(program_id: int) -> ResponseReturnValue:
    ended = close_service_account(_program(program_id), now=clock.now(), actor_id=current_user.id)
    db.session.commit()
    told = ngettext("%(num)d token was revoked with it.", "%(num)d tokens were revoked with it.", ended)
    flash(_("The service account is closed for good.") + " " + told, "good")
    return redirect(url_for(".list_service_accounts"))
