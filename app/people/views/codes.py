"""The second step of signing in: a code of the app, or a recovery code; and what to do without either."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.core import clock
from app.core.locales import language
from app.core.permissions import public
from app.core.redirects import safe_next
from app.extensions import db
from app.people import queries
from app.people.actions import factors
from app.people.actions.guessing import CODES, Attempt, admit, forgive
from app.people.forms.factors import CodeForm, RecoveryCodeForm
from app.people.models import Account
from app.people.views import halfway
from app.people.views.blueprint import bp
from app.people.views.coming_in import enter, mark_of_browser, too_soon

Form = CodeForm | RecoveryCodeForm


class Step(NamedTuple):
    """What is asked for, and under which name its failures are counted."""

    endpoint: str
    counted_as: str
    template: str
    take: Callable[[Account, str, datetime], bool]


CODE = Step("people.give_code", "code", "people/give_code.html", factors.take_code)
# Nobody guesses 120 bits: counted apart, so that a stranger who guesses codes does not stand in the way of this.
RECOVERY = Step(
    "people.give_recovery_code", "recovery code", "people/give_recovery_code.html", factors.take_recovery_code
)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def give_code() -> ResponseReturnValue:
    account = halfway.whose(clock.now())
    return _answer(account, CodeForm(), CODE) if account else _begin_again()


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@public
def give_recovery_code() -> ResponseReturnValue:
    account = halfway.whose(clock.now())
    if account is None:
        return _begin_again()
    answer = _answer(account, RecoveryCodeForm(), RECOVERY)
    if account.current is not None:  # it opened
        _say_how_many_are_left(account)
    return answer


@bp.route("/sign-in/no-code")
@public
def show_no_code() -> ResponseReturnValue:
    """The same for everybody, signed in halfway or not at all: it knows no account and names nobody."""
    return render_template("people/no_code.html", target=_target())


def _answer(account: Account, form: Form, step: Step) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _page(form, step, 422 if form.is_submitted() else 200)
    attempt = counted_code(account, step.counted_as)
    if attempt.wait:
        return _page(form, step, 429, attempt.wait)
    if not step.take(account, str(form.code.data), clock.now()):
        factors.refuse_code(account)
        db.session.commit()
        form.form_errors.append(no_fit() if step is CODE else no_recovery_fit())
        return _page(form, step, 422)
    forgive(attempt)
    return enter(account, queries.at_the_door(account))


def counted_code(account: Account, name: str) -> Attempt:
    """Counted and committed before the code is looked at, as passwords are."""
    mark, now = mark_of_browser(account.id), clock.now()
    attempt = admit(f"{name} of {account.id}", request.remote_addr or "", mark, now, of_account=CODES)
    db.session.commit()
    return attempt


def no_fit() -> str:
    """One sentence for a wrong code, an old one, and one that was used."""
    words: str = _("This code does not fit. Each code works once: wait for the next one, and check the phone's clock.")
    return words


def no_recovery_fit() -> str:
    words: str = _(
        "This recovery code does not fit. Each works once: check its letters, or take the next of your list."
    )
    return words


def _page(form: Form, step: Step, status: int, wait: int = 0) -> ResponseReturnValue:
    action = url_for(step.endpoint, next=_target())
    page = render_template(step.template, form=form, action=action, target=_target(), too_soon=too_soon(wait))
    return page, status, {"Retry-After": str(wait)} if wait else {}


def _target() -> str | None:
    return safe_next(request.args.get("next"), "") or None


def _begin_again() -> ResponseReturnValue:
    flash(_("The code is asked for within five minutes of the password. Please sign in again."), "plain")
    return redirect(url_for(".sign_in", next=_target()))


def _say_how_many_are_left(account: Account) -> None:
    left = queries.codes_left(account)
    with force_locale(account.language or language()):
        words = ngettext(
            "You used a recovery code. %(num)d is left: make new ones under “My settings”.",
            "You used a recovery code. %(num)d are left: make new ones under “My settings” in time.",
            left,
        )
    flash(words, "warning")
