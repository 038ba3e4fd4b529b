"""My second factor: setting it up or moving it to another phone, new recovery codes, removing it."""

import base64
import binascii
from urllib.parse import quote

import segno
from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user

from app.core import clock, installation, settings
from app.core.errors import Refused
from app.core.permissions import Permission, require
from app.core.redirects import safe_next
from app.extensions import db
from app.people import queries
from app.people.actions import factors
from app.people.actions.guessing import forgive
from app.people.credentials import factor_codes
from app.people.forms.factors import CodeForm, OwnCodeForm, ReplaceFactorForm
from app.people.views.blueprint import bp
from app.people.views.codes import counted_code, no_fit
from app.people.views.coming_in import too_soon
from app.people.views.me import me

SEED = "new_seed"


@bp.route("/settings/second-factor")
@require(Permission.ACCOUNT_USE)
def show_factor() -> ResponseReturnValue:
    return render_template(
        "people/factor.html",
        factor=queries.factor_of(current_user),
        left=queries.codes_left(current_user),
        is_needed=queries.must_have_factor(current_user),
        fixed=installation.is_demo(),
    )


@bp.route("/settings/second-factor/set-up", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def set_up_factor() -> ResponseReturnValue:
    """The new one must be seen to work before it holds; where there is one already, that one is asked for too."""
    _refuse_in_demo()
    has_one, seed, now = queries.has_factor(me()), _seed(), clock.now()
    form = ReplaceFactorForm() if has_one else CodeForm()
    if not form.validate_on_submit():
        return _set_up_page(form, seed, 422 if form.is_submitted() else 200)
    step = factor_codes.matching_step(seed, form.code.data, now)
    if step is None:
        form.code.errors = [no_fit()]
        return _set_up_page(form, seed, 422)
    if isinstance(form, ReplaceFactorForm) and (fault := _fault_of(form)):
        return _set_up_page(form, seed, *fault)
    fresh = factors.set_up(me(), seed, step, now)
    session.pop(SEED, None)
    return _show_codes(fresh)


def _refuse_in_demo() -> None:
    if installation.is_demo():
        raise Refused(_("In the demo nobody has a second factor, so that all can be tried again. Nothing was changed."))


def _seed() -> str:
    """Kept, encrypted, in the browser's cookie until it is confirmed: the picture stays the same on every try."""
    try:
        seed = factor_codes.unseal(base64.b64decode(session.get(SEED, "")), current_user.id)
    except (binascii.Error, TypeError):
        seed = None
    if seed is None:
        seed = factor_codes.new_seed()
        session[SEED] = base64.b64encode(factor_codes.seal(seed, current_user.id)).decode()
    return seed


def _set_up_page(form: CodeForm | ReplaceFactorForm, seed: str, status: int, wait: int = 0) -> ResponseReturnValue:
    issuer = " ".join(filter(None, ("Rezonans", str(settings.company("company_name")))))
    address = factor_codes.address_of(seed, current_user.sign_in_name, issuer)
    page = render_template(
        "people/set_up_factor.html",
        form=form,
        action=url_for(".set_up_factor", next=_target()),
        picture=segno.make(address, micro=False).svg_data_uri(scale=4, light="#fff"),
        address=address,
        key=factor_codes.in_groups(seed),
        is_needed=queries.must_have_factor(current_user),
        too_soon=too_soon(wait),
    )
    return page, status, {"Retry-After": str(wait)} if wait else {}


def _fault_of(form: OwnCodeForm) -> tuple[int, int] | None:
    """The status and the seconds to wait when the code that holds now is not right; None when it was, and is used."""
    account = me()
    attempt = counted_code(account, "own code")
    if attempt.wait:
        return 429, attempt.wait
    if not factors.take_either(account, form.own_code.data, clock.now()):
        factors.refuse_code(account)
        db.session.commit()
        form.own_code.errors = [no_fit()]
        return 422, 0
    forgive(attempt)
    return None


def _target() -> str | None:
    return safe_next(request.args.get("next"), "") or None


def _show_codes(fresh: list[str]) -> ResponseReturnValue:
    """Shown by this answer and never again. A link to download needs no second request: the file is in it."""
    login_user(me())
    db.session.commit()
    title = _("Recovery codes for Rezonans: %(name)s", name=current_user.sign_in_name)
    file = f"data:text/plain;charset=utf-8,{quote(chr(10).join((title, '', *fresh, '')))}"
    return render_template("people/recovery_codes.html", codes=fresh, file=file, target=_target())


@bp.route("/settings/second-factor/recovery-codes", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def renew_recovery_codes() -> ResponseReturnValue:
    form = OwnCodeForm()
    if (refusal := _asked("people/renew_codes.html", form)) is not None:
        return refusal
    return _show_codes(factors.renew_codes(me()))


@bp.route("/settings/second-factor/removal", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE, fresh=True)
def remove_own_factor() -> ResponseReturnValue:
    if queries.must_have_factor(current_user):
        raise Refused(
            _("A role of yours needs a second factor. Nothing was removed; you can move it to another phone.")
        )
    form = OwnCodeForm()
    if (refusal := _asked("people/remove_own_factor.html", form)) is not None:
        return refusal
    factors.remove_own(me(), clock.now())
    login_user(me())
    db.session.commit()
    flash(_("Your second factor is removed: the password alone opens your account."), "good")
    return redirect(url_for(".show_factor"))


def _asked(template: str, form: OwnCodeForm) -> ResponseReturnValue | None:
    """The page that asks for the code that holds now; None when it was given."""
    if not queries.has_factor(current_user):
        return redirect(url_for(".show_factor"))
    if not form.validate_on_submit():
        return render_template(template, form=form, too_soon=""), 422 if form.is_submitted() else 200
    if fault := _fault_of(form):
        status, wait = fault
        return render_template(template, form=form, too_soon=too_soon(wait)), status
    return None
