"""The acts on somebody's work: what each is called, which form it takes, and what it draws from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app.extensions import db
from app.people.actions import employment
from app.people.actions.employment import LeaveWish, Plan, Standing
from app.people.actions.granting import Rights
from app.people.days.timeline import at, start_at
from app.people.forms import employment as forms
from app.people.models import Employee, Unit
from app.people.queries import company

Drawn = Plan | LeaveWish


@dataclass(frozen=True)
class Act:
    title: LazyString
    text: LazyString
    form: type[forms.ActForm]
    draw: Callable[[Standing, Any, date], Drawn]


def _move(standing: Standing, form: forms.MoveForm, today: date) -> Plan:
    start = start_at(standing.work, form.day.day)
    left = standing.work[start].value.unit_id if start else 0
    ending = {left} if form.end_roles.data and left != form.unit_id and _may_end(standing, left, today) else set()
    return employment.move(standing, form.day.day, form.work(), today, ends_in=ending)


def _may_end(standing: Standing, unit_id: int, today: date) -> bool:
    """Roles end with a move where the mover may give them; else they stay, and the preview says so."""
    rights, root = Rights(current_user, today), company()
    if root is not None and root.id == unit_id:
        return False  # a role on the whole company hangs on nobody's desk
    here = [each.role for each in standing.grants if each.unit_id == unit_id]
    return all(rights.may_grant(role, unit_id, standing.account_id) for role in here)


def _leave_company(standing: Standing, form: forms.LastDayForm, today: date) -> Plan:
    return employment.leave_company(standing, form.ends_on, today)


def _come_back(standing: Standing, form: forms.WorkForm, today: date) -> Plan:
    return employment.come_back(standing, form.day.day, form.work(), today)


def _take_leave(standing: Standing, form: forms.LeaveForm, today: date) -> LeaveWish:
    wish = LeaveWish(standing, form.chosen_kind, form.starts_on.day, form.ends_on)
    return employment.plan_leave(wish)


def _correct_details(standing: Standing, form: forms.DetailsForm, today: date) -> Plan:
    return employment.correct_details(standing, form.person(standing.person), today)


def _correct_work(standing: Standing, form: forms.EntryForm, today: date) -> Plan:
    return employment.correct_work(standing, form.start or date.min, form.day.day, form.work(), today)


def _add(standing: Standing, form: forms.AddForm, today: date) -> Plan:
    return employment.add(standing, form.person(starts_on=form.day.day), form.work())


ADD = Act(
    _l("Add a person"),
    _l("For one or two. Many at once come with an import."),
    forms.AddForm,
    _add,
)
ACTS = {
    "move": Act(
        _l("Move"),
        _l("Another unit, job or line manager from a day on. What was before stays in the history."),
        forms.MoveForm,
        _move,
    ),
    "leave": Act(
        _l("Leave of absence"),
        _l("Away for a while, and still working here. Deadlines will skip these days."),
        forms.LeaveForm,
        _take_leave,
    ),
    "last-day": Act(
        _l("Last day"),
        _l("From the day after, this person can no longer sign in and is not counted."),
        forms.LastDayForm,
        _leave_company,
    ),
    "return": Act(
        _l("Come back"),
        _l("Somebody who has left works here again from a day on. Old roles do not come back by themselves."),
        forms.WorkForm,
        _come_back,
    ),
    "details": Act(
        _l("Correct the details"),
        _l("Name, employee number and e-mail address, as they are or should have been."),
        forms.DetailsForm,
        _correct_details,
    ),
    "entry": Act(
        _l("Correct an entry"),
        _l("For what was written down wrongly. When something has changed in the world, choose “move” instead."),
        forms.EntryForm,
        _correct_work,
    ),
}


def act_named(name: str) -> Act:
    if name not in ACTS:
        raise NotFound
    return ACTS[name]


def blank_form(act: Act, standing: Standing, today: date) -> forms.ActForm:
    """As things stand, so that only what differs is typed."""
    form = act.form(formdata=None)
    start = start_at(standing.work, today)
    if isinstance(form, forms.EntryForm):
        start = _asked_entry(standing, start)
        form.entry.data, form.day.data = start.isoformat(), start
    if isinstance(form, forms.WorkForm) and start is not None:
        _fill(form, standing, start)
    if isinstance(form, forms.DetailsForm) and standing.person is not None:
        person = standing.person
        form.name.data, form.number.data, form.email.data = person.name, person.number, person.email
    return form


def _asked_entry(standing: Standing, today: date | None) -> date:
    try:
        asked = date.fromisoformat(request.args.get("entry", ""))
    except ValueError:
        asked = today or max(standing.work, default=date.min)
    if asked not in standing.work:
        raise NotFound
    return asked


def _fill(form: forms.WorkForm, standing: Standing, start: date) -> None:
    work = at(standing.work, start)
    assert work is not None
    unit = db.session.get_one(Unit, work.unit_id)
    form.unit.data, form.job.data = unit.code, work.job
    manager = db.session.get_one(Employee, standing.ids[work.manager]) if work.manager else None
    form.manager.data = (manager.email or manager.number) if manager else ""
