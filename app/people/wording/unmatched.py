"""Words for units that nobody knows, and for what was decided about their names."""

from datetime import date, timedelta

from app.core.formats import day
from app.core.kinds import kinds_by_name
from app.core.texts import _, ngettext
from app.people.models import Unit, UnitAlias

DAY = timedelta(days=1)


def unit_label(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


def kind_label(kind: str) -> str:
    """Of a kind that is no longer offered, its name."""
    known = kinds_by_name().get(kind)
    return str(known.label) if known else kind


def days(first: date, last: date) -> str:
    return day(first) if first == last else _("%(first)s – %(last)s", first=day(first), last=day(last))


def waiting(rows: int, first: date, last: date) -> str:
    return ngettext(
        "%(num)s row waits for this unit, of %(days)s.", "%(num)s rows wait for this unit, of %(days)s.",
        rows, days=days(first, last),
    )  # fmt: skip


def decided_otherwise(count: int) -> str:
    return ngettext(
        "What %(num)s name means was decided otherwise by somebody else meanwhile. That decision stands.",
        "What %(num)s names mean was decided otherwise by somebody else meanwhile. Those decisions stand.",
        count,
    )


def decided(count: int) -> str:
    if not count:
        return _("Nothing was ticked, so nothing was decided.")
    return ngettext(
        "%(num)s name is decided. Its rows come in, and later files are read so.",
        "%(num)s names are decided. Their rows come in, and later files are read so.",
        count,
    )


def leaving_out(rows: int) -> str:
    return ngettext(
        "%(num)s row is left out for good, and rows of later files that name this unit are left out too, until "
        "somebody ends the decision.",
        "%(num)s rows are left out for good, and rows of later files that name this unit are left out too, until "
        "somebody ends the decision.",
        rows,
    )


def rows_in(rows: int) -> str:
    return ngettext("%(num)s row", "%(num)s rows", rows)


def validity(alias: UnitAlias) -> str:
    """On which days these words mean the unit, both ends included."""
    first, last = alias.starts_on, alias.ends_on - DAY if alias.ends_on else None
    if first and last:
        return days(first, last)
    if first:
        return _("from %(day)s", day=day(first))
    return _("until %(day)s", day=day(last)) if last else _("always")


def state(alias: UnitAlias) -> str:
    if alias.ended_at is not None:
        return _("ended %(day)s", day=day(alias.ended_at.date()))
    who = alias.decided_by.display_name if alias.decided_by else _("a command")
    return _("decided %(day)s by %(who)s", day=day(alias.decided_at.date()), who=who)
