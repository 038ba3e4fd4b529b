"""Somebody joins, moves, is on leave, leaves or comes back: a form, a look at what it does, and then the act."""

from collections.abc import Iterator

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, company_time
from app.core.errors import Refused, one_or_404
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries
from app.people.actions import employment
from app.people.actions.employment import LeaveWish, Standing
from app.people.actions.roster import Bringing
from app.people.forms.employment import ActForm, WorkForm
from app.people.models import Assignment, Employee, Leave
from app.people.views.blueprint import bp
from app.people.views.employment_acts import ADD, Act, Drawn, act_named, blank_form
from app.people.wording.employment import effects_of

AGED = "aged"


@bp.route("/people/employees/new", methods=["GET", "POST"])
@require(Permission.EMPLOYEE_EDIT)
def add_employee() -> ResponseReturnValue:
    """The form, and what it would do; nothing is written here."""
    return _plan(ADD, employment.nobody_yet(), None)


@bp.route("/people/employees/additions", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def carry_out_addition() -> ResponseReturnValue:
    return _carry_out(ADD, employment.nobody_yet(), None)


@bp.route("/people/employees/<int:employee_id>/changes/<string:deed>", methods=["GET", "POST"])
@require(Permission.EMPLOYEE_EDIT)
def change_employee(employee_id: int, deed: str) -> ResponseReturnValue:
    """The form, and what it would do; nothing is written here."""
    employee, act = _employee(employee_id), act_named(deed)
    return _plan(act, employment.standing_of(employee, company_time.today()), employee)


@bp.route("/people/employees/<int:employee_id>/changes/<string:deed>/confirmation", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def carry_out_change(employee_id: int, deed: str) -> ResponseReturnValue:
    employee, act = _employee(employee_id), act_named(deed)
    employee = employment.hold(employee.id)
    return _carry_out(act, employment.standing_of(employee, company_time.today()), employee)


def _employee(employee_id: int) -> Employee:
    people = Employee.visible_to(current_user, Permission.EMPLOYEE_EDIT)
    employee = one_or_404(people.where(Employee.id == employee_id))
    return abort(404) if employee.is_erased else employee  # nobody is written into an emptied row


def _plan(act: Act, standing: Standing, employee: Employee | None) -> ResponseReturnValue:
    if request.method == "GET":
        return _page(act, blank_form(act, standing, company_time.today()), employee)
    form = act.form()
    if not form.validate_on_submit():
        return _page(act, form, employee), 422
    form.seen.data = standing.digest
    try:
        return _page(act, form, employee, _drawn(act, standing, form))
    except Refused as refusal:
        return _refused_page(act, form, employee, refusal)


def _refused_page(act: Act, form: ActForm, employee: Employee | None, refusal: Refused) -> ResponseReturnValue:
    """The form with all that was typed: whoever is refused tries something else."""
    form.form_errors.append(str(refusal.sentence))
    return _page(act, form, employee), 409


def _carry_out(act: Act, standing: Standing, employee: Employee | None) -> ResponseReturnValue:
    form = act.form()
    if not form.validate_on_submit():
        return _page(act, form, employee), 422
    if form.seen.data != standing.digest:
        form.seen.data = standing.digest
        return _page(act, form, employee, _drawn(act, standing, form), AGED), 409
    employee_id = _write(_drawn(act, standing, form), form)
    db.session.commit()
    flash(_("Written down. It holds from the day that you chose."), "good")
    return redirect(url_for(".show_employee", employee_id=employee_id))


def _drawn(act: Act, standing: Standing, form: ActForm) -> Drawn:
    drawn = act.draw(standing, form, company_time.today())
    if not isinstance(drawn, LeaveWish):
        employment.refuse_impossible(drawn, company_time.today())
        employment.refuse_beyond_rights(drawn, current_user, company_time.today())
    return drawn


def _write(drawn: Drawn, form: ActForm) -> int:
    by = Bringing(current_user.id, clock.now(), company_time.today())
    if isinstance(drawn, LeaveWish):
        return employment.take_leave(drawn, by).employee_id
    return employment.carry_out(drawn, form.managers if isinstance(form, WorkForm) else {}, by)


def _page(act: Act, form: ActForm, employee: Employee | None, drawn: Drawn | None = None, note: str = "") -> str:
    deed = request.view_args.get("deed") if request.view_args else None
    return render_template(
        "people/employment.html",
        act=act,
        form=form,
        person=employee,
        deed=deed,
        effects=effects_of(drawn, company_time.today()) if drawn else None,
        carried=list(_carried(form)) if drawn else [],
        has_aged=note == AGED,
        units=queries.units_to_offer(current_user) if isinstance(form, WorkForm) else [],
    )


def _carried(form: ActForm) -> Iterator[tuple[str, str]]:
    """What was typed, for the second step; a tick that is not set is not sent."""
    for field in form:
        if field.name != "csrf_token" and field.data not in (None, "", False):
            yield field.name, field.data.isoformat() if hasattr(field.data, "isoformat") else str(field.data)


@bp.route("/people/employees/<int:employee_id>/entries/<int:assignment_id>/withdrawal", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def withdraw_entry(employee_id: int, assignment_id: int) -> ResponseReturnValue:
    """A change that has not come yet."""
    employee = employment.hold(_employee(employee_id).id)
    entries = Assignment.visible_to(current_user, Permission.EMPLOYEE_EDIT).where(Assignment.employee_id == employee_id)
    entry = one_or_404(entries.where(Assignment.id == assignment_id))
    day = company_time.today()
    _withdraw(employment.withdraw_work(employment.standing_of(employee, day), entry.starts_on, day))
    flash(_("Withdrawn. What held before goes on."), "good")
    return redirect(url_for(".show_employee", employee_id=employee_id))


@bp.route("/people/employees/<int:employee_id>/last-day/withdrawal", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def withdraw_last_day(employee_id: int) -> ResponseReturnValue:
    employee = employment.hold(_employee(employee_id).id)
    day = company_time.today()
    _withdraw(employment.withdraw_last_day(employment.standing_of(employee, day), day))
    flash(_("Withdrawn. What held before goes on."), "good")
    return redirect(url_for(".show_employee", employee_id=employee_id))


def _withdraw(plan: employment.Plan) -> None:
    employment.refuse_impossible(plan, company_time.today())
    employment.refuse_beyond_rights(plan, current_user, company_time.today())
    employment.carry_out(plan, {}, Bringing(current_user.id, clock.now(), company_time.today()))
    db.session.commit()


@bp.route("/people/leaves/<int:leave_id>/end", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def end_leave(leave_id: int) -> ResponseReturnValue:
    """Back today; or, when it has not begun, not away at all."""
    leave = one_or_404(Leave.visible_to(current_user, Permission.EMPLOYEE_EDIT).where(Leave.id == leave_id))
    employee_id, is_to_come = leave.employee_id, leave.starts_on >= company_time.today()
    employment.end_leave(leave.id, Bringing(current_user.id, clock.now(), company_time.today()))
    db.session.commit()
    ended = _("The leave is ended: from today on this person is at work again.")
    flash(_("The leave is withdrawn.") if is_to_come else ended, "good")
    return redirect(url_for(".show_employee", employee_id=employee_id))
