"""The first page of everybody: what asks for me, and how my unit is doing."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, installation, settings
from app.core.permissions import public
from app.extensions import login
from app.home.start_page import start_page
from app.home.views.blueprint import bp


@bp.route("/")
@public
def show_start() -> ResponseReturnValue:
    """Public only to decide where a stranger goes: an empty installation begins, all others ask who is there."""
    if installation.kind() is installation.InstallationKind.EMPTY:
        return redirect(url_for(".show_first_run"))
    if not current_user.is_authenticated:
        to_sign_in: ResponseReturnValue = login.unauthorized()
        return to_sign_in
    page = start_page(current_user, clock.now(), settings.company("time_zone"))
    return render_template("home/start.html", page=page)
