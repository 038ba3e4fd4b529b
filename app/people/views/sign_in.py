"""Signing in and out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from app.core import clock, installation
from app.core.local import is_local
from app.core.permissions import Permission, public, require
from app.core.redirects import safe_next
from app.core.texts import _
from app.extensions import db
from app.people import queries
from app.people.actions.accounts import account_still
from app.people.actions.guessing import forgive
from app.people.actions.sessions import end_session, is_open, renew_if_open
from app.people.credentials import passwords
from app.people.forms.sign_in import ConfirmPasswordForm, SignInForm
from app.people.models import Account
from app.people.views.blueprint import bp
from app.people.views.coming_in import come_in, counted, next_page, too_soon
from app.people.views.me import me

DEMO_PASSWORD = "demo"  # noqa: S105  # known to everybody, and only for the demo's listed people on the own machine


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(next_page())
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    known = queries.known_by(form.email.data)
    attempt, stored = counted(form.email.data, known)
    if attempt.wait:
        return _sign_in_page(form, 429, attempt.wait)
    if not _is_right(known, stored, form.password.data):
        form.form_errors.append(_does_not_fit())
        return _sign_in_page(form, 422)
    assert known is not None
    fresh = passwords.rehashed(stored, form.password.data)
    forgive(attempt)
    found = account_still(known.id, stored)
    if found is None:  # it was replaced while it was looked at, and all sign-ins were ended
        db.session.rollback()
        form.form_errors.append(_does_not_fit())
        return _sign_in_page(form, 422)
    account, door = found
    if fresh:
        account.password_hash = fresh
    return come_in(account, door)


def _does_not_fit() -> str:
    words: str = _("This name and password do not belong together. Check both and try again.")
    return words


def _is_right(account: Account | queries.Known | None, stored: str | None, password: str) -> bool:
    right = passwords.matches(stored, password)
    return right or (account is not None and password == DEMO_PASSWORD and _may_be_tried(account.id))


def _may_be_tried(account_id: int) -> bool:
    """Only the demo's listed people, and only from this very machine (security.md B6)."""
    if not installation.is_demo() or not is_local(request):
        return False
    return any(account_id == person.id for person, _note in queries.demo_people())


def _sign_in_page(form: SignInForm, status: int, wait: int = 0) -> ResponseReturnValue:
    people = queries.demo_people() if installation.is_demo() and is_local(request) else []
    target = safe_next(request.args.get("next"), "") or None
    action = url_for(".sign_in", next=target, lang=request.args.get("lang"))
    page = render_template("people/sign_in.html", form=form, action=action, people=people, too_soon=too_soon(wait))
    return page, status, {"Retry-After": str(wait)} if wait else {}


@bp.route("/sign-out", methods=["POST"])
@public
def sign_out() -> ResponseReturnValue:
    """Open to strangers, so that a session that ended by itself does not stand in the way."""
    if current_user.is_authenticated:
        end_session(current_user.current, actor_id=current_user.id)
        db.session.commit()
    logout_user()
    session.clear()
    flash(_("You are signed out."), "good")
    return redirect(url_for(".sign_in"))


@bp.route("/sign-in/confirmation", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE)
def confirm_password() -> ResponseReturnValue:
    """Before a sensitive act: is it still the same person at this screen?"""
    form = ConfirmPasswordForm()
    if not form.validate_on_submit():
        return _confirmation_page(form, 422 if form.is_submitted() else 200)
    current = me().current
    assert current is not None
    session_id, device = current.id, current.device
    attempt, stored = counted(current_user.sign_in_name, current_user)
    if not is_open(session_id):
        return _ended_meanwhile()
    if attempt.wait:
        return _confirmation_page(form, 429, attempt.wait)
    if not _is_right(me(), stored, form.password.data):
        form.form_errors.append(_("This is not your password. Check it and try again."))
        return _confirmation_page(form, 422)
    forgive(attempt)
    if not renew_if_open(me(), session_id, device, clock.now()):
        return _ended_meanwhile()
    login_user(me())
    db.session.commit()
    return redirect(next_page())


def _ended_meanwhile() -> ResponseReturnValue:
    """From elsewhere, while the password was typed: by its owner, an administrator, or a last day."""
    logout_user()
    session.clear()
    flash(_("This sign-in was ended in the meantime. Nothing was changed; sign in again to go on."), "warning")
    return redirect(url_for(".sign_in", next=safe_next(request.args.get("next"), "") or None))


def _confirmation_page(form: ConfirmPasswordForm, status: int, wait: int = 0) -> ResponseReturnValue:
    target = safe_next(request.args.get("next"), "") or None
    action = url_for(".confirm_password", next=target)
    page = render_template("people/confirm_password.html", form=form, action=action, too_soon=too_soon(wait))
    return page, status, {"Retry-After": str(wait)} if wait else {}
