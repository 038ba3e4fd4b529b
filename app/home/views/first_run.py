"""The first page of an empty installation: try the demo company, or set up your own."""

from hmac import compare_digest

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user

from app.core import clock, installation
from app.core.errors import Refused
from app.core.keys import first_run_code
from app.core.local import is_local
from app.core.permissions import public
from app.demo import actions as demo
from app.extensions import db
from app.home import actions
from app.home.forms import FirstCompanyForm
from app.home.views.blueprint import bp
from app.people.actions.sessions import browser_words, open_session
from config import Config


def _only_the_owner() -> None:
    """While it is empty, whoever comes first would own it: so only this machine, or who knows the printed code."""
    if installation.kind() is not installation.InstallationKind.EMPTY:
        abort(404)
    code = first_run_code()
    if not is_local(request) and not compare_digest(request.args.get("code", "").encode(), code.encode()):
        abort(403)


@bp.route("/first-run")
@public
def show_first_run() -> ResponseReturnValue:
    _only_the_owner()
    return render_template("home/first_run.html", kept=_handed_on(), is_demo_place=_is_demo_place())


def _handed_on() -> dict[str, str]:
    """What addresses of the first pages hand on: who knows the code goes on with it, and in the language they chose."""
    return {name: request.args[name] for name in ("code", "lang") if name in request.args}


def _is_demo_place() -> bool:
    config: Config = current_app.config["REZONANS"]
    return config.is_demo_place


@bp.route("/first-run/demo", methods=["POST"])
@public
def try_demo() -> ResponseReturnValue:
    _only_the_owner()
    for _step in demo.load():
        db.session.commit()
    flash(_("The demo company is here. Sign in as any of these people; the password is “demo”."), "good")
    return redirect(url_for("people.sign_in", lang=request.args.get("lang")))


@bp.route("/first-run/company", methods=["GET", "POST"])
@public
def set_up_company() -> ResponseReturnValue:
    _only_the_owner()
    if _is_demo_place():
        raise Refused(
            _("This place is for the demo, so nothing was set up. Start “bin/run”, without “demo”, for your company.")
        )
    form = FirstCompanyForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("home/set_up_company.html", form=form, kept=_handed_on()), status
    account = actions.set_up_company(form.data, clock.now())
    open_session(account, browser_words(request.user_agent.string), clock.now())
    db.session.commit()
    login_user(account)
    flash(_("Your company is set up. These are the next steps."), "good")
    return redirect(url_for(".show_start"))
