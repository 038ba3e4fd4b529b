"""What people choose for themselves: language, time zone, look, password; and where they are signed in."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_user

from app.core import clock, company_time, installation, settings
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, public, require
from app.core.redirects import safe_next
from app.extensions import db
from app.people import queries
from app.people.actions.accounts import change_password, choose_language, choose_time_zone
from app.people.actions.guessing import forgive
from app.people.actions.sessions import end_session, end_sessions
from app.people.credentials import passwords
from app.people.forms.own_settings import LOOKS, LanguageForm, PasswordForm, ThemeForm, TimeZoneForm
from app.people.models import AccountSession
from app.people.queries.calendar import own_weeks_of
from app.people.views.blueprint import bp
from app.people.views.coming_in import YEAR, counted, too_soon
from app.people.views.me import me
from app.people.wording.calendar import pattern_words
from app.people.wording.names import LEAVE_KINDS


@bp.route("/settings/")
@require(Permission.ACCOUNT_USE)
def show_settings() -> ResponseReturnValue:
    return _settings_page(_time_zone_form(), 200)


def _time_zone_form() -> TimeZoneForm:
    form = TimeZoneForm(time_zone=current_user.time_zone or "")
    form.offer(str(settings.company("time_zone")))
    return form


def _settings_page(form: TimeZoneForm, status: int) -> ResponseReturnValue:
    roles = queries.grants_of(current_user, company_time.today())
    unit = queries.unit_of(current_user, company_time.today())
    words: dict[str, Any] = {
        "time_zone": form,
        "grants": roles,
        "unit": unit,
        "looks": LOOKS,
        "leave_words": LEAVE_KINDS,
    }
    person = current_user.employee
    words["leaves"] = queries.leaves_of(person, company_time.today()) if person else ()
    words["own_weeks"] = [(week, pattern_words(week)) for week in own_weeks_of(person)] if person else ()
    return render_template("people/settings.html", **words), status


@bp.route("/settings/language", methods=["POST"])
@public
def choose_own_language() -> ResponseReturnValue:
    """Also for strangers: the browser remembers it, and so does the account where there is one."""
    form = LanguageForm()
    if not form.validate_on_submit():
        raise Refused(_("Rezonans speaks English, Polish and Russian. Nothing was changed."))
    if current_user.is_authenticated:
        choose_language(current_user, form.language.data)
        db.session.commit()
    return _remembered(redirect(_back()), "lang", form.language.data)


@bp.route("/settings/theme", methods=["POST"])
@public
def choose_theme() -> ResponseReturnValue:
    form = ThemeForm()
    if not form.validate_on_submit():
        raise Refused(_("There is no such look. Nothing was changed."))
    return _remembered(redirect(_back()), "theme", form.theme.data)


def _back() -> str:
    return safe_next(request.form.get("next"), url_for(".show_settings"))


def _remembered(response: object, name: str, value: str) -> Response:
    answer: Response = current_app.make_response(response)  # type: ignore[arg-type]
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


@bp.route("/settings/time-zone", methods=["POST"])
@require(Permission.ACCOUNT_USE)
def choose_own_time_zone() -> ResponseReturnValue:
    form = _time_zone_form()
    if not form.validate_on_submit():
        return _settings_page(form, 422)
    choose_time_zone(current_user, form.time_zone.data or None)
    db.session.commit()
    flash(_("Times are now shown in the zone that you chose."), "good")
    return redirect(url_for(".show_settings"))


@bp.route("/settings/password", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE)
def change_own_password() -> ResponseReturnValue:
    form = PasswordForm()
    form.own_words = (current_user.sign_in_name, current_user.display_name, str(settings.company("company_name")))
    if request.method == "POST" and installation.is_demo():
        raise Refused(_("In the demo nobody's password changes, so that all can be tried again. Nothing was changed."))
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.is_submitted() else 200)
    attempt, stored = counted(current_user.sign_in_name, current_user)
    if attempt.wait:
        return _password_page(form, 429, too_soon(attempt.wait))
    if not passwords.matches(stored, form.old_password.data):
        form.old_password.errors = [_("This is not your password.")]
        return _password_page(form, 422)
    hashed = passwords.hash_password(form.new_password.data)
    forgive(attempt)
    ended = change_password(me(), hashed, clock.now())
    login_user(me())
    db.session.commit()
    flash(_("Your password is changed.") + " " + ended_words(ended), "good")
    return redirect(url_for(".show_settings"))


def _password_page(form: PasswordForm, status: int, warning: str = "") -> ResponseReturnValue:
    return render_template("people/password.html", form=form, too_soon=warning, fixed=installation.is_demo()), status


def ended_words(count: int) -> str:
    words: str = ngettext("%(num)d other sign-in was ended.", "%(num)d other sign-ins were ended.", count)
    return words


@bp.route("/settings/sessions")
@require(Permission.ACCOUNT_USE)
def list_sessions() -> ResponseReturnValue:
    sessions = db.session.scalars(queries.sessions_of(current_user)).all()
    return render_template("people/sessions.html", sessions=sessions, current=current_user.current)


@bp.route("/settings/sessions/<int:session_id>/closure", methods=["POST"])
@require(Permission.ACCOUNT_USE)
def end_own_session(session_id: int) -> ResponseReturnValue:
    mine = AccountSession.visible_to(current_user, Permission.ACCOUNT_USE)
    end_session(one_or_404(mine.where(AccountSession.id == session_id)), actor_id=current_user.id)
    db.session.commit()
    flash(_("That sign-in is ended: whoever uses that browser needs the password again."), "good")
    return redirect(url_for(".list_sessions"))


@bp.route("/settings/sessions/closure", methods=["POST"])
@require(Permission.ACCOUNT_USE)
def end_other_sessions() -> ResponseReturnValue:
    ended = end_sessions(current_user, actor_id=current_user.id, keep=current_user.current)
    db.session.commit()
    flash(ended_words(ended), "good")
    return redirect(url_for(".list_sessions"))
