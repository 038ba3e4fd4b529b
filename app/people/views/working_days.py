"""Which days somebody works, where that is not what the unit does: part-time weeks, and shifts of one's own."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, company_time
from app.core.errors import one_or_404
from app.core.forms import Form
from app.core.permissions import Permission, require
from app.extensions import db
from app.people.actions.calendar import remove_week, set_shifts, set_week
from app.people.actions.roster import Bringing
from app.people.forms.calendar import ShiftsForm, WeekForm
from app.people.models import Employee, WorkWeek
from app.people.queries.calendar import forget_calendars, own_weeks_of
from app.people.queries.places import workplace_of
from app.people.views.blueprint import bp
from app.people.wording.calendar import pattern_words, weekday_names


@bp.route("/people/employees/<int:employee_id>/working-days")
@require(Permission.EMPLOYEE_EDIT)
def show_working_days(employee_id: int) -> ResponseReturnValue:
    return _page(_employee(employee_id))


@bp.route("/people/employees/<int:employee_id>/weeks", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def set_own_week(employee_id: int) -> ResponseReturnValue:
    person, form = _employee(employee_id), WeekForm()
    form.offer(weekday_names())
    if not form.validate_on_submit():
        return _page(person, week_form=form), 422
    set_week(person, form.weekdays.data or (), form.starts_on.day, _by())
    return _done(employee_id)


@bp.route("/people/employees/<int:employee_id>/shifts", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def set_own_shifts(employee_id: int) -> ResponseReturnValue:
    person, form = _employee(employee_id), ShiftsForm()
    if not form.validate_on_submit():
        return _page(person, shifts_form=form), 422
    set_shifts(person, form.shifts(), form.first_on.day, _by())
    return _done(employee_id)


@bp.route("/people/own-weeks/<int:own_week_id>/removal", methods=["POST"])
@require(Permission.EMPLOYEE_EDIT)
def drop_own_week(own_week_id: int) -> ResponseReturnValue:
    row = one_or_404(WorkWeek.of_people(current_user, Permission.EMPLOYEE_EDIT).where(WorkWeek.id == own_week_id))
    employee_id = row.employee_id or 0
    remove_week(row, _by())
    return _done(employee_id)


def _employee(employee_id: int) -> Employee:
    people = Employee.visible_to(current_user, Permission.EMPLOYEE_EDIT)
    employee = one_or_404(people.where(Employee.id == employee_id))
    return abort(404) if employee.is_erased else employee  # nobody is written into an emptied row


def _by() -> Bringing:
    return Bringing(current_user.id, clock.now(), company_time.today())


def _done(employee_id: int) -> ResponseReturnValue:
    db.session.commit()
    forget_calendars()
    flash(_("The working days are changed. Deadlines will count by them."), "good")
    return redirect(url_for(".show_working_days", employee_id=employee_id))


def _page(person: Employee, **typed: Form) -> str:
    """`typed`: a form that comes back with what was typed and why not."""
    today, weeks = company_time.today(), own_weeks_of(person)
    own = next((week for week in weeks if week.holds_on(today)), None)
    return render_template(
        "people/working_days.html",
        person=person,
        pattern=pattern_words(own) if own else None,
        unit=workplace_of(person.id, today),
        own_weeks=[(week, pattern_words(week)) for week in weeks],
        **(_empty_forms() | typed),
    )


def _empty_forms() -> dict[str, Form]:
    today = company_time.today()
    week = WeekForm(formdata=None, starts_on=today)
    week.offer(weekday_names())
    return {"week_form": week, "shifts_form": ShiftsForm(formdata=None, first_on=today)}
