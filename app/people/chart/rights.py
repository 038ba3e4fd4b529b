"""Which places a wish touches: whoever has it must hold the right on all of them (moving needs both parents)."""

from app.people.chart.versions import Versions
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish
from app.people.days.timeline import at


def places(wish: Wish, versions: Versions) -> set[str]:
    """Keys of units, those that a change takes something from and those that it gives something to."""
    above = {version.parent for key in _acted_on(wish) if (version := at(versions.get(key, {}), wish.day))}
    match wish:
        case Opening():
            return {wish.parent}
        case Alteration():
            return {wish.unit}
        case Move():
            return _known({wish.unit, wish.parent, *above})
        case Merger():
            return _known({*wish.units, wish.into, *above})
        case Split():
            return _known({wish.unit, *wish.below, *above})
        case Closure():
            return _known({wish.unit, wish.people_to, *above})
        case Correction():
            moves = wish.parent not in above
            return _known({wish.unit, *({wish.parent, *above} if moves else ())})


def _acted_on(wish: Wish) -> tuple[str, ...]:
    if isinstance(wish, Merger):
        return wish.units
    return () if isinstance(wish, Opening) else (wish.unit,)


def _known(keys: set[str | None]) -> set[str]:
    return {key for key in keys if key is not None}
