"""Which column of the file is which of ours; the choice begins the dry run."""

from flask.typing import ResponseReturnValue

from app.core.api.document import sent
from app.core.api.offers import offer
from app.core.imports import Mapping
from app.core.kinds import kind_named
from app.core.permissions import Permission
from app.extensions import db
from app.imports.actions.course import choose_mapping, headers_under, refuse_on_its_way
from app.imports.api.blueprint import bp, reached_import
from app.imports.api.told import ACCEPTED, OK, answer_with, mapping_told
from app.imports.looking import look_into_file, place_in
from app.imports.mapping import mapping_of, read_mapping
from app.imports.models import DataImport
from app.imports.views.blueprint import looking, refuse_to_look_into
from app.imports.views.progress import set_to_work


@bp.route("/<int:import_id>/mapping")
@offer(Permission.IMPORT_USE, answer="Look")
def show_mapping(import_id: int) -> ResponseReturnValue:
    """The mapping that was chosen, or else what the file suggests, with the sheets and headers of the file.

    Once rows are written nobody looks into the file any more: it may be gone.
    """
    import_ = reached_import(import_id)
    refuse_to_look_into(import_)
    chosen, digest, kind = _chosen_mapping(import_), import_.digest, kind_named(import_.kind)
    if chosen and import_.load_started_at is not None:
        return {"is_kept": True, "mapping": mapping_told(chosen), "sheets": None, "headers": None}
    with looking():
        look = look_into_file(kind, digest, *([place_in(chosen)] if chosen else []))
    told = {"sheets": list(look.sheets), "headers": list(look.headers)}
    return {"is_kept": chosen is not None, "mapping": mapping_told(chosen or look.suggestion), **told}


def _chosen_mapping(import_: DataImport) -> Mapping | None:
    return read_mapping(import_.mapping) if import_.mapping else None


@bp.route("/<int:import_id>/mapping", methods=["POST"])
@offer(Permission.IMPORT_USE, body="Mapping", answer="Import", answers=(OK, ACCEPTED))
def choose_import_mapping(import_id: int) -> ResponseReturnValue:
    """Check the file with this mapping: the dry run, which writes nothing. 202 while it goes on in the worker."""
    import_ = reached_import(import_id)
    refuse_to_look_into(import_)
    refuse_on_its_way(import_)
    digest, told = import_.digest, sent().model_dump(exclude_none=True)
    mapping = mapping_of({"kind": import_.kind} | told)
    with looking():
        headers = headers_under(digest, mapping)
    import_ = reached_import(import_id)  # it may have been set aside meanwhile
    choose_mapping(import_, mapping, headers)
    import_.by_program = True
    set_to_work("imports.check", import_)
    db.session.expire_all()
    return answer_with(reached_import(import_id))
