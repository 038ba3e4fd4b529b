"""What all ways in share: attempts are counted, a factor is asked for, and the browser is the person's from then on."""

from flask import Response, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_login import login_user

from app.core import clock
from app.core.formats import moment
from app.core.locales import language
from app.core.redirects import safe_next
from app.core.texts import _
from app.extensions import db
from app.people import queries
from app.people.actions.factors import mark_told
from app.people.actions.guessing import Attempt, admit
from app.people.actions.sessions import open_session
from app.people.actions.ways_in import tell_of_slips
from app.people.credentials import browsers
from app.people.models import Account, WayIn
from app.people.views import halfway

HOME = "/"
YEAR = 365 * 24 * 3600


def counted(name: str, account: Account | queries.Known | None) -> tuple[Attempt, str | None]:
    """Count the attempt and let go of the database: the lock must be free while the password is looked at."""
    mark = mark_of_browser(account.id) if account else None
    name = f"account {account.id}" if account else name.strip().casefold()  # one count, however it was called
    attempt = admit(name, request.remote_addr or "", mark, clock.now())
    stored = account.password_hash if account and account.is_active else None
    db.session.commit()
    return attempt, stored


def mark_of_browser(account_id: int) -> str | None:
    return browsers.mark_for(request.cookies.get(_device_cookie()), account_id)


def too_soon(wait: int) -> str:
    if not wait:
        return ""
    words: str = ngettext(
        "Too many attempts did not fit. Try again in %(num)d second; what you typed was not looked at.",
        "Too many attempts did not fit. Try again in %(num)d seconds; what you typed was not looked at.",
        wait,
    )
    return words


def come_in(account: Account, door: queries.Door, *, by_slip: bool = False) -> ResponseReturnValue:
    """Whatever proved who it is (a password, a link): whoever has a second factor is asked for a code first."""
    if not door.factor:
        return enter(account, door, by_slip=by_slip)
    halfway.begin(account, clock.now())
    db.session.commit()
    return redirect(url_for(".give_code", next=safe_next(request.args.get("next"), "") or None))


def enter(account: Account, door: queries.Door, *, by_slip: bool = False) -> ResponseReturnValue:
    """The browser is this person's from here on. Whoever uses a slip is not the one who must hear of it."""
    open_session(account, browsers.words_for(request.user_agent.string), clock.now())
    session.clear()
    tells_of_slips = door.slip and not by_slip
    if door.removal or tells_of_slips:  # hardly ever: else nobody has to find out which language it would be
        with force_locale(account.language or language()):  # the page after this one speaks the person's language
            if door.removal:
                _tell_of_removal(account)
            if tells_of_slips:
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
