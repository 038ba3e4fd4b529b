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
CORRECTED_NAME = N_(
    "Without a first day this is a correction: “%(old)s” is called “%(new)s” as if it had never been otherwise. "
    "If it is renamed on a day, give that day as the first one."
)
CORRECTED_PLACE = N_(
    "Without a first day this is a correction: “%(name)s” stands under “%(above)s” as if it had never been otherwise. "
    "If it moves on a day, give that day as the first one."
)


def remarks(plan: Plan) -> dict[int, Message]:
    """By line: what is corrected where it may have changed, and new units whose name another one beside them has."""
    return _corrections(plan) | _same_names(plan)


def _corrections(plan: Plan) -> dict[int, Message]:
    """Of rows without a date, which speak of how the unit stands today."""
    found = {}
    for row in plan.rows:
        known = at(plan.tree.versions.get(row.key, {}), plan.today)
        if row.starts_on is not None or known is None:
            continue
        version = plan.version(row)
        if version.parent != known.parent and version.parent is not None:
            above = plan.versions.get(version.parent, {})
            name = _named(above, plan.today)
            found[row.line] = Message(CORRECTED_PLACE, {"name": version.name, "above": name})
        elif version.name != known.name:
            found[row.line] = Message(CORRECTED_NAME, {"old": known.name, "new": version.name})
    return found


def _named(timeline: Timeline[Version], today: date) -> str:
    version = _standing(timeline, today)
    return version.name if version else ""


def _same_names(plan: Plan) -> dict[int, Message]:
    """New units whose name another one beside them has, in the file or here. Lost zeros make many of them."""
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
