"""Own days and weekly patterns of a unit: set and taken away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.database import one_at_a_time
from app.core.errors import Refused
from app.extensions import db
from app.people.actions.roster import Bringing
from app.people.days.shifts import turns_of
from app.people.models import Employee, OwnDay, Unit, WorkWeek

TWICE = _l("This unit has an own day on that date already. Nothing was changed; remove that one first.")
NO_DAYS = _l("A week without a working day would leave every deadline without an end. Nothing was changed.")


@dataclass(frozen=True)
class DayWish:
    day: date
    name: str
    is_worked: bool = False


@dataclass(frozen=True)
class Shifts:
    turns: str
    works_holidays: bool = False


@dataclass(frozen=True)
class Pattern:
    """What a row of the table says besides whose it is and from when."""

    days: int | None
    turns: str | None = None
    works_holidays: bool = False

    def write_on(self, row: WorkWeek) -> None:
        row.days, row.turns, row.works_holidays = self.days, self.turns, self.works_holidays


def add_own_day(unit: Unit, wish: DayWish, by: Bringing) -> OwnDay:
    one_at_a_time()  # of two who set the same day, the second sees the first
    if db.session.scalar(sa.select(OwnDay.id).where(OwnDay.unit_id == unit.id, OwnDay.day == wish.day)):
        raise Refused(TWICE)
    row = OwnDay(
        unit_id=unit.id, day=wish.day, name=wish.name, is_worked=wish.is_worked, set_at=by.now, set_by_id=by.actor_id
    )
    db.session.add(row)
    db.session.flush()
    audit.record("own_day.set", "unit", unit.id, actor_id=by.actor_id, after=_facts(row))
    return row


def remove_own_day(row: OwnDay, by: Bringing) -> None:
    _refuse_gone(sa.select(OwnDay).where(OwnDay.id == row.id))
    audit.record("own_day.removed", "unit", row.unit_id, actor_id=by.actor_id, before=_facts(row))
    db.session.delete(row)
    db.session.flush()


def _facts(row: OwnDay) -> dict[str, object]:
    return {"day": row.day, "name": row.name, "is_worked": row.is_worked}


def set_week(whose: Unit | Employee, weekdays: Collection[int], starts_on: date, by: Bringing) -> WorkWeek:
    """From that day on; what held before ends there, and what was to come later comes."""
    days = sum(1 << weekday for weekday in set(weekdays) if 0 <= weekday <= 6)
    if not days:
        raise Refused(NO_DAYS)
    return _set(whose, Pattern(days=days), starts_on, by)


def set_shifts(whose: Unit | Employee, shifts: Shifts, starts_on: date, by: Bringing) -> WorkWeek:
    """Likewise; the day is the first of the first turn."""
    turns = "-".join(str(number) for number in turns_of(shifts.turns))
    return _set(whose, Pattern(None, turns, shifts.works_holidays), starts_on, by)


def _set(whose: Unit | Employee, pattern: Pattern, starts_on: date, by: Bringing) -> WorkWeek:
    one_at_a_time()
    weeks = db.session.scalars(_weeks_of(whose).order_by(WorkWeek.starts_on)).all()
    row = next((each for each in weeks if each.starts_on == starts_on), None)
    if row is None:
        row = WorkWeek(starts_on=starts_on, ends_on=None, set_at=by.now, set_by_id=by.actor_id)
        row.unit_id, row.employee_id = _owner(whose)
        db.session.add(row)
        held = next((each for each in weeks if each.holds_on(starts_on)), None)
        later = min((each.starts_on for each in weeks if each.starts_on > starts_on), default=None)
        row.ends_on = held.ends_on if held else later
        if held:
            held.ends_on = starts_on
    pattern.write_on(row)
    db.session.flush()
    audit.record("work_week.set", whose.__tablename__, whose.id, actor_id=by.actor_id, after=_pattern_facts(row))
    return row


def _pattern_facts(row: WorkWeek) -> dict[str, object]:
    if row.turns is None:
        return {"days": row.weekdays, "starts_on": row.starts_on}
    return {"turns": row.turns, "works_holidays": row.works_holidays, "starts_on": row.starts_on}


def _weeks_of(whose: Unit | Employee) -> sa.Select[WorkWeek]:
    mine = WorkWeek.unit_id == whose.id if isinstance(whose, Unit) else WorkWeek.employee_id == whose.id
    return sa.select(WorkWeek).where(mine)


def _owner(whose: Unit | Employee) -> tuple[int | None, int | None]:
    return (whose.id, None) if isinstance(whose, Unit) else (None, whose.id)


def remove_week(row: WorkWeek, by: Bringing) -> None:
    """The pattern before it goes on in its place; where there is none, what the unit above says, or the country."""
    _refuse_gone(sa.select(WorkWeek).where(WorkWeek.id == row.id))
    kind, owner = ("unit", row.unit_id) if row.unit_id else ("employee", row.employee_id)
    mine = WorkWeek.unit_id == row.unit_id if row.unit_id else WorkWeek.employee_id == row.employee_id
    cut_here = sa.update(WorkWeek).where(mine, WorkWeek.ends_on == row.starts_on).values(ends_on=row.ends_on)
    audit.record("work_week.removed", kind, owner, actor_id=by.actor_id, before=_pattern_facts(row))
    db.session.delete(row)
    db.session.flush()
    db.session.execute(cut_here)


def _refuse_gone(row: sa.Select[OwnDay] | sa.Select[WorkWeek]) -> None:
    """Of two who remove it at the same moment the second hears it."""
    one_at_a_time()
    if db.session.scalar(sa.select(row.exists())) is not True:
        raise Refused(_l("This entry is no longer there. Nothing was changed."))
