"""What follows from a last day that has come, and from a return.

Who has left holds no role and no way in, stands in for nobody, and nobody for them.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.core import audit
from app.core.database import some_of
from app.extensions import db
from app.people.actions.roster import Bringing
from app.people.actions.tokens import revoke_token
from app.people.models import Account, AccountSession, ApiToken, Assignment, Deputyship, Employee, Grant, WayIn


def settle_last_days(by: Bringing, employee_ids: Sequence[int] | None = None) -> None:
    """After an act or a file, of those it is about; just after midnight, of everybody."""
    if employee_ids is None:
        _settle_last_days(by, None)
        return
    for some in some_of(employee_ids):
        _settle_last_days(by, some)


def _settle_last_days(by: Bringing, employee_ids: Sequence[int] | None) -> None:
    _take_back(by, employee_ids)
    left = _left(by, employee_ids)
    _shut_out(by, left)
    lasting = sa.or_(Grant.ends_on.is_(None), sa.and_(Grant.ends_on > by.today, Grant.ends_on > Grant.starts_on))
    for grant in db.session.scalars(sa.select(Grant).where(Grant.account_id.in_(left), lasting)).all():
        end_grant(grant, by.today, by, "left")
    _end_deputyships(by, left)
    db.session.flush()


def _shut_out(by: Bringing, left: sa.Select[int]) -> None:
    """What opens an account is void for good: who comes back comes in anew."""
    ended = sa.delete(AccountSession).where(AccountSession.account_id.in_(left))
    db.session.execute(ended.execution_options(synchronize_session=False))
    still_good = WayIn.account_id.in_(left), WayIn.used_at.is_(None), WayIn.ends_at > by.now
    voided = sa.update(WayIn).where(*still_good).values(ends_at=by.now)
    db.session.execute(voided.execution_options(synchronize_session=False))
    held = sa.select(ApiToken).where(ApiToken.account_id.in_(left), ApiToken.holding_at(by.now))
    for token in db.session.scalars(held).all():
        revoke_token(token, now=by.now, actor_id=by.actor_id)


def end_grant(grant: Grant, day: date, by: Bringing, reason: str) -> None:
    """As a consequence of somebody's work here. What begins that day or later holds on no day at all."""
    before = {"ends_on": grant.ends_on}
    grant.ends_on = max(day, grant.starts_on)
    grant.ended_at, grant.ended_by_id, grant.end_reason = by.now, by.actor_id, reason
    after = {"role": grant.role.value, "unit": grant.unit.code, "ends_on": grant.ends_on, "reason": reason}
    audit.record("role.ended", "account", grant.account_id, actor_id=by.actor_id, before=before, after=after)


def _end_deputyships(by: Bringing, left: sa.Select[int]) -> None:
    """Of whoever stood in, and of whom they stood in for: a return brings neither back."""
    theirs = sa.or_(Deputyship.deputy_id.in_(left), Deputyship.absent_id.in_(left))
    lasting = Deputyship.ends_on > by.today, Deputyship.ends_on > Deputyship.starts_on
    for row in db.session.scalars(sa.select(Deputyship).where(theirs, *lasting)).all():
        before = {"ends_on": row.ends_on}
        row.ends_on = max(by.today, row.starts_on)
        row.ended_at, row.ended_by_id = by.now, by.actor_id
        about = {"absent_id": row.absent_id, "deputy_id": row.deputy_id, "role": row.role.value, "unit_id": row.unit_id}
        after = about | {"ends_on": row.ends_on, "reason": "left"}
        audit.record("deputy.ended", "deputyship", row.id, actor_id=by.actor_id, before=before, after=after)


def _take_back(by: Bringing, employee_ids: Sequence[int] | None) -> None:
    """Whose return has come works here again, until the end of the work that has begun."""
    back = sa.select(Employee, Assignment).join(Assignment, Assignment.employee_id == Employee.id)
    back = back.where(Employee.ends_on <= by.today, Assignment.holding_on(by.today))
    if employee_ids is not None:
        back = back.where(Employee.id.in_(employee_ids))
    for employee, work in db.session.execute(back).all():
        before, employee.ends_on = employee.ends_on, _end_of_run(work)
        audit.record(
            "employee.changed",
            "employee",
            employee.id,
            actor_id=by.actor_id,
            before={"ends_on": before},
            after={"ends_on": employee.ends_on},
        )
    db.session.flush()


def _end_of_run(work: Assignment) -> date | None:
    rows = sa.select(Assignment.starts_on, Assignment.ends_on).where(Assignment.employee_id == work.employee_id)
    ends = {start: end for start, end in db.session.execute(rows)}
    end: date | None = work.ends_on
    while end is not None and end in ends:
        end = ends[end]
    return end


def _left(by: Bringing, employee_ids: Sequence[int] | None) -> sa.Select[int]:
    """As a question, not as numbers: over the years there are more of them than a statement takes."""
    left = sa.select(Account.id).join(Employee, Employee.id == Account.employee_id)
    left = left.where(Employee.ends_on <= by.today)
    return left if employee_ids is None else left.where(Employee.id.in_(employee_ids))
