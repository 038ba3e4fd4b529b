"""From the dry run to the end: accepted, or set aside."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.api.document import sent
from app.core.api.offers import offer
from app.core.permissions import Permission
from app.extensions import db
from app.imports.actions.course import accept, forget_file, set_aside
from app.imports.api.blueprint import bp, reached_import
from app.imports.api.told import ACCEPTED, OK, answer_with
from app.imports.models import ImportStatus
from app.imports.views.progress import set_to_work

SAID = (ImportStatus.LOADING, ImportStatus.DONE)
NOTHING = 204


@bp.route("/<int:import_id>/acceptance", methods=["POST"])
@offer(Permission.IMPORT_USE, body="Acceptance", answer="Import", answers=(OK, ACCEPTED))
def accept_import(import_id: int) -> ResponseReturnValue:
    """Write the good rows of a checked import; they are seen all at once. 202 while the worker writes them.

    Said twice it is done once: the second time tells how the import stands.
    """
    import_ = reached_import(import_id)
    if import_.status not in SAID:
        accept(import_, now=clock.now(), actor_id=current_user.id, yes_to=sent().yes_to)
        import_.by_program = True
        set_to_work("imports.load", import_)
        db.session.expire_all()
    return answer_with(reached_import(import_id))


@bp.route("/<int:import_id>/removal", methods=["POST"])
@offer(Permission.IMPORT_USE, body="Empty", answer="", answers=(NOTHING,))
def remove_import(import_id: int) -> ResponseReturnValue:
    """Set an import aside, with its file, before anything of it is written."""
    import_ = reached_import(import_id)
    digest = import_.digest
    set_aside(import_, actor_id=current_user.id)
    db.session.commit()
    forget_file(digest)
    return "", NOTHING
