"""What may happen to somebody's work here. Each act draws what would stand afterwards, and writes nothing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused
from app.people.actions.employment.standing import Plan, Standing
from app.people.actions.roster import Person, PersonChange, Work
from app.people.days.timeline import Span, Timeline, first_overlap, presence, start_at

SAME = _l("This is how it stands already. Nothing was changed.")
NOT_HERE = _l("This person does not work here on that day. Nothing was changed; choose another day, or “come back”.")
SAME_DAY = _l("On that very day another entry begins. Nothing was changed; correct or withdraw that entry instead.")
HERE = _l("This person works here on that day. Nothing was changed; choose “move” for another unit.")
TWO_UNITS = _l("A person works in one unit on one day, and this would be two. Nothing was changed; choose other days.")
TOO_EARLY = _l("On that day this person had not begun yet. Nothing was changed; choose a later day.")
BEGUN = _l("This entry has begun, so it cannot be withdrawn. Nothing was changed; correct it instead.")
ONLY_ENTRY = _l("This is the only entry, and a person without one has no place here. Nothing was changed.")
NO_END = _l("There is no coming last day that could be withdrawn. Nothing was changed.")
NO_ENTRY = _l("This entry is no longer there. Nothing was changed.")


def add(standing: Standing, person: Person, work: Work) -> Plan:
    return _plan(standing, {person.starts_on: Span(None, work)}, person.starts_on, person.starts_on, person)


def move(standing: Standing, day: date, work: Work, today: date, *, ends_in: Collection[int] = ()) -> Plan:
    """`ends_in`: units whose roles end with the move."""
    start = start_at(standing.work, day)
    if start is None:
        raise Refused(NOT_HERE)
    span = standing.work[start]
    if span.value == work:
        raise Refused(SAME)
    if start == day:
        raise Refused(SAME_DAY)
    after = {**standing.work, start: Span(day, span.value), day: Span(span.ends_on, work)}
    plan = _plan(standing, after, day, today)
    ended = [each for each in standing.grants if each.unit_id in ends_in and each.starts_on < day]
    return replace(plan, ended=tuple(ended))


def leave_company(standing: Standing, ends_on: date, today: date) -> Plan:
    """`ends_on`: the first day on which they no longer work here. What was to come after it does not come."""
    after = {start: span for start, span in standing.work.items() if start < ends_on}
    if not after:
        raise Refused(TOO_EARLY)
    last = max(after)
    after[last] = Span(ends_on, after[last].value)
    if after == standing.work:
        raise Refused(SAME)
    return _plan(standing, after, ends_on, today)


def come_back(standing: Standing, day: date, work: Work, today: date) -> Plan:
    if start_at(standing.work, day) is not None:
        raise Refused(HERE)
    following = min((start for start in standing.work if start > day), default=None)
    return _plan(standing, {**standing.work, day: Span(following, work)}, day, today)


def correct_details(standing: Standing, person: Person, today: date) -> Plan:
    """Name, number, address: as they are, or should always have been."""
    if person == standing.person:
        raise Refused(SAME)
    return _plan(standing, standing.work, today, today, person, corrects=True)


def correct_work(standing: Standing, start: date, to: date, work: Work, today: date) -> Plan:
    """The entry that begins at `start` should have said this, and begun on `to`; the one before it reaches up to it."""
    span = _entry(standing, start)
    after = {begin: each for begin, each in standing.work.items() if begin != start}
    if to in after:
        raise Refused(SAME_DAY)
    if span.ends_on is not None and to >= span.ends_on:
        raise Refused(TWO_UNITS)
    after[to] = Span(span.ends_on, work)
    for begin, each in standing.work.items():
        if begin != start and each.ends_on == start:
            after[begin] = Span(to, each.value)
            if begin >= to:
                raise Refused(TWO_UNITS)
    if after == standing.work:
        raise Refused(SAME)
    return _plan(standing, after, min(start, to), today, corrects=True)


def withdraw_work(standing: Standing, start: date, today: date) -> Plan:
    """A change that has not come yet does not come: what held before it goes on."""
    span = _entry(standing, start)
    if start <= today:
        raise Refused(BEGUN)
    after = {begin: each for begin, each in standing.work.items() if begin != start}
    if not after:
        raise Refused(ONLY_ENTRY)
    for begin, each in after.items():
        if each.ends_on == start:
            after[begin] = Span(span.ends_on, each.value)
    return _plan(standing, after, start, today)


def withdraw_last_day(standing: Standing, today: date) -> Plan:
    ends_on = presence(standing.work, today) if standing.work else None
    if ends_on is None or ends_on <= today:
        raise Refused(NO_END)
    last = next(start for start, span in standing.work.items() if span.ends_on == ends_on)
    following = min((start for start in standing.work if start >= ends_on), default=None)
    after = {**standing.work, last: Span(following, standing.work[last].value)}
    return _plan(standing, after, ends_on, today)


def _entry(standing: Standing, start: date) -> Span[Work]:
    if start not in standing.work:
        raise Refused(NO_ENTRY)
    return standing.work[start]


def _plan(  # noqa: PLR0913 (the parts of a change, each named by its caller)
    standing: Standing,
    work: Timeline[Work],
    day: date,
    today: date,
    person: Person | None = None,
    *,
    corrects: bool = False,
) -> Plan:
    if first_overlap(work) is not None:
        raise Refused(TWO_UNITS)
    work = dict(sorted(work.items()))
    person = person or standing.person
    assert person is not None
    after = replace(person, starts_on=min(work), ends_on=presence(work, today)) if work else person
    change = PersonChange(
        key=standing.key,
        employee_id=standing.employee_id,
        account_id=standing.account_id,
        before=standing.person,
        after=after,
        work_before=standing.work,
        work_after=work,
        corrects=corrects,
    )
    return Plan(standing, change, day)
