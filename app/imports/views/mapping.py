"""The second step: which column of the file is which of ours."""

from dataclasses import replace
from typing import Any
from zlib import crc32

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.addresses import row_number
from app.core.imports import N_, ImportKind, Mapping, Message
from app.core.kinds import kind_named
from app.core.permissions import Permission, require
from app.extensions import db
from app.imports import wording
from app.imports.actions.course import choose_mapping, headers_under, keep_mapping, refuse_on_its_way, take_lines
from app.imports.forms import MappingFileForm, MappingForm, mapping_form
from app.imports.looking import Look, TablePlace, dates_of_file, look_into_file, place_in, scores_of_file
from app.imports.mapping import BadMapping, check_mapping, digest_of, read_mapping
from app.imports.models import DataImport
from app.imports.queries import mapped_before
from app.imports.reading import UnreadableFile
from app.imports.views.blueprint import bp, import_to_act_on, import_to_see, looking, refuse_to_look_into
from app.imports.views.progress import begin

MAPPING_FILE = 100_000
PLACES = ("sheet", "header_row", "group_row", "first_row")
NO_FILE = Message(N_("Choose a mapping file."))
NOT_TEXT = Message(N_("This is not a mapping file: it holds no plain text."))


@bp.route("/<int:import_id>/mapping")
@require(Permission.IMPORT_USE)
def edit_mapping(import_id: int) -> ResponseReturnValue:
    import_ = import_to_see(import_id)
    if import_.load_started_at is not None:
        return redirect(url_for(".show_import", import_id=import_id))
    refuse_to_look_into(import_)
    kind, asked = kind_named(import_.kind), _asked_place()
    kept = read_mapping(import_.mapping) if import_.mapping and not asked.is_said else None
    look = look_into_file(kind, import_.digest, place_in(kept) if kept else asked)
    earlier, before = (None, None) if kept or asked.is_said else _chosen_before(kind, look)
    mapping = kept or before or look.suggestion
    form = mapping_form(kind, look, mapping)
    form.ask_about(dates_of_file(import_.digest, mapping))
    form.ask_about_scores(scores_of_file(import_.digest, mapping), mapping, kind)
    return _page(import_, form, look, earlier=earlier)


@bp.route("/<int:import_id>/mapping", methods=["POST"])
@require(Permission.IMPORT_USE)
def save_mapping(import_id: int) -> ResponseReturnValue:
    import_ = import_to_act_on(import_id)
    refuse_to_look_into(import_)
    refuse_on_its_way(import_)
    kind, digest = kind_named(import_.kind), import_.digest
    faults: tuple[Message, ...] = ()
    look, form = _as_sent(import_id, kind, digest)
    import_ = import_to_act_on(import_id)  # it may have been set aside meanwhile
    if form.validate():
        try:
            choose_mapping(import_, form.chosen(kind), look.headers)
            return begin("imports.check", import_)
        except BadMapping as fault:
            faults = fault.messages
    return _page(import_, form, look, faults)


@bp.route("/<int:import_id>/mapping-file")
@require(Permission.IMPORT_USE)
def download_mapping(import_id: int) -> ResponseReturnValue:
    """To be kept beside the source, and used again for its next file."""
    import_ = import_to_see(import_id)
    response = Response(import_.mapping, content_type="application/toml; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{import_.kind}.toml")
    return response


@bp.route("/<int:import_id>/mapping-file", methods=["POST"])
@require(Permission.IMPORT_USE)
def upload_mapping(import_id: int) -> ResponseReturnValue:
    import_ = import_to_act_on(import_id)
    refuse_to_look_into(import_)
    refuse_on_its_way(import_)
    kind, digest, form = kind_named(import_.kind), import_.digest, MappingFileForm()
    try:
        mapping = _read(form)
        with looking():
            headers = headers_under(digest, mapping)
        import_ = import_to_act_on(import_id)
        keep_mapping(import_, mapping, headers)
        db.session.commit()
        return redirect(url_for(".edit_mapping", import_id=import_id))
    except BadMapping as fault:
        faults = fault.messages
    except UnreadableFile as fault:
        faults = (fault.message,)
    look, chosen = _as_sent(import_id, kind, digest)
    import_ = import_to_act_on(import_id)
    return _page(import_, chosen, look, faults)


@bp.route("/<int:import_id>/lines-taken", methods=["POST"])
@require(Permission.IMPORT_USE)
def take_lines_as_rows(import_id: int) -> ResponseReturnValue:
    """Notes and totals that are rows after all."""
    import_ = import_to_act_on(import_id)
    refuse_to_look_into(import_)
    take_lines(import_, rows_below="rows_below" in request.form, not_totals=request.form.getlist("not_totals"))
    return begin("imports.check", import_)


def _asked_place() -> TablePlace:
    """What was chosen for another sheet, or below another header row, does not hold for this one."""
    asked = request.args
    sheet, header_row = asked.get("sheet"), asked.get("header_row", type=row_number)
    if sheet != asked.get("of_sheet", sheet):
        return TablePlace(sheet)
    if header_row != asked.get("of_header_row", header_row, type=row_number):
        return TablePlace(sheet, header_row)
    group_row = asked.get("group_row", type=row_number)
    return TablePlace(sheet, header_row, group_row, asked.get("first_row", type=row_number))


def _chosen_before(kind: ImportKind, look: Look) -> tuple[DataImport | None, Mapping | None]:
    """What was chosen for the same columns before, in an import that this person may look into.

    Where the table stands, and how its dates are written, is told by this file.
    """
    imports = DataImport.visible_to(current_user)
    if kind.is_private:
        imports = imports.where(DataImport.created_by_id == current_user.id)
    earlier = mapped_before(imports, kind, digest_of(look.headers))
    if earlier is None:
        return None, None
    here, before = look.suggestion, read_mapping(earlier.mapping)
    order = here.date_order or before.date_order
    before = replace(before, date_order=order, **{part: getattr(here, part) for part in PLACES})
    return (None, None) if check_mapping(before, kind, look.headers) else (earlier, before)


def _as_sent(import_id: int, kind: ImportKind, digest: str) -> tuple[Look, MappingForm]:
    try:
        with looking():
            return _looked_into(kind, digest)
    except UnreadableFile:
        import_to_act_on(import_id)  # where it was set aside meanwhile its file went with it: there is nothing to mend
        raise


def _looked_into(kind: ImportKind, digest: str) -> tuple[Look, MappingForm]:
    """The file where the form looked at it, and the form with everything as it was chosen."""
    base, header_row = _base(), request.form.get("header_row", type=row_number)
    place = replace(place_in(base), header_row=header_row) if base else TablePlace(header_row=header_row)
    look = look_into_file(kind, digest, replace(place, sheet=request.form.get("sheet")))
    base = base or look.suggestion
    form = mapping_form(kind, look, base)
    chosen = form.as_far_as_chosen(kind, look, base)
    form.ask_about(dates_of_file(digest, chosen))
    form.ask_about_scores(scores_of_file(digest, chosen), chosen, kind)
    return look, form


def _base() -> Mapping | None:
    """The mapping that the form began with."""
    try:
        return read_mapping(request.form.get("base", ""))
    except BadMapping:
        return None


def _read(form: MappingFileForm) -> Mapping:
    if not form.validate():
        raise BadMapping(NO_FILE)
    try:
        return read_mapping(form.mapping_file.data.read(MAPPING_FILE).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadMapping(NOT_TEXT) from error


def _page(
    import_: DataImport,
    form: MappingForm,
    look: Look,
    faults: tuple[Message, ...] = (),
    earlier: DataImport | None = None,
) -> ResponseReturnValue:
    is_wrong = bool(faults) or form.is_submitted()
    kind = kind_named(import_.kind)
    # What was typed is put back only into a form that began with the same mapping.
    draft = f"columns-{crc32((form.base.data or '').encode())}"
    words: dict[str, Any] = {"file_form": MappingFileForm(formdata=None), "draft": draft, "earlier": earlier}
    words["wording"] = wording
    words["faults"] = [wording.complaint(fault, kind) for fault in faults]
    page = render_template("imports/mapping.html", import_=import_, form=form, look=look, kind=kind, **words)
    return page, 422 if is_wrong else 200
