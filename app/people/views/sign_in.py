"""Signing in and out."""

from flask import Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user, login_user, logout_user

from app.core import clock, installation
from app.core.formats import moment
from app.core.local import is_local
from app.core.permissions import Permission, public, require
from app.core.redirects import safe_next
from app.core.texts import _
from app.extensions import db
from app.people import queries
from app.people.actions.factors import mark_told
from app.people.actions.guessing import Attempt, admit, forgive
from app.people.actions.sessions import end_session, open_session, renew_session
from app.people.actions.ways_in import tell_of_slips
from app.people.credentials import browsers, passwords
from app.people.forms.sign_in import ConfirmPasswordForm, SignInForm
from app.people.models import Account, WayIn
from app.people.views import halfway
from app.people.views.blueprint import bp

HOME = "/"
DEMO_PASSWORD = "demo"  # noqa: S105  # known to everybody, and only for the demo's listed people on the own machine
YEAR = 365 * 24 * 3600


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(next_page())
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    account = queries.account_called(form.email.data)
    attempt, stored = counted(form.email.data, account)
    if attempt.wait:
        return _sign_in_page(form, 429, attempt.wait)
    if not _is_right(account, stored, form.password.data):
        form.form_errors.append(_("This name and password do not belong together. Check both and try again."))
        return _sign_in_page(form, 422)
    assert account is not None
    account.password_hash = passwords.rehashed(stored, form.password.data) or account.password_hash
    forgive(attempt)
    return come_in(account)


def me() -> Account:
    """The account itself, not the proxy: Flask-Login keeps what it is given."""
    account: Account = current_user._get_current_object()
    return account


def counted(name: str, account: Account | None) -> tuple[Attempt, str | None]:
    """Count the attempt and let go of the database: the lock must be free while the password is looked at."""
    mark = mark_of_browser(account) if account else None
    name = f"account {account.id}" if account else name.strip().casefold()  # one count, however it was called
    attempt = admit(name, request.remote_addr or "", mark, clock.now())
    stored = account.password_hash if account and account.is_active else None
    db.session.commit()
    return attempt, stored


def mark_of_browser(account: Account) -> str | None:
    return browsers.mark_for(request.cookies.get(_device_cookie()), account.id)


def _is_right(account: Account | None, stored: str | None, password: str) -> bool:
    right = passwords.matches(stored, password)
    return right or (account is not None and password == DEMO_PASSWORD and _may_be_tried(account))


def _may_be_tried(account: Account) -> bool:
    """Only the demo's listed people, and only from this very machine (security.md B6)."""
    if not installation.is_demo() or not is_local(request):
        return False
    return any(account.id == person.id for person, _note in queries.demo_people())


def come_in(account: Account, *, by_slip: bool = False) -> ResponseReturnValue:
    """Whatever proved who it is (a password, a link): whoever has a second factor is asked for a code first."""
    if not queries.has_factor(account):
        return enter(account, by_slip=by_slip)
    halfway.begin(account, clock.now())
    db.session.commit()
    return redirect(url_for(".give_code", next=safe_next(request.args.get("next"), "") or None))


def enter(account: Account, *, by_slip: bool = False) -> ResponseReturnValue:
    """The browser is this person's from here on. Whoever uses a slip is not the one who must hear of it."""
    open_session(account, browsers.words_for(request.user_agent.string), clock.now())
    session.clear()
    _tell_of_removal(account)
    if not by_slip:
        _tell_of_slips(account)
    login_user(account)
    response = current_app.make_response(redirect(next_page()))
    _remember_browser(response, account)
    db.session.commit()
    return response


def _tell_of_removal(account: Account) -> None:
    """Somebody else took the factor away: its owner hears of it, and from whom, when the door opens again."""
    removal = queries.untold_removal(account)
    if removal is None:
        return
    by = removal.removed_by.display_name if removal.removed_by else _("The operator of this installation")
    words = _("Your second factor was removed by %(name)s: %(reason)s", name=by, reason=removal.reason)
    advice = _("If you did not ask for it, tell an administrator now, and set up a new one.")
    flash(f"{words} {advice}", "warning")
    mark_told(removal, clock.now())


def _tell_of_slips(account: Account) -> None:
    """Whoever holds a slip can open the account, so its owner hears of each one (security.md A5)."""
    slips = queries.slips_to_tell(account)
    for slip in slips:
        flash(_slip_note(slip), "warning")
    tell_of_slips(slips, clock.now())


def _slip_note(slip: WayIn) -> str:
    told = {"when": moment(slip.asked_at), "name": slip.asked_by.display_name if slip.asked_by else ""}
    if slip.used_at:
        words = _("%(name)s printed a slip for your account on %(when)s, and it was used.", **told)
    else:
        words = _("%(name)s printed a slip for your account on %(when)s.", **told)
    return f"{words} " + _("If you know nothing of it, change your password and tell your administrator.")


def _remember_browser(response: Response, account: Account) -> None:
    name = _device_cookie()
    response.set_cookie(
        name,
        browsers.remember(request.cookies.get(name), account.id),
        max_age=YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _device_cookie() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def next_page() -> str:
    return safe_next(request.args.get("next"), HOME)


def _sign_in_page(form: SignInForm, status: int, wait: int = 0) -> ResponseReturnValue:
    people = queries.demo_people() if installation.is_demo() and is_local(request) else []
    target = safe_next(request.args.get("next"), "") or None
    action = url_for(".sign_in", next=target)
    page = render_template("people/sign_in.html", form=form, action=action, people=people, too_soon=too_soon(wait))
    return page, status, {"Retry-After": str(wait)} if wait else {}


def too_soon(wait: int) -> str:
    if not wait:
        return ""
    words: str = ngettext(
        "Too many attempts did not fit. Try again in %(num)d second; what you typed was not looked at.",
        "Too many attempts did not fit. Try again in %(num)d seconds; what you typed was not looked at.",
        wait,
    )
    return words


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
    attempt, stored = counted(current_user.sign_in_name, current_user)
    if attempt.wait:
        return _confirmation_page(form, 429, attempt.wait)
    if not _is_right(me(), stored, form.password.data):
        form.form_errors.append(_("This is not your password. Check it and try again."))
        return _confirmation_page(form, 422)
    forgive(attempt)
    renew_session(me(), clock.now())
    login_user(me())
    db.session.commit()
    return redirect(next_page())


def _confirmation_page(form: ConfirmPasswordForm, status: int, wait: int = 0) -> ResponseReturnValue:
    target = safe_next(request.args.get("next"), "") or None
    action = url_for(".confirm_password", next=target)
    page = render_template("people/confirm_password.html", form=form, action=action, too_soon=too_soon(wait))
    return page, status, {"Retry-After": str(wait)} if wait else {}
