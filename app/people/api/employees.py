"""Employees for programs: what the directory shows to everybody who is signed in."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import aliased

from app.core.api.cursors import cursor_after, row_behind
from app.core.api.document import asked
from app.core.api.offers import offer
from app.core.company_time import today
from app.core.permissions import Permission
from app.extensions import db
from app.people.api.blueprint import bp
from app.people.models import Assignment, Employee, Unit
from app.people.models.unit import BEGINNING
from app.people.queries.changes import employees_changed
from app.people.queries.directory import containing
from app.people.queries.employment import unit_with_code
from app.people.queries.places import below


@bp.route("/employees")
@offer(Permission.EMPLOYEE_READ, query="EmployeeQuestion", answer="EmployeeList")
def list_employees() -> ResponseReturnValue:
    """People who work here today, in the order in which they were added; with `works=any` also who left."""
    wanted, day = asked(), today()
    rows = _people(day).where(Employee.id > row_behind(wanted.cursor), *_filters(wanted, day))
    found = db.session.execute(rows.order_by(Employee.id).limit(wanted.limit + 1)).all()
    shown, has_more = found[: wanted.limit], len(found) > wanted.limit
    return {"items": [_told(row, day) for row in shown], "next": cursor_after(shown[-1].id) if has_more else None}


@bp.route("/employees/<int:employee_id>")
@offer(Permission.EMPLOYEE_READ, answer="Employee")
def show_employee(employee_id: int) -> ResponseReturnValue:
    """One person, as of today."""
    row = db.session.execute(_people(today()).where(Employee.id == employee_id)).first()
    return _told(row, today()) if row else abort(404)


def _people(day: date) -> Any:
    """As columns, with where they work that day."""
    columns = (Employee.id, Employee.number, Employee.name, Employee.email, Employee.starts_on, Employee.ends_on)
    work = (Unit.code, Assignment.job, Assignment.line_manager_id.label("manager"))
    span = (Assignment.starts_on.label("since"), Assignment.ends_on.label("until"))
    other = aliased(Assignment)
    newest = sa.select(sa.func.max(other.id)).where(other.employee_id == Employee.id, other.holding_on(day))
    reached = Employee.visible_to(current_user).with_only_columns(*columns, *work, *span).select_from(Employee)
    held = Assignment.id == newest.correlate(Employee).scalar_subquery()  # one row a person, whatever was written
    return reached.outerjoin(Assignment, held).outerjoin(Unit, Unit.id == Assignment.unit_id)


def _filters(wanted: Any, day: date) -> list[sa.ColumnElement[bool]]:
    """The same words as on the page: name, number, job, unit; an address is not searched."""
    filters: list[sa.ColumnElement[bool]] = [Assignment.id.is_not(None)] if wanted.works == "now" else []
    if wanted.q:
        texts = (sa.func.coalesce(each, "") for each in (Employee.number, Assignment.job, Unit.name))
        filters.append(containing(wanted.q, Employee.name, *texts))
    if wanted.number is not None:
        filters.append(Employee.number == wanted.number)
    if wanted.unit is not None:
        unit = unit_with_code(wanted.unit)
        filters.append(sa.false() if unit is None else Assignment.unit_id.in_(below(unit.id)))
    if wanted.changed_since is not None:
        filters.append(employees_changed(wanted.changed_since, day))
    return filters


def _told(row: Any, day: date) -> dict[str, Any]:
    has_left = row.ends_on is not None and row.ends_on <= day
    work = None
    if row.code is not None:
        work = {"unit": row.code, "job": row.job, "manager": row.manager}
        work |= {"starts_on": _day(row.since), "ends_on": _day(row.until)}
    return {
        "id": row.id,
        "number": row.number,
        "name": row.name,
        "email": None if has_left else row.email,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": _day(row.ends_on),
        "work": work,
    }


def _day(value: date | None) -> str | None:
    """None also where nobody wrote down when it began."""
    return None if value is None or value == BEGINNING else value.isoformat()
