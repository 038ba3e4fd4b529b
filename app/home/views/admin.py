"""The company's settings, its health, and the end of the demo."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, restoration, settings
from app.core.errors import Refused
from app.core.permissions import Permission, require
from app.demo import actions as demo
from app.extensions import db
from app.home import actions
from app.home.forms import SettingsForm
from app.home.queries.health import health
from app.home.views.blueprint import bp
from app.home.wording.names import CHECKS
from app.keeping.queries.backups import keeping


@bp.route("/admin/settings", methods=["GET", "POST"])
@require(Permission.SETTING_EDIT)
def edit_settings() -> ResponseReturnValue:
    form = SettingsForm(data={name: settings.company(name) for name in actions.LATER_SETTINGS})
    if not form.validate_on_submit():
        return render_template("home/settings.html", form=form), 422 if form.is_submitted() else 200
    if not current_user.holds_on_company(Permission.SETTING_EDIT):
        raise Refused(_("These settings are the whole company's, and your role covers a part of it. Nothing changed."))
    actions.change_settings(form.data, current_user.id)
    db.session.commit()
    flash(_("The settings are saved."), "good")
    return redirect(url_for(".edit_settings"))


@bp.route("/admin/health")
@require(Permission.SETTING_EDIT)
def show_health() -> ResponseReturnValue:
    return render_template("home/health.html", checks=list(health()), check_words=CHECKS, keeping=keeping())


@bp.route("/admin/health/release", methods=["POST"])
@require(Permission.SETTING_EDIT)
def release_sending() -> ResponseReturnValue:
    if not current_user.holds_on_company(Permission.SETTING_EDIT):
        raise Refused(_("This is the whole company's, and your role covers a part of it. Nothing was changed."))
    if not restoration.release(current_user.id, clock.now()):
        raise Refused(_("Nothing is held back: somebody has let it go already, or this is no restored copy."))
    db.session.commit()
    flash(_("Messages are sent again from now on."), "good")
    return redirect(url_for(".show_health"))


@bp.route("/admin/demo-removal")
@require(Permission.DEMO_REMOVE)
def confirm_removal() -> ResponseReturnValue:
    return render_template("home/remove_demo.html", counts=demo.counts())


@bp.route("/admin/demo-removal", methods=["POST"])
@require(Permission.DEMO_REMOVE)
def remove_demo() -> ResponseReturnValue:
    if not current_user.holds_on_company(Permission.DEMO_REMOVE):
        raise Refused(_("The demo is the whole company, and your role covers a part of it. Nothing was removed."))
    goodbye = _("The demo company is gone, with all that it brought.")  # in the language of somebody who goes with it
    digests = demo.remove()
    db.session.commit()
    demo.forget_files(digests)
    session.clear()
    flash(goodbye, "good")
    return redirect(url_for(".show_first_run"))
