"""How long work on an import is begun and watched."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.jobs import enqueue, hold, perform
from app.core.permissions import Permission, require
from app.core.timer import is_ticking
from app.extensions import db
from app.imports.models import DataImport
from app.imports.views.blueprint import bp, import_to_see, may_look_into

SMALL_FILE, FEW_ROWS = 500_000, 5_000


def begin(job: str, import_: DataImport) -> ResponseReturnValue:
    import_id = import_.id
    set_to_work(job, import_)
    return redirect(url_for(".show_import", import_id=import_id))


def set_to_work(job: str, import_: DataImport) -> None:
    """Small work is done at once, so that the answer is the result; large work goes to the worker.

    Either way the job is a row: should this process die, a worker takes over.
    """
    import_id = import_.id
    if import_.file_size <= SMALL_FILE and import_.row_count <= FEW_ROWS:
        claim = hold(job, import_id=import_id)
        db.session.commit()
        perform(claim)
    else:
        enqueue(job, import_id=import_id)
        db.session.commit()


@bp.route("/<int:import_id>/progress")
@require(Permission.IMPORT_USE)
def show_progress(import_id: int) -> ResponseReturnValue:
    """The fragment that asks for itself again; when the work is done, the whole page is loaded anew."""
    import_ = import_to_see(import_id)
    if not import_.is_at_work or not may_look_into(import_):
        response = Response(status=204)
        response.headers["HX-Redirect"] = url_for(".show_import", import_id=import_id)
        return response if "HX-Request" in request.headers else redirect(url_for(".show_import", import_id=import_id))
    return render_template("imports/_progress.html", import_=import_, is_worked_on=is_ticking(clock.now()))
