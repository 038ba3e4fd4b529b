"""Units that nobody knows, as files call them: what waits, what may be meant, and the decision."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, jobs
from app.core.addresses import row_number
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.kinds import kinds_by_name
from app.core.permissions import NotAllowed, Permission, exercising, require
from app.extensions import db
from app.imports.models import DataImport, WaitingName
from app.people.actions.unit_aliases import Meaning, decide, end
from app.people.forms.unmatched import MeaningForm
from app.people.models import Unit, UnitAlias
from app.people.queries import unmatched as waiting
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.wording import unmatched as wording

PAGE = 50
AT_ONCE = 5000  # rows that are brought in while one waits for the answer
LONGEST_CHOICE = 40


@dataclass(frozen=True)
class Line:
    one: waiting.Unmatched
    unit_id: int | None = None  # the likeliest
    label: str = ""
    reason: str = ""
    is_sure: bool = False


@bp.route("/imports/unmatched-units")
@require(Permission.IMPORT_USE)
def list_unmatched() -> ResponseReturnValue:
    names, q = WaitingName.visible_to(current_user, Permission.IMPORT_USE), request.args.get("q", "").strip()
    import_id = request.args.get("import_id", type=row_number)
    page = db.paginate(waiting.unmatched(names, q, import_id), per_page=PAGE, max_per_page=PAGE, error_out=False)
    lines = _lines(waiting.told_of(names, page.items))
    return render_template("people/unmatched.html", page=page, lines=lines, q=q, wording=wording, import_id=import_id)


def _lines(found: list[waiting.Unmatched]) -> list[Line]:
    guesses = waiting.Guesses(me(), today(), found) if found else None
    return [_line(one, guesses) for one in found] if guesses else []


def _line(one: waiting.Unmatched, guesses: waiting.Guesses) -> Line:
    first = next(iter(guesses.of(one)), None)
    if first is None:
        return Line(one)
    return Line(one, first.unit_id, guesses.label(first), first.reason.text(), first.is_sure)


@bp.route("/imports/unmatched-units/decisions", methods=["POST"])
@require(Permission.IMPORT_USE)
def decide_ticked() -> ResponseReturnValue:
    """Those that were ticked, each with the unit that stood beside it; one that cannot be decided holds up no other."""
    meanings = [meaning for text in request.form.getlist("take")[:PAGE] if (meaning := _ticked(text))]
    refused = _decide(meanings, go_on=True)
    if len(meanings) > refused or not meanings:
        flash(wording.decided(len(meanings) - refused), "good")
    if refused:
        flash(wording.decided_otherwise(refused), "warning")
    return redirect(url_for(".list_unmatched", import_id=request.form.get("import_id", type=row_number)))


def _ticked(text: str) -> Meaning | None:
    try:
        name_id, unit_id = (row_number(number) for number in text[:LONGEST_CHOICE].split(":"))
    except ValueError:
        return None
    if _waits_no_longer(name_id):
        return None
    one = _one(name_id)
    unit = one_or_404(_units_for(one).where(Unit.id == unit_id))
    return Meaning(one.kind, one.words, unit.id)


def _waits_no_longer(name_id: int | None) -> bool:
    """Decided by somebody else since the page was opened, and its rows are in."""
    waits = sa.select(WaitingName.id).where(WaitingName.id == name_id, WaitingName.row_count > 0)
    return db.session.scalar(waits) is None


def _units_for(one: waiting.Unmatched) -> sa.Select[Unit]:
    """Those for which the person brings files of this kind."""
    return Unit.visible_to(current_user, kinds_by_name()[one.kind].permission)


def _one(name_id: int) -> waiting.Unmatched:
    names = WaitingName.visible_to(current_user, Permission.IMPORT_USE)
    found = waiting.told_of(names, [name_id])
    return found[0] if found else abort(404)


def _decide(meanings: list[Meaning], *, go_on: bool = False) -> int:
    """Little work is done at once, so that the next page shows the result; the rest goes to the worker.

    Returns how many were refused, where others `go_on` all the same.
    """
    wanted: dict[tuple[str, int], DataImport] = {}
    refused = 0
    for meaning in meanings:
        try:
            with exercising(kinds_by_name()[meaning.kind].permission):
                for job, import_ in decide(meaning, actor_id=current_user.id, now=clock.now()):
                    wanted[job, import_.id] = import_
        except Refused:  # before anything of it was written
            if not go_on:
                raise
            refused += 1
    at_once = sum(_work_of(job, import_) for (job, _id), import_ in wanted.items()) <= AT_ONCE
    claims = [jobs.begin(job, at_once=at_once, import_id=import_id) for job, import_id in wanted]
    db.session.commit()
    for claim in claims:
        if claim is not None:
            jobs.perform(claim)
    return refused


def _work_of(job: str, import_: DataImport) -> int:
    """In rows; a workbook of few rows may be large all the same."""
    return import_.waiting_count if job == "imports.bring_in" else max(import_.row_count, import_.file_size // 100)


@bp.route("/imports/unmatched-units/<int:name_id>")
@require(Permission.IMPORT_USE)
def show_unmatched(name_id: int) -> ResponseReturnValue:
    one = _one(name_id)
    return _page(one, _form(one))


def _form(one: waiting.Unmatched) -> MeaningForm:
    form = MeaningForm()
    guesses = waiting.Guesses(me(), today(), [one])
    told = [(each.unit_id, guesses.label(each), each.reason.text()) for each in guesses.of(one)]
    form.offer(told, waiting.units_to_mean(me(), one.kind))
    return form


def _page(one: waiting.Unmatched, form: MeaningForm, status: int = 200) -> ResponseReturnValue:
    files = waiting.files_of(WaitingName.visible_to(current_user, Permission.IMPORT_USE), one)
    wholly = me().holds_on_company(kinds_by_name()[one.kind].permission)
    told = {"one": one, "form": form, "files": files, "may_leave_out": wholly, "wording": wording}
    return render_template("people/unmatched_unit.html", **told), status


@bp.route("/imports/unmatched-units/<int:name_id>/decision", methods=["POST"])
@require(Permission.IMPORT_USE)
def decide_unmatched(name_id: int) -> ResponseReturnValue:
    one = _one(name_id)
    form = _form(one)
    if not form.validate():
        return _page(one, form, 422)
    unit = one_or_404(_units_for(one).where(form.chosen()))
    _decide([Meaning(one.kind, one.words, unit.id, form.first_day.data, form.ends_on)])
    flash(wording.decided(1), "good")
    return redirect(url_for(".list_unmatched"))


@bp.route("/imports/unmatched-units/<int:name_id>/leaving-out", methods=["POST"])
@require(Permission.IMPORT_USE)
def leave_out_unmatched(name_id: int) -> ResponseReturnValue:
    """Not ours: said for the whole company, by somebody who brings such files for all of it."""
    one = _one(name_id)
    if not me().holds_on_company(kinds_by_name()[one.kind].permission):
        raise NotAllowed(kinds_by_name()[one.kind].permission)
    _decide([Meaning(one.kind, one.words, None)])
    flash(_("These rows are left out, and so are those of later files."), "good")
    return redirect(url_for(".list_unmatched"))


@bp.route("/imports/unit-names")
@require(Permission.IMPORT_USE)
def list_unit_names() -> ResponseReturnValue:
    q = request.args.get("q", "").strip()
    wanted = waiting.decisions(UnitAlias.visible_to(current_user), q)
    page = db.paginate(wanted, per_page=PAGE, max_per_page=PAGE, error_out=False)
    mine = UnitAlias.visible_to(current_user, Permission.IMPORT_USE).where(UnitAlias.id.in_([row.id for row in page]))
    endable = {alias.id for alias in db.session.scalars(mine)}
    return render_template("people/unit_names.html", page=page, q=q, endable=endable, wording=wording)


@bp.route("/imports/unit-names/<int:alias_id>/end", methods=["POST"])
@require(Permission.IMPORT_USE)
def end_unit_name(alias_id: int) -> ResponseReturnValue:
    alias = one_or_404(UnitAlias.visible_to(current_user, Permission.IMPORT_USE).where(UnitAlias.id == alias_id))
    with exercising(kinds_by_name()[alias.kind].permission):
        end(alias, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("The decision is ended. Files that come from now on are asked about again; what came in stays."), "good")
    return redirect(url_for(".list_unit_names"))
