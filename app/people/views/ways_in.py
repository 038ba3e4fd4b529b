"""Coming in without a password: by the link of a letter, the code of a slip; and asking for one."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, installation, mail, settings
from app.core.errors import Refused
from app.core.locales import language
from app.core.permissions import public
from app.extensions import db
from app.people import queries
from app.people.actions import ways_in
from app.people.actions.accounts import choose_language, choose_time_zone
from app.people.actions.guessing import admit
from app.people.actions.sessions import end_session
from app.people.credentials import passwords, slip_codes
from app.people.forms.own_settings import NewPasswordForm
from app.people.forms.ways_in import FirstEntryForm, NameForm, SlipCodeForm
from app.people.models import Account, WayIn, WayInKind
from app.people.views.blueprint import bp
from app.people.views.coming_in import come_in, too_soon


@bp.route("/enter", methods=["GET", "POST"])
@public
def type_code() -> ResponseReturnValue:
    """For phones without a camera: what stands on the slip, typed."""
    form = SlipCodeForm()
    if form.validate_on_submit():
        code = slip_codes.typed_code(form.code.data)
        if code and queries.way_in_by(code, clock.now()):
            return redirect(url_for(".go_in", secret=code))
        form.code.errors = [_("This code opens nothing. Check it against the slip; it is good once, for seven days.")]
    return render_template("people/type_code.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/enter/<string:secret>", methods=["GET", "POST"])
@public
def go_in(secret: str) -> ResponseReturnValue:
    """Asking shows, sending acts: mail programs open links by themselves."""
    way_in = queries.way_in_by(secret, clock.now())
    if way_in is None:
        return _opens_nothing()
    if installation.is_demo():
        raise Refused(_("In the demo nobody's password changes, so that all can be tried again. Nothing was changed."))
    form = _entry_form(way_in.account)
    if not form.validate_on_submit():
        return _entry_page(form, way_in, secret), 422 if form.is_submitted() else 200
    db.session.commit()  # the lock must be free while the password is hashed
    hashed = passwords.hash_password(form.new_password.data)
    way_in = queries.way_in_by(secret, clock.now())
    return _opens_nothing() if way_in is None else _come_in(way_in, form, hashed)


def _opens_nothing() -> ResponseReturnValue:
    """The same for what was used, has run out, was voided or never was."""
    return render_template("people/opens_nothing.html", can_mail=mail.is_possible()), 410


def _entry_form(account: Account) -> NewPasswordForm:
    if account.password_hash is not None:
        form = NewPasswordForm()
    else:
        zone = account.time_zone or (account.employee.time_zone if account.employee else None) or ""
        form = FirstEntryForm(language=account.language or language(), time_zone=zone)
        form.offer(str(settings.company("time_zone")))
    form.own_words = (account.sign_in_name, account.display_name, str(settings.company("company_name")))
    return form


def _entry_page(form: NewPasswordForm, way_in: WayIn, secret: str) -> str:
    return render_template("people/go_in.html", form=form, account=way_in.account, secret=secret)


def _come_in(way_in: WayIn, form: NewPasswordForm, hashed: passwords.PasswordHash) -> ResponseReturnValue:
    if current_user.is_authenticated:  # somebody else's browser, perhaps a till
        end_session(current_user.current, actor_id=current_user.id)
    account = ways_in.go_in(way_in, hashed, clock.now())
    if isinstance(form, FirstEntryForm):
        choose_language(account, form.language.data)
        choose_time_zone(account, form.time_zone.data or None)
    with force_locale(account.language or language()):  # the page may have been read in another
        told = _("Your password is chosen. Next time you sign in as %(name)s.", name=account.sign_in_name)
    by_slip = way_in.kind is WayInKind.SLIP
    response = current_app.make_response(come_in(account, queries.at_the_door(account), by_slip=by_slip))
    flash(told, "good")
    return response


@bp.route("/sign-in/new-password", methods=["GET", "POST"])
@public
def ask_for_password_link() -> ResponseReturnValue:
    """The same answer for every name: whether somebody has an account is nobody's business."""
    form = NameForm()
    if not mail.is_possible():
        return _ask_page(form, 200)
    if not form.validate_on_submit():
        return _ask_page(form, 422 if form.is_submitted() else 200)
    account = queries.account_called(form.name.data)
    key = f"account {account.id}" if account else form.name.data.casefold()
    attempt = admit(f"new password {key}", request.remote_addr or "", None, clock.now())
    if not attempt.wait:
        ways_in.ask_for_reset(account, clock.now())
    db.session.commit()
    if attempt.wait:
        return _ask_page(form, 429, attempt.wait)
    flash(_("If this name has a mailbox with us, a link is on its way to it. It is good for 30 minutes."), "good")
    return redirect(url_for(".show_sign_in_help"))


def _ask_page(form: NameForm, status: int, wait: int = 0) -> ResponseReturnValue:
    page = render_template(
        "people/ask_for_password_link.html", form=form, can_mail=mail.is_possible(), too_soon=too_soon(wait)
    )
    return page, status, {"Retry-After": str(wait)} if wait else {}


@bp.route("/sign-in/help")
@public
def show_sign_in_help() -> ResponseReturnValue:
    """Whom to ask. It knows nothing of whoever reads it, so it tells an attacker nothing."""
    return render_template("people/sign_in_help.html", can_mail=mail.is_possible())
