"""By which server mail leaves the house, and a message to try it."""

from secrets import token_hex

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, installation, jobs, mail, settings
from app.core.errors import Refused
from app.core.links import base_url, is_only_here
from app.core.locales import language
from app.core.mail.server import PLAIN, has_password
from app.core.permissions import Permission, require
from app.extensions import db
from app.home.forms import MailForm
from app.home.queries.letters import failed_letters, waiting_letters
from app.home.views.blueprint import bp
from app.home.wording.letters import failed_rows, waiting_rows
from app.home.wording.names import mail_refusal


@bp.route("/admin/mail", methods=["GET", "POST"])
@require(Permission.SETTING_EDIT, fresh=True)
def edit_mail() -> ResponseReturnValue:
    form = MailForm(data={name.removeprefix("mail_"): settings.company(name) for name in PLAIN})
    if not form.validate_on_submit():
        return _mail_page(form, 422 if form.is_submitted() else 200)
    _only_for_the_company()
    words = {name: form[name.removeprefix("mail_")].data for name in PLAIN}
    mail.change_server(words, form.password.data or "", actor_id=current_user.id)
    jobs.hurry()
    db.session.commit()
    flash(_("The mail server is saved. Send a test message to see whether it works."), "good")
    return redirect(url_for(".edit_mail"))


def _only_for_the_company() -> None:
    if not current_user.holds_on_company(Permission.SETTING_EDIT):
        raise Refused(_("These settings are the whole company's, and your role covers a part of it. Nothing changed."))


def _mail_page(form: MailForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "home/mail.html",
        form=form,
        is_possible=mail.is_possible(),
        has_password=has_password(),
        is_demo=installation.is_demo(),
        local_links=base_url() if is_only_here() else "",
        waiting=waiting_rows(waiting_letters()),
        failed=failed_rows(failed_letters(clock.now())),
    )
    return page, status


@bp.route("/admin/mail/test-message", methods=["POST"])
@require(Permission.SETTING_EDIT, fresh=True)
def send_test_message() -> ResponseReturnValue:
    """At once, and to nobody but who asks: the answer is what they wait for."""
    _only_for_the_company()
    server, to = mail.server(), current_user.email
    if server is None or not to:
        raise Refused(_no_server() if server is None else _("Your account has no e-mail address. Nothing was sent."))
    letter = _test_letter(to)
    db.session.rollback()  # the network may take its time: nobody shall wait for a lock meanwhile
    try:
        mail.deliver(letter, server, somebody_waits=True)
    except mail.NotDelivered as refusal:
        flash(mail_refusal(refusal.reason, server, to), "danger")
    else:
        jobs.hurry()
        db.session.commit()
        told = {"address": to, "host": server.host}
        flash(_("%(host)s has taken the test message to %(address)s. Look into that mailbox.", **told), "good")
    return redirect(url_for(".edit_mail"))


def _no_server() -> str:
    if installation.is_demo():
        return str(_("The demo sends no mail. Nothing was sent."))
    return str(_("No mail server is named yet. Nothing was sent; fill in the form first."))


def _test_letter(to: str) -> mail.Letter:
    company = str(settings.company("company_name")) or "Rezonans"
    return mail.Letter(
        to=to,
        subject=_("Test message from Rezonans"),
        paragraphs=(
            _("Good day,"),
            _("this message says that Rezonans of %(company)s can send mail.", company=company),
            base_url(),
        ),
        language=language(),
        key=token_hex(16),
    )
