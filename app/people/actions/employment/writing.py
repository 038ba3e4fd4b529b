"""Carrying out what was drawn: who may, what must not be, and what follows from it."""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.administrators import NEEDED, never_without_administrator, would_be_without
from app.people.actions.employment.standing import Plan, key_of
from app.people.actions.leavers import end_grant, settle_last_days
from app.people.actions.outranking import outranks
from app.people.actions.roster import Bringing, Work, write_people
from app.people.days.managers import is_above_itself
from app.people.days.timeline import Span, Timeline, covers
from app.people.models import Account, Assignment, Employee, UnitVersion, units_where

NOT_YOURS = _l(
    "You may not change people of this unit: it is not below a unit on which you hold that right. Nothing was changed."
)
MORE_RIGHTS = _l(
    "This person holds more rights than you, so you may not change how or until when they sign in. Nothing was changed."
)
CLOSED = _l("This unit is not open on every day of the entry. Nothing was changed; choose another unit or other days.")
OWN_MANAGER = _l("Nobody is their own manager. Nothing was changed.")
MANAGER_LOOP = _l(
    "Then both would be above each other: this person leads, directly or through others, whoever would lead them. "
    "Nothing was changed; name another line manager, or change the other entry first."
)
EMAIL_TAKEN = _l("This e-mail address belongs to somebody else. Nothing was changed.")
NUMBER_TAKEN = _l("This employee number belongs to somebody else. Nothing was changed.")


def refuse_beyond_rights(plan: Plan, actor: Account, today: date) -> None:
    """The permission on every unit that is touched, and nobody's way in changed by somebody who holds less."""
    touched = {span.value.unit_id for span in _differing(plan.change.work_before, plan.change.work_after)}
    if not touched <= set(db.session.scalars(units_where(actor, Permission.EMPLOYEE_EDIT))):
        raise Refused(NOT_YOURS)
    before, after = plan.change.before, plan.change.after
    touches_entry = before is not None and (before.email, before.ends_on) != (after.email, after.ends_on)
    account_id = plan.standing.account_id
    if not touches_entry or account_id is None or account_id == actor.id:
        return
    if not outranks(actor, account_id, today):
        raise Refused(MORE_RIGHTS)


def refuse_impossible(plan: Plan, today: date) -> None:
    change, employee_id = plan.change, plan.standing.employee_id
    if employee_id and would_be_without({employee_id: change.after.ends_on}, today):
        raise Refused(NEEDED)
    new = {start: span for start, span in change.work_after.items() if change.work_before.get(start) != span}
    for start, span in new.items():
        known = change.work_before.get(start)
        if known is not None and known.value == span.value and _is_no_longer(span, known):
            continue  # what is only cut stays as good as it was
        if span.value.manager == change.key:
            raise Refused(OWN_MANAGER)
        if not covers(_versions(span.value.unit_id), start, span.ends_on):
            raise Refused(CLOSED)
    _refuse_loop(plan)
    _refuse_taken(plan)


def _refuse_loop(plan: Plan) -> None:
    """Only for what is new: a loop that stands there already must not keep anybody from mending the rest."""
    change = plan.change
    new = {
        start: Span(span.ends_on, span.value.manager)
        for start, span in change.work_after.items()
        if change.work_before.get(start) != span
    }
    if is_above_itself(change.key, new, _managers_of):
        raise Refused(MANAGER_LOOP)


def _managers_of(key: str) -> Timeline[str | None]:
    if not key.startswith("#"):
        return {}  # somebody who is only being added
    rows = sa.select(Assignment.starts_on, Assignment.ends_on, Assignment.line_manager_id)
    theirs = db.session.execute(rows.where(Assignment.employee_id == int(key.removeprefix("#"))))
    return {start: Span(end, None if above is None else key_of(above)) for start, end, above in theirs}


def carry_out(plan: Plan, managers: Mapping[str, int], by: Bringing) -> int:
    """`managers`: ids of line managers who were not there before, by key. Returns the id of the person."""
    with never_without_administrator(by.today):
        refuse_impossible(plan, by.today)  # when it is one's turn: of two who add the same person one is told
        _end_roles(plan, by)
        write_people([plan.change], {**plan.standing.ids, **managers}, by)
        db.session.flush()
        db.session.expire_all()
        employee_id = plan.standing.employee_id or _id_of(plan)
        settle_last_days(by, [employee_id])
    return employee_id


def _id_of(plan: Plan) -> int:
    after = plan.change.after
    mine = Employee.number == after.number if after.number else Employee.email == after.email
    return db.session.scalars(sa.select(Employee.id).where(mine)).one()


def _differing(before: Timeline[Work], after: Timeline[Work]) -> Iterable[Span[Work]]:
    for start in before.keys() | after.keys():
        if before.get(start) != after.get(start):
            yield from (each for each in (before.get(start), after.get(start)) if each is not None)


def _is_no_longer(span: Span[Work], known: Span[Work]) -> bool:
    return span.ends_on is not None and (known.ends_on is None or span.ends_on <= known.ends_on)


def _versions(unit_id: int) -> Timeline[None]:
    rows = sa.select(UnitVersion.starts_on, UnitVersion.ends_on).where(UnitVersion.unit_id == unit_id)
    return {start: Span(end, None) for start, end in db.session.execute(rows.order_by(UnitVersion.starts_on))}


def _refuse_taken(plan: Plan) -> None:
    before, after, own = plan.change.before, plan.change.after, plan.standing.employee_id or 0
    if after.email and (before is None or before.email != after.email):
        taken = sa.select(Employee.id).where(Employee.email == after.email, Employee.id != own)
        other = sa.select(Account.id).where(Account.email == after.email)
        other = other.where(Account.id != plan.standing.account_id) if plan.standing.account_id else other
        if db.session.scalar(taken.limit(1)) or db.session.scalar(other.limit(1)):
            raise Refused(EMAIL_TAKEN)
    if after.number and (before is None or before.number != after.number):
        # As one signs in: in capitals or small letters it is the same number.
        same = sa.func.lower(Employee.number) == after.number.lower()
        if db.session.scalar(sa.select(Employee.id).where(same, Employee.id != own).limit(1)):
            raise Refused(NUMBER_TAKEN)


def _end_roles(plan: Plan, by: Bringing) -> None:
    for grant in plan.ended:
        end_grant(grant, plan.day, by, "moved")
    db.session.flush()
