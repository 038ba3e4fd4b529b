"""Leave of absence: taking it, and coming back from it sooner than was said."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.database import held, one_at_a_time
from app.core.errors import Refused
from app.extensions import db
from app.people.actions.employment.acts import NOT_HERE
from app.people.actions.employment.standing import Standing
from app.people.actions.roster import Bringing
from app.people.days.timeline import start_at
from app.people.models import Leave, LeaveKind

TWO_LEAVES = _l("This person is on leave on one of these days already. Nothing was changed; choose other days.")
OVER = _l("This leave is over, so there is nothing to end. Nothing was changed.")


@dataclass(frozen=True)
class LeaveWish:
    standing: Standing
    kind: LeaveKind
    starts_on: date
    ends_on: date | None


def plan_leave(wish: LeaveWish) -> LeaveWish:
    """The same, when it can be; refused when it cannot."""
    if start_at(wish.standing.work, wish.starts_on) is None:
        raise Refused(NOT_HERE)
    theirs = sa.select(Leave.id).where(Leave.employee_id == wish.standing.employee_id)
    reaches = sa.or_(Leave.ends_on.is_(None), Leave.ends_on > wish.starts_on)
    if wish.ends_on is not None:
        reaches = sa.and_(reaches, Leave.starts_on < wish.ends_on)
    if db.session.scalar(theirs.where(reaches).limit(1)):
        raise Refused(TWO_LEAVES)
    return wish


def take_leave(wish: LeaveWish, by: Bringing) -> Leave:
    """The kind is not written to the log: that would keep it longer than the leave itself."""
    plan_leave(wish)
    leave = Leave(
        employee_id=wish.standing.employee_id,
        kind=wish.kind,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        recorded_at=by.now,
        recorded_by_id=by.actor_id,
    )
    db.session.add(leave)
    db.session.flush()
    after = {"starts_on": leave.starts_on, "ends_on": leave.ends_on}
    audit.record("leave.recorded", "employee", leave.employee_id, actor_id=by.actor_id, after=after)
    return leave


def end_leave(leave_id: int, by: Bringing) -> None:
    """From today on they are here again; a leave that has not begun is withdrawn whole."""
    one_at_a_time()
    leave = held(sa.select(Leave).where(Leave.id == leave_id))
    if leave is None or (leave.ends_on is not None and leave.ends_on <= by.today):
        raise Refused(OVER)
    before = {"starts_on": leave.starts_on, "ends_on": leave.ends_on}
    after = {}
    if leave.starts_on >= by.today:
        db.session.delete(leave)
    else:
        leave.ends_on = by.today
        after = {"starts_on": leave.starts_on, "ends_on": by.today}
    db.session.flush()
    act = "leave.ended" if after else "leave.withdrawn"
    audit.record(act, "employee", leave.employee_id, actor_id=by.actor_id, before=before, after=after)
