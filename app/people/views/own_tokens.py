"""My tokens for programs: made with a fresh password, shown once, revoked at any time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.api.offers import scopes_offered
from app.core.api.problems import KINDS
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people.actions.tokens import make_token, revoke_token
from app.people.forms.tokens import TokenForm
from app.people.models import ApiToken
from app.people.queries.tokens import tokens_of
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording.tokens import token_rows
from config import BOUNDS


@bp.route("/settings/tokens")
@require(Permission.ACCOUNT_USE)
def list_own_tokens() -> ResponseReturnValue:
    rows = token_rows(db.session.scalars(tokens_of(me()).limit(BOUNDS["page"])), clock.now())
    return render_template("people/tokens.html", tokens=rows)


@bp.route("/settings/tokens/new", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def make_own_token() -> ResponseReturnValue:
    form = TokenForm()
    form.offer([scope for scope in scopes_offered() if current_user.may(scope)])
    if not form.validate_on_submit():
        return _form_page(form, 422 if form.is_submitted() else 200)
    try:
        _row, token = make_token(me(), form.wish(), now=clock.now(), actor_id=current_user.id)
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _form_page(form, 409)
    db.session.commit()
    crumbs = [(_("My settings"), url_for(".show_settings")), (_("API tokens"), url_for(".list_own_tokens"))]
    return render_template("people/token_made.html", token=token, crumbs=crumbs, back=url_for(".list_own_tokens"))


def _form_page(form: TokenForm, status: int) -> ResponseReturnValue:
    crumbs = [(_("My settings"), url_for(".show_settings")), (_("API tokens"), url_for(".list_own_tokens"))]
    action, back = url_for(".make_own_token"), url_for(".list_own_tokens")
    return render_template("people/token_new.html", form=form, crumbs=crumbs, action=action, back=back), status


@bp.route("/settings/tokens/<int:token_id>/revocation", methods=["POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def revoke_own_token(token_id: int) -> ResponseReturnValue:
    mine = ApiToken.visible_to(me(), Permission.ACCOUNT_USE)
    revoke_token(one_or_404(mine.where(ApiToken.id == token_id)), now=clock.now(), actor_id=current_user.id)
    db.session.commit()
    flash(_("The token is revoked: it opens nothing any more."), "good")
    return redirect(url_for(".list_own_tokens"))


@bp.route("/settings/api-help")
@require(Permission.ACCOUNT_USE)
def show_api_help() -> ResponseReturnValue:
    return render_template("people/api_help.html", kinds=KINDS, most_calls=BOUNDS["api_calls"])
