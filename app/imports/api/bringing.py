"""The file itself is the body: it streams to where files lie, whatever its size."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from app.core import clock, uploads
from app.core.api.bodies import refuse_other_types
from app.core.api.document import asked
from app.core.api.offers import offer, refuse_beyond
from app.core.api.problems import Invalid, Misfit
from app.core.imports import ImportKind
from app.core.kinds import kinds_by_name
from app.core.permissions import Permission
from app.core.texts import _
from app.extensions import db
from app.imports.actions.course import forget_file, start
from app.imports.api.blueprint import bp
from app.imports.api.told import CREATED, OK, import_told
from app.imports.looking import look_into_file
from app.imports.queries import begun_before
from app.imports.reading import UnreadableFile
from app.imports.views.blueprint import looking
from config import BOUNDS

FILES = (
    "application/octet-stream",
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.oasis.opendocument.spreadsheet",
)


@bp.route("", methods=["POST"])
@offer(Permission.IMPORT_USE, query="FileQuestion", answer="Import", files=FILES, answers=(CREATED, OK))
def bring_file() -> ResponseReturnValue:
    """Begin an import: the body is the file, at most 512 MB. Nothing is written before it is accepted.

    201 with a new import, which needs its mapping. The very file that one has brought before, and that nobody has
    accepted, answers 200 with the import that is there.
    """
    wanted, kind, actor_id = asked(), _kind_named(asked().kind), current_user.id
    refuse_other_types(FILES)
    with looking():
        digest = _stored(kind)
    with uploads.held():
        import_, status = begun_before(kind.name, digest, wanted.file_name, actor_id), OK
        if import_ is None:
            now, name = clock.now(), wanted.file_name
            import_ = start(kind.name, digest, name, now=now, actor_id=actor_id, by_program=True)
            status = CREATED
        db.session.commit()
    return import_told(import_), status, {"Location": url_for(".show_import", import_id=import_.id)}


def _kind_named(name: str) -> ImportKind:
    """Each kind needs its own right, of the owner and among the scopes, beside that of using imports."""
    kind = kinds_by_name().get(name)
    if kind is None:
        raise Invalid([Misfit("kind", _("This must be one of: %(expected)s.", expected=", ".join(kinds_by_name())))])
    refuse_beyond(kind.permission)
    return kind


def _stored(kind: ImportKind) -> str:
    """Kept if its beginning can be read."""
    request.max_content_length = BOUNDS["import"]
    try:
        digest = uploads.store(request.stream, BOUNDS["import"])
    except uploads.TooLarge as error:
        raise RequestEntityTooLarge from error
    try:
        look_into_file(kind, digest)
    except UnreadableFile:
        forget_file(digest)
        raise
    return digest
