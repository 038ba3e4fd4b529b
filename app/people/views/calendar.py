"""The calendar of a unit: public holidays, own days off, and the days of the week that are worked."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock, company_time
from app.core.errors import one_or_404
from app.core.forms import Form
from app.core.locales import language
from app.core.permissions import Permission, require
from app.extensions import db
from app.people import queries
from app.people.actions.calendar import add_own_day, remove_own_day, remove_week, set_shifts, set_week
from app.people.actions.roster import Bringing
from app.people.days.working_days import WorkingDays
from app.people.forms.calendar import OwnDayForm, ShiftsForm, WeekForm
from app.people.models import OwnDay, Unit, WorkWeek
from app.people.queries.calendar import forget_calendars, unit_calendar
from app.people.views.blueprint import bp
from app.people.wording.calendar import country_name, pattern_words, rows_of, weekday_names

FIRST_YEAR, LAST_YEAR = 1950, 2100


@bp.route("/people/units/<int:unit_id>/calendar")
@require(Permission.UNIT_READ)
def show_calendar(unit_id: int) -> ResponseReturnValue:
    unit = one_or_404(Unit.visible_to(current_user).where(Unit.id == unit_id))
    return _page(unit, _year())


@bp.route("/people/units/<int:unit_id>/own-days", methods=["POST"])
@require(Permission.SETTING_EDIT)
def set_own_day(unit_id: int) -> ResponseReturnValue:
    unit, form = _unit_to_edit(unit_id), OwnDayForm()
    if not form.validate_on_submit():
        return _page(unit, _year(), day_form=form), 422
    day = add_own_day(unit, form.wish(), _by()).day
    return _done(unit.id, day.year)


@bp.route("/people/own-days/<int:own_day_id>/removal", methods=["POST"])
@require(Permission.SETTING_EDIT)
def drop_own_day(own_day_id: int) -> ResponseReturnValue:
    row = one_or_404(OwnDay.visible_to(current_user, Permission.SETTING_EDIT).where(OwnDay.id == own_day_id))
    unit_id, year = row.unit_id, row.day.year
    remove_own_day(row, _by())
    return _done(unit_id, year)


@bp.route("/people/units/<int:unit_id>/weeks", methods=["POST"])
@require(Permission.SETTING_EDIT)
def set_unit_week(unit_id: int) -> ResponseReturnValue:
    unit, form = _unit_to_edit(unit_id), WeekForm()
    form.offer(weekday_names())
    if not form.validate_on_submit():
        return _page(unit, _year(), week_form=form), 422
    set_week(unit, form.weekdays.data or (), form.starts_on.day, _by())
    return _done(unit.id, form.starts_on.day.year)


@bp.route("/people/units/<int:unit_id>/shifts", methods=["POST"])
@require(Permission.SETTING_EDIT)
def set_unit_shifts(unit_id: int) -> ResponseReturnValue:
    unit, form = _unit_to_edit(unit_id), ShiftsForm()
    if not form.validate_on_submit():
        return _page(unit, _year(), shifts_form=form), 422
    set_shifts(unit, form.shifts(), form.first_on.day, _by())
    return _done(unit.id, form.first_on.day.year)


@bp.route("/people/weeks/<int:week_id>/removal", methods=["POST"])
@require(Permission.SETTING_EDIT)
def drop_week(week_id: int) -> ResponseReturnValue:
    row = one_or_404(WorkWeek.visible_to(current_user, Permission.SETTING_EDIT).where(WorkWeek.id == week_id))
    unit_id, year = row.unit_id or 0, row.starts_on.year
    remove_week(row, _by())
    return _done(unit_id, year)


def _unit_to_edit(unit_id: int) -> Unit:
    return one_or_404(Unit.visible_to(current_user, Permission.SETTING_EDIT).where(Unit.id == unit_id))


def _by() -> Bringing:
    return Bringing(current_user.id, clock.now(), company_time.today())


def _done(unit_id: int, year: int) -> ResponseReturnValue:
    db.session.commit()
    forget_calendars()
    flash(_("The calendar is changed. Deadlines will count by it."), "good")
    return redirect(url_for(".show_calendar", unit_id=unit_id, year=year))


def _year() -> int:
    asked = request.args.get("year", type=int)
    return asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else company_time.today().year


def _page(unit: Unit, year: int, **typed: Form) -> str:
    """`typed`: a form that comes back with what was typed and why not."""
    calendar, first = unit_calendar(unit.id), date(year, 1, 1)
    may_edit = queries.holds_there(current_user, Permission.SETTING_EDIT, unit.id)
    days = WorkingDays(calendar.is_working_day).between(date(year - 1, 12, 31), date(year, 12, 31))
    words: dict[str, Any] = {"year": year, "years": [year - 1, year + 1], "working_days": days}
    words |= {"country": country_name(calendar.country_on(first)), "is_said": calendar.is_country_said(first)}
    words |= {"is_known": calendar.year_of(first).is_known, "rows": rows_of(calendar, year, language())}
    words |= {"pattern": pattern_words(calendar.week_on(company_time.today())), "unit": unit}
    own_weeks = [(each, pattern_words(each)) for each in (calendar.weeks[0] if calendar.weeks else [])]
    words |= {"own_weeks": own_weeks, "may_edit": may_edit}
    words |= {"crumbs": queries.path_to(unit), "locale_name": str(get_locale())}
    if may_edit:
        words |= _empty_forms() | typed
    return render_template("people/calendar.html", **words)


def _empty_forms() -> dict[str, Form]:
    today = company_time.today()
    week = WeekForm(formdata=None, starts_on=today)
    week.offer(weekday_names())
    return {
        "day_form": OwnDayForm(formdata=None),
        "week_form": week,
        "shifts_form": ShiftsForm(formdata=None, first_on=today),
    }
