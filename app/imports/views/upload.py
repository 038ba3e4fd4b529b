"""The first step: which kind, which file."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, uploads
from app.core.kinds import kind_named, kinds_for
from app.core.permissions import Permission, require
from app.extensions import db
from app.imports.actions.course import forget_file, start
from app.imports.forms import UploadForm
from app.imports.looking import look_into_file
from app.imports.reading import UnreadableFile
from app.imports.views.blueprint import bp, looking
from config import BOUNDS


@bp.route("/new")
@require(Permission.IMPORT_USE)
def choose_file() -> ResponseReturnValue:
    form = UploadForm(formdata=None, kind=request.args.get("kind")).offer(kinds_for(current_user))
    return _page(form, 200)


@bp.route("/new", methods=["POST"])
@require(Permission.IMPORT_USE)
def upload_file() -> ResponseReturnValue:
    kinds = kinds_for(current_user)
    form = UploadForm().offer(kinds)
    if form.kind.data and form.kind.data not in [kind.name for kind in kinds]:
        abort(403)
    if not form.validate():
        return _page(form, 422)
    actor_id = current_user.id
    with looking():
        digest = _stored(form)
    if digest is None:
        return _page(form, 422)
    name = form.file.data.filename or ""
    with uploads.held():
        import_ = start(form.kind.data, digest, name, now=clock.now(), actor_id=actor_id)
        db.session.commit()
    return redirect(url_for(".edit_mapping", import_id=import_.id), 303)


def _stored(form: UploadForm) -> str | None:
    """Stored, if its beginning can be read; else the sentence stands at the field."""
    try:
        digest = uploads.store(form.file.data.stream, BOUNDS["import"])
    except uploads.TooLarge:
        too_large = _("This file is larger than 512 MB. Divide it, and import the parts one by one.")
        form.file.errors = [too_large, _("Nothing of the file was kept.")]
        return None
    try:
        look_into_file(kind_named(form.kind.data), digest)
    except UnreadableFile as fault:
        form.file.errors = [fault.message.text(), _("Nothing of the file was kept.")]
        forget_file(digest)
        return None
    return digest


def _page(form: UploadForm, status: int) -> ResponseReturnValue:
    return render_template("imports/new.html", form=form, kinds=kinds_for(current_user)), status
