"""Changing the org chart: a form for each act, a preview of what it does, and the act itself."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.company_time import today
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries
from app.people.actions.reorganisation.carrying_out import carry_out, foresee_again
from app.people.actions.reorganisation.consequences import Decision
from app.people.actions.reorganisation.foreseeing import Foreseen, foresee
from app.people.actions.reorganisation.withdrawing import withdraw
from app.people.forms.chart.acts import WishForm
from app.people.forms.chart.split import SplitForm, places
from app.people.models import Reorganisation, Unit
from app.people.queries.reorganisations import people_to_send, units_to_send
from app.people.views.blueprint import bp
from app.people.views.me import me
from app.people.views.org_chart_forms import filled_form, posted_form
from app.people.wording.chart import words
from app.people.wording.chart.preview import preview
from app.people.wording.chart.sending import Sending, sending

ACT = "<any(opening, alteration, move, merger, split, closure, correction):act>"
CHANGE = f"/people/units/<int:unit_id>/changes/{ACT}"
NOT_CARRIED_ALONG = ("csrf_token", "digest", "find")
LONGEST_FIND = 200


def _unit(unit_id: int) -> Unit:
    return one_or_404(Unit.visible_to(current_user, Permission.UNIT_EDIT).where(Unit.id == unit_id))


@bp.route(CHANGE)
@require(Permission.UNIT_EDIT)
def show_change(unit_id: int, act: str) -> ResponseReturnValue:
    unit = _unit(unit_id)
    return _form_page(unit, act, filled_form(unit, act), 200)


@bp.route(f"{CHANGE}/draft", methods=["POST"])
@require(Permission.UNIT_EDIT)
def edit_change(unit_id: int, act: str) -> ResponseReturnValue:
    """Back from the preview, with everything that was typed."""
    unit = _unit(unit_id)
    return _form_page(unit, act, posted_form(unit, act), 200)


@bp.route(f"{CHANGE}/preview", methods=["POST"])
@require(Permission.UNIT_EDIT)
def preview_change(unit_id: int, act: str) -> ResponseReturnValue:
    unit = _unit(unit_id)
    form = posted_form(unit, act)
    if not form.validate():
        return _form_page(unit, act, form, 422)
    try:
        foreseen = foresee(form.wish(), me(), today())
    except Refused as refusal:
        return _refused_page(unit, act, form, refusal)
    return _preview_page(unit, act, foreseen, 200)


@bp.route(CHANGE, methods=["POST"])
@require(Permission.UNIT_EDIT)
def decide_change(unit_id: int, act: str) -> ResponseReturnValue:
    unit = _unit(unit_id)
    form = posted_form(unit, act)
    if not form.validate():
        return _form_page(unit, act, form, 422)
    try:
        foreseen, is_same = foresee_again(form.wish(), me(), today(), request.form.get("digest", ""))
    except Refused as refusal:
        return _refused_page(_unit(unit_id), act, form, refusal)
    if not is_same:
        return _preview_page(_unit(unit_id), act, foreseen, 409)
    carry_out(foreseen, Decision(me(), unit_id, form.reason.data or "", clock.now(), today()))
    db.session.commit()
    flash(_("It is planned.") if foreseen.wish.day > today() else _("It is done."), "good")
    return redirect(url_for(".show_unit", unit_id=unit_id))


@bp.route("/people/plans/<int:plan_id>/withdrawal", methods=["POST"])
@require(Permission.UNIT_EDIT)
def withdraw_plan(plan_id: int) -> ResponseReturnValue:
    plans = Reorganisation.visible_to(current_user, Permission.UNIT_EDIT)
    plan = one_or_404(plans.where(Reorganisation.id == plan_id))
    unit_id = plan.unit_id
    withdraw(plan_id, me(), clock.now(), today())
    db.session.commit()
    flash(_("The plan is withdrawn; everything is as it was before."), "good")
    return redirect(url_for(".show_unit", unit_id=unit_id))


def _refused_page(unit: Unit, act: str, form: WishForm, refusal: Refused) -> ResponseReturnValue:
    form.form_errors.append(str(refusal.sentence))
    return _form_page(unit, act, form, 409)


def _form_page(unit: Unit, act: str, form: WishForm, status: int) -> ResponseReturnValue:
    return render_template(
        "people/change.html",
        unit=unit,
        crumbs=queries.path_to(unit),
        act=act,
        title=words.ACTS[act],
        text=words.EXPLAINED[act],
        form=form,
        sending=_sending(unit, form) if isinstance(form, SplitForm) else None,
        destinations=places(),
        typed=form.typed if isinstance(form, SplitForm) else {},
    ), status


def _sending(unit: Unit, form: SplitForm) -> Sending:
    find = request.form.get("find", "").strip()[:LONGEST_FIND]
    return sending(people_to_send(unit, today()), units_to_send(unit), form.typed, find)


def _preview_page(unit: Unit, act: str, foreseen: Foreseen, status: int) -> ResponseReturnValue:
    carried = [(name, value) for name, value in request.form.items() if value and name not in NOT_CARRIED_ALONG]
    return render_template(
        "people/change_preview.html",
        unit=unit,
        crumbs=queries.path_to(unit),
        act=act,
        title=words.ACTS[act],
        shown=preview(foreseen, today()),
        carried=carried,
        has_aged=status == 409,
    ), status
