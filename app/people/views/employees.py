"""The directory of people: open to everybody who is signed in; nothing in it is private."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.core.addresses import row_number
from app.core.company_time import today
from app.core.errors import one_or_404
from app.core.permissions import Permission, require
from app.people import queries
from app.people.models import Assignment, Employee
from app.people.queries.listing import MOST_COUNTED
from app.people.views.blueprint import bp
from app.people.views.employment_acts import ACTS
from app.people.views.me import me
from app.people.views.units import PAGE
from app.people.wording import directory
from app.people.wording.names import LEAVE_KINDS

LOOKED_AFTER = (Permission.ROLE_GRANT, Permission.ACCOUNT_MANAGE)


@bp.route("/people/employees")
@require(Permission.EMPLOYEE_READ)
def list_employees() -> ResponseReturnValue:
    q, unit_id = request.args.get("q", "").strip(), request.args.get("unit", type=row_number)
    units = queries.top_units(unit_id)
    chosen = next((unit for unit in units if unit.id == unit_id), None)
    after, before = (request.args.get(name, type=row_number) for name in ("after", "before"))
    asked = queries.Asked(today(), PAGE, q, chosen.id if chosen else None, after, before)
    found = queries.found_people(asked)
    choices = [("", _("All units")), *((unit.id, unit.name) for unit in units)]
    told = {"q": q, "unit": chosen, "choices": choices, "found": found, "most": MOST_COUNTED}
    return render_template("people/employees.html", rows=directory.people_rows(found.people), **told)


@bp.route("/people/employees/<int:employee_id>")
@require(Permission.EMPLOYEE_READ)
def show_employee(employee_id: int) -> ResponseReturnValue:
    person = one_or_404(Employee.visible_to(current_user).where(Employee.id == employee_id))
    day, account = today(), queries.account_behind(person)
    work = queries.assignments_of(person)
    grants = queries.grants_of(account, day) if account else []
    mine = {each for each in LOOKED_AFTER if account and queries.may_look_after(me(), each, work, grants, day)}
    may_edit = not person.is_erased and queries.may_edit(me(), work, day)
    reports = queries.reports_of(person.id, day, PAGE)
    return render_template(
        "people/employee.html",
        person=person,
        account=account,
        now=next((each for each in work if each.holds_on(day)), None),
        work=directory.work_rows(work),
        reports=directory.report_rows(reports),
        grants=grants,
        mine=mine,
        slip_is_mine=may_edit or (account is not None and queries.may_print_slip(me(), person, work, day)),
        left_on=person.ends_on if person.has_left_by(day) else None,
        employment=_employment(person, work, day) if may_edit else None,
    )


def _employment(person: Employee, work: Sequence[Assignment], day: date) -> dict[str, Any]:
    """For those who may change it: what can be done, and what is planned."""
    works_here = any(each.holds_on(day) for each in work)
    offered = ("move", "leave", "last-day", "details") if works_here else ("return", "details")
    if not works_here and any(each.starts_on > day for each in work):
        offered = ("last-day", "details")
    return {
        "acts": [(deed, ACTS[deed].title) for deed in offered],
        "entries": work,
        "leaves": queries.leaves_of(person, day),
        "leaves_on": person.ends_on if person.ends_on and not person.has_left_by(day) else None,
        "leave_words": LEAVE_KINDS,
        "today": day,
    }
