"""The acts on the org chart, and what they would do, in words."""

from collections.abc import Iterator
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.formats import day as written
from app.core.texts import _, ngettext
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.versions import Version
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish
from app.people.days.timeline import DAY, at
from app.people.models import ReorganisationKind
from app.people.models.unit import BEGINNING
from app.people.wording.names import KINDS

K = ReorganisationKind
# What the menu calls them, and the title of their page.
ACTS: dict[str, LazyString] = {
    "opening": _l("Open a unit below"),
    "alteration": _l("Rename or describe anew"),
    "move": _l("Move"),
    "merger": _l("Merge into another"),
    "split": _l("Split"),
    "closure": _l("Close"),
    "correction": _l("Correct a mistake"),
}
# What stands in the history.
DONE: dict[ReorganisationKind, LazyString] = {
    K.OPENING: _l("Opening"),
    K.ALTERATION: _l("New name or description"),
    K.MOVE: _l("Move"),
    K.MERGER: _l("Merger"),
    K.SPLIT: _l("Split"),
    K.CLOSURE: _l("Closure"),
    K.CORRECTION: _l("Correction"),
}
EXPLAINED: dict[str, LazyString] = {
    "opening": _l("A new unit opens below this one."),
    "alteration": _l(
        "The world has changed: from a day on the unit is called otherwise. What was before stays in its history."
    ),
    "move": _l("The unit goes with everything below it, and with its people, under another unit."),
    "merger": _l(
        "The unit closes, and what was its own goes on in another: people, units below, and customers' answers. Roles"
        " that were given on it end."
    ),
    "split": _l("New units open in its place, and its people and the units below are divided among them."),
    "closure": _l("The unit closes. Nothing may stand below it on that day; people are sent to another unit."),
    "correction": _l("It was written down wrongly. What was written is mended, and no change is added to the history."),
}


def sentence(wish: Wish, drawing: Drawing) -> str:
    """What is about to happen."""
    told = {"day": written(wish.day)}
    match wish:
        case Opening():
            return _(
                "“%(name)s” (%(code)s) opens on %(day)s under “%(parent)s”.",
                name=wish.name, code=wish.code, parent=drawing.name(wish.parent, wish.day), **told,
            )  # fmt: skip
        case Alteration():
            return _(
                "“%(unit)s” is described anew from %(day)s on.", unit=_before(drawing, wish.unit, wish.day), **told
            )
        case Move():
            names = {"unit": drawing.name(wish.unit, wish.day), "parent": drawing.name(wish.parent, wish.day)}
            return _("“%(unit)s” stands under “%(parent)s” from %(day)s on.", **names, **told)
        case Merger():
            return _merged(wish, drawing)
        case Split():
            return _divided(wish, drawing)
        case Closure():
            return _(
                "“%(unit)s” closes on %(day)s; its last day is %(last)s.",
                unit=drawing.name(wish.unit, wish.day), last=written(wish.day - DAY), **told,
            )  # fmt: skip
        case Correction():
            return _(
                "What is written about “%(unit)s” from %(day)s on is mended.",
                unit=_before(drawing, wish.unit, wish.day), day=since(wish.day),
            )  # fmt: skip


def quoted(name: str) -> str:
    return _("“%(name)s”", name=name)


def _merged(wish: Merger, drawing: Drawing) -> str:
    names = ", ".join(quoted(drawing.name(key, wish.day)) for key in wish.units)
    told = {"names": names, "into": drawing.name(wish.into, wish.day), "day": written(wish.day)}
    return ngettext(
        "%(names)s becomes part of “%(into)s” on %(day)s.",
        "%(names)s become part of “%(into)s” on %(day)s.",
        len(wish.units),
        **told,
    )


def _divided(wish: Split, drawing: Drawing) -> str:
    parts = ", ".join(quoted(part.name) for part in wish.parts)
    told = {"unit": drawing.name(wish.unit, wish.day), "parts": parts, "day": written(wish.day)}
    if wish.stays:
        return _("“%(unit)s” gives a part away on %(day)s: %(parts)s. It goes on itself.", **told)
    return _("“%(unit)s” is divided on %(day)s into %(parts)s.", **told)


def _before(drawing: Drawing, key: str, day: date) -> str:
    version = at(drawing.before[key], day)
    return version.name if version else drawing.name(key, day)


def when(wish: Wish, today: date) -> str:
    """From when it is seen."""
    if isinstance(wish, Correction):
        return _("Nothing happens on a day: the entry was wrong all along. It is mended at once.")
    if wish.day > today:
        return _("It takes effect at midnight before %(day)s. Until then it can be withdrawn.", day=written(wish.day))
    if wish.day == today:
        return _("It takes effect at once, and cannot be withdrawn.")
    return ngettext(
        "The day was %(num)s day ago: it takes effect at once, also on pages that look back, and cannot be withdrawn.",
        "The day was %(num)s days ago: it takes effect at once, also on pages that look back, and cannot be withdrawn.",
        (today - wish.day).days,
    )


def about_customers(wish: Wish) -> str:
    """What becomes of customers' answers, where that is not plain."""
    if isinstance(wish, Merger):
        return _(
            "Customers' answers of the closed units count in the unit that goes on, the earlier ones too. Pages can"
            " also show the quarters as they were."
        )
    if isinstance(wish, Split) and not wish.stays:
        return _(
            "Customers' answers given before stay with the divided unit: nobody can say to which part they belong. They"
            " count in the units above it, and in none of the parts."
        )
    if isinstance(wish, Split):
        return _(
            "Customers' answers given before stay with the unit that goes on: nobody can say to which part they belong."
            " From that day on each unit counts its own."
        )
    if isinstance(wish, Move):
        return _(
            "Customers' answers follow the unit, the earlier ones too. Pages can also show the quarters as they were."
        )
    return ""


def since(day: date) -> str:
    return _("the beginning") if day == BEGINNING else written(day)


def differences(
    before: Version | None, after: Version | None, drawing: Drawing, day: date
) -> Iterator[tuple[str, str, str]]:
    """What changes: what it is, how it was, how it will be."""
    if before is None or after is None:
        yield _("State"), _("not open") if before is None else _("open"), _("open") if after else _("closed")
    if after is None:
        return
    for label, old, new in (
        (_("Name"), before.name if before else "", after.name),
        (_("Kind"), str(KINDS[before.kind]) if before else "", str(KINDS[after.kind])),
        (_("Under"), _named(before, drawing, day), _named(after, drawing, day)),
        (_("Country"), (before.country or "") if before else "", after.country or ""),
        (_("Place"), (before.location or "") if before else "", after.location or ""),
    ):
        if old != new:
            yield label, old, new


def _named(version: Version | None, drawing: Drawing, day: date) -> str:
    return drawing.name(version.parent, day) if version and version.parent else ""
