"""The first page of everybody: what asks for me, and how my unit is doing."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.core import clock, company_time, installation
from app.core.locales import language
from app.core.permissions import public
from app.extensions import login
from app.home.views.blueprint import bp
from app.home.wording.start import cards, start_page
from app.impact.queries.glance import Places
from app.impact.queries.kept import kept, stamp
from app.impact.wording.glance import glances


@bp.route("/")
@public
def show_start() -> ResponseReturnValue:
    """Public only to decide where a stranger goes: an empty installation begins, all others ask who is there."""
    if installation.kind() is installation.InstallationKind.EMPTY:
        return redirect(url_for(".show_first_run", lang=request.args.get("lang")))
    if not current_user.is_authenticated:
        to_sign_in: ResponseReturnValue = login.unauthorized()
        return to_sign_in
    page, today = start_page(current_user, clock.now()), company_time.today()
    key = ("home", stamp(), page.places, today, language())
    my_unit, others = kept(key, lambda: _unit_cards(page.places, today))
    return render_template("home/start.html", page=page, my_unit=my_unit, others=others)


def _unit_cards(places: Places, today: date) -> tuple[Markup, Markup]:
    """Kept until figures change: the same for all who work in the same unit and look after the same ones."""
    shown = cards(glances(places, today))
    my_unit, others = (render_template(f"home/_{name}.html", **shown) for name in ("my_unit", "others"))
    return Markup(my_unit), Markup(others)  # noqa: S704 (our own templates)
