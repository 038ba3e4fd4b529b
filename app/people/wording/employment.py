"""What an act does to somebody, in sentences, before it is done: what they see, roles, reports, and what lies about."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core.formats import day as day_words
from app.core.texts import ngettext
from app.people import queries
from app.people.actions.employment import LeaveWish, Plan
from app.people.actions.roster import Work
from app.people.days.timeline import at, presence
from app.people.models import Grant
from app.people.wording.names import LEAVE_KINDS, ROLES

MOST_NAMES = 10
DAY = timedelta(days=1)


def effects_of(plan: Plan | LeaveWish, today: date) -> list[str]:
    return list(_of_leave(plan) if isinstance(plan, LeaveWish) else _of_plan(plan, today))


def _of_leave(wish: LeaveWish) -> Iterator[str]:
    name, kind = wish.standing.person.name if wish.standing.person else "", str(LEAVE_KINDS[wish.kind])
    if wish.ends_on is None:
        yield _("From %(day)s on %(name)s is on leave (%(kind)s), until somebody writes down that it ends.",
                day=day_words(wish.starts_on), name=name, kind=kind)  # fmt: skip
    else:
        yield _("From %(day)s to %(last)s %(name)s is on leave (%(kind)s).",
                day=day_words(wish.starts_on), last=day_words(wish.ends_on - DAY), name=name, kind=kind)  # fmt: skip
    yield _("Deadlines will skip these days. Unit, roles and way in stay: on leave one may look in, and need not.")
    yield _(
        "Only %(name)s and those who may change this entry see it; the log keeps the days and not the kind.", name=name
    )


def _of_plan(plan: Plan, today: date) -> Iterator[str]:
    change = plan.change
    before, after = at(change.work_before, plan.day), at(change.work_after, plan.day)
    if change.work_before != change.work_after:
        yield from _of_place(plan, before, after)
    yield from _of_details(plan)
    leaves = _leaves(plan, today)
    if leaves is not None:
        yield from _of_leaving(plan, leaves)
    yield from _of_roles(plan, leaves)
    yield from _of_later_entries(plan)
    if plan.day < today and change.work_before:
        yield _("That day has passed: what was published about employees stays as it was published.")


def _leaves(plan: Plan, today: date) -> date | None:
    """The new last day's morning after, when it is the act that sets it."""
    end = presence(plan.change.work_after, today)
    known = presence(plan.change.work_before, today) if plan.change.work_before else None
    return end if end is not None and end != known else None


def _of_place(plan: Plan, before: Work | None, after: Work | None) -> Iterator[str]:
    name, since = plan.change.after.name, day_words(plan.day)
    units = queries.names_of_units({each.unit_id for each in (before, after) if each})
    if before is None and after is not None:
        yield _("From %(day)s on %(name)s works in %(unit)s and sees its numbers.",
                day=since, name=name, unit=units[after.unit_id])  # fmt: skip
    elif before and after and before.unit_id != after.unit_id:
        yield _("From %(day)s on %(name)s works in %(unit)s and sees its numbers, and no longer those of %(old)s.",
                day=since, name=name, unit=units[after.unit_id], old=units[before.unit_id])  # fmt: skip
    elif before and after:
        yield _("%(name)s stays in %(unit)s and sees what others there see.", name=name, unit=units[after.unit_id])
    if before and after and before.job != after.job:
        yield _("Job: “%(old)s” becomes “%(new)s”.", old=before.job, new=after.job)
    if before and after and before.manager != after.manager:
        yield _("Line manager: %(old)s before, %(new)s then.", old=_named(plan, before), new=_named(plan, after))


def _named(plan: Plan, work: Work) -> str:
    if work.manager is None:
        return str(_("nobody"))
    employee_id = int(work.manager.removeprefix("#"))
    return queries.names_of_people({employee_id}).get(employee_id, "")


def _of_details(plan: Plan) -> Iterator[str]:
    before, after = plan.change.before, plan.change.after
    if before is None:
        yield _("%(name)s gets an account without a password: the way in is an invitation or a slip.", name=after.name)
        return
    pairs = ((_("Name"), before.name, after.name), (_("Employee number"), before.number, after.number))
    for label, old, new in (*pairs, (_("E-mail address"), before.email, after.email)):
        if old != new:
            yield _("%(field)s: “%(old)s” becomes “%(new)s”.", field=label, old=old or "", new=new or "")
    if (before.email, before.number) != (after.email, after.number):
        yield _("From then on one signs in with what is new; the old opens nothing any more.")


def _of_leaving(plan: Plan, leaves: date) -> Iterator[str]:
    name, standing = plan.change.after.name, plan.standing
    yield _("From %(day)s on %(name)s cannot sign in, and every open sign-in ends that day.",
            day=day_words(leaves), name=name)  # fmt: skip
    reports = queries.reports_after(standing.employee_id, leaves) if standing.employee_id else ()
    if reports:
        words = ngettext(
            "%(people)s person is left without a line manager: %(names)s.",
            "%(people)s people are left without a line manager: %(names)s.",
            len(reports),
            people=str(len(reports)),
            names=_listed(reports),
        )
        yield words
    yield from _of_deputies(standing.account_id, leaves) if standing.account_id else ()
    waiting = queries.waiting_imports_of(standing.account_id) if standing.account_id else 0
    if waiting:
        yield ngettext(
            "%(files)s file that %(name)s brought waits to be accepted, by somebody else then.",
            "%(files)s files that %(name)s brought wait to be accepted, by somebody else then.",
            waiting,
            files=str(waiting),
            name=name,
        )


def _of_deputies(account_id: int, leaves: date) -> Iterator[str]:
    for row in queries.deputyships_after(account_id, leaves):
        yield _(
            "%(deputy)s stands in for %(absent)s (%(role)s on %(unit)s) until %(day)s at most; a return does not bring "
            "that back.",
            deputy=row.deputy.display_name, absent=row.absent.display_name,
            role=str(ROLES[row.role]), unit=row.unit.name, day=day_words(leaves - DAY),
        )  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - MOST_NAMES
    if more <= 0:
        return ", ".join(listed)
    return str(_("%(names)s and %(count)s more", names=", ".join(listed[:MOST_NAMES]), count=more))


def _of_roles(plan: Plan, leaves: date | None) -> Iterator[str]:
    units = queries.names_of_units({each.unit_id for each in plan.standing.grants})
    for grant in plan.standing.grants:
        role, unit = str(ROLES[grant.role]), units[grant.unit_id]
        ends = _ends_on(plan, grant, leaves)
        if ends is not None:
            yield _("The role “%(role)s” on %(unit)s ends on %(day)s.", role=role, unit=unit, day=day_words(ends))
        elif plan.change.work_before != plan.change.work_after:
            yield _("The role “%(role)s” on %(unit)s stays.", role=role, unit=unit)


def _ends_on(plan: Plan, grant: Grant, leaves: date | None) -> date | None:
    if leaves is not None:
        return leaves
    return plan.day if grant in plan.ended else None


def _of_later_entries(plan: Plan) -> Iterator[str]:
    gone = [start for start in plan.change.work_before if start not in plan.change.work_after and start > plan.day]
    for start in sorted(gone):
        yield _("What was planned from %(day)s on does not come.", day=day_words(start))
