"""Imprint, privacy notice and terms: open to everybody, written by the administrator."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import settings
from app.core.locales import language_of, localised
from app.core.markup import paragraphs
from app.core.permissions import Permission, public, require
from app.extensions import db
from app.privacy.actions.keeping import change_legal_text
from app.privacy.forms import LegalForm
from app.privacy.settings import LEGAL_TEXTS
from app.privacy.views.blueprint import bp


@bp.app_context_processor
def legal_links() -> dict[str, Any]:
    """For the foot of every page: the texts that somebody has written."""
    written = {name: label for name, label in LEGAL_TEXTS.items() if settings.company(f"legal_{name}")}
    return {"legal_links": [(label, url_for("privacy.show_legal", text=name)) for name, label in written.items()]}


@bp.route("/legal/<string:text>")
@public
def show_legal(text: str) -> ResponseReturnValue:
    written = settings.company(f"legal_{text}") if text in LEGAL_TEXTS else None
    if not written:
        abort(404)
    words = paragraphs(localised(written))
    return render_template("privacy/legal.html", title=LEGAL_TEXTS[text], words=words, spoken=language_of(written))


def _form(text: str) -> LegalForm:
    """The texts are the whole company's: who administers a part of it does not write them."""
    if text not in LEGAL_TEXTS or not current_user.holds_on_company(Permission.SETTING_EDIT):
        abort(404)
    return LegalForm.for_languages(settings.company("languages"))(data=settings.company(f"legal_{text}"))


@bp.route("/admin/legal/<string:text>")
@require(Permission.SETTING_EDIT)
def edit_legal(text: str) -> ResponseReturnValue:
    return _page(text, _form(text), 200)


@bp.route("/admin/legal/<string:text>", methods=["POST"])
@require(Permission.SETTING_EDIT)
def save_legal(text: str) -> ResponseReturnValue:
    form = _form(text)
    if not form.validate_on_submit():
        return _page(text, form, 422)
    languages = settings.company("languages")
    kept = {code: words for code, words in settings.company(f"legal_{text}").items() if code not in languages}
    change_legal_text(text, kept | {code: form[code].data for code in languages}, actor_id=current_user.id)
    db.session.commit()
    flash(_("The text is saved, and linked at the foot of every page."), "good")
    return redirect(url_for(".edit_legal", text=text))


def _page(text: str, form: LegalForm, status: int) -> ResponseReturnValue:
    words = {"text": text, "title": LEGAL_TEXTS[text], "texts": LEGAL_TEXTS, "form": form}
    return render_template("privacy/edit_legal.html", **words), status
