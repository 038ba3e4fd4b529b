"""What may be right in a file of units, and often is not: said before it is accepted, and refused to nobody."""

from datetime import date

from app.core.imports import N_, Message
from app.people.chart.versions import Version
from app.people.days.timeline import Timeline, at
from app.people.imports.unit_plan import Plan

SAME_NAME = N_(
    "“%(name)s” stands under the same unit with the code “%(code)s” too. If both are one unit, keep one code; two units"
    " may have one name."
)


def remarks(plan: Plan) -> dict[int, Message]:
    """By line: new units whose name another one beside them has, in the file or here. Lost zeros make many of them."""
    first: dict[tuple[str | None, str], str] = {}
    for key, timeline in plan.versions.items():
        if (version := _standing(timeline, plan.today)) is not None:
            first.setdefault(_place(version), key)
    codes = plan.tree.codes | {row.key: row.code for row in plan.rows}
    found = {}
    for row in plan.rows:
        version = _standing(plan.versions[row.key], plan.today)
        other = first.get(_place(version), row.key) if version is not None else row.key
        if version is not None and other != row.key and row.key not in plan.tree.ids:
            found[row.line] = Message(SAME_NAME, {"name": version.name, "code": codes[other]})
    return found


def _standing(timeline: Timeline[Version], today: date) -> Version | None:
    """As it is today, or will be first; None once it is closed."""
    coming = (span.value for start, span in sorted(timeline.items()) if start > today)
    return at(timeline, today) or next(coming, None)


def _place(version: Version) -> tuple[str | None, str]:
    return version.parent, version.name.casefold()
