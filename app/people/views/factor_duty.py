"""Whose role needs a second factor and has none does nothing else until it stands; and the setting that says so."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.core import company_time, installation, settings
from app.core.errors import Refused
from app.core.permissions import Permission, Role, require
from app.core.reader import reader
from app.extensions import db
from app.people import queries
from app.people.actions.factors import require_of
from app.people.forms.factors import FactorRolesForm
from app.people.views.blueprint import bp
from app.people.views.presence import send_to
from app.people.wording.names import ROLES

# What stays open meanwhile: setting it up, reading it in one's language, and leaving.
OPEN = (
    None,
    "static",
    "people.set_up_factor",
    "people.confirm_password",
    "people.choose_own_language",
    "people.choose_theme",
    "people.sign_out",
)


@bp.before_app_request
def lead_to_set_up() -> ResponseReturnValue | None:
    """Asked at every request of a browser's session, so that a role that was just given counts from the next one."""
    person = reader()
    if request.endpoint in OPEN or not person.is_authenticated or person.current is None:
        return None
    return send_to("people.set_up_factor") if queries.lacks_factor(person) else None


@bp.route("/admin/second-factor", methods=["GET", "POST"])
@require(Permission.SETTING_EDIT, fresh=True)
def choose_factor_roles() -> ResponseReturnValue:
    form = FactorRolesForm(roles=settings.company("factor_roles"))
    form.roles.choices = _role_choices()
    if not form.validate_on_submit():
        page = render_template("people/factor_roles.html", form=form, is_without_effect=installation.is_demo())
        return page, 422 if form.is_submitted() else 200
    if not current_user.holds_on_company(Permission.SETTING_EDIT):
        raise Refused(_("These settings are the whole company's, and your role covers a part of it. Nothing changed."))
    require_of(form.roles.data or [], current_user.id)
    db.session.commit()
    flash(_("The setting is saved. It holds from each person's next page."), "good")
    return redirect(url_for(".choose_factor_roles"))


def _role_choices() -> list[SelectChoice]:
    """Each with what it would mean: to how many people, and how many of them are ready."""
    counts = queries.factors_by_role(company_time.today())
    return [SelectChoice(role.value, f"{ROLES[role]}: {_count_words(*counts.get(role, (0, 0)))}") for role in Role]


def _count_words(people: int, ready: int) -> str:
    words: str = ngettext(
        "%(num)d person, %(ready)s with a second factor",
        "%(num)d people, %(ready)s with a second factor",
        people,
        ready=ready,
    )
    return words
