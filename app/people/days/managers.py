"""Who is whose line manager on which days: whether somebody would come to be above themselves."""

from collections.abc import Callable
from datetime import date

from app.people.days.timeline import Timeline

Managers = Timeline[str | None]  # by their keys; None: nobody


def is_above_itself(key: str, managers: Managers, of: Callable[[str], Managers]) -> bool:
    """On some day the way up from this person leads back to them. `of`: the managers of anybody else."""
    todo = list(_led(managers, date.min, None))
    seen = set()
    while todo:
        who, start, end = todo.pop()
        if who == key:
            return True
        if (who, start, end) not in seen:
            seen.add((who, start, end))
            todo += _led(of(who), start, end)
    return False


def _led(managers: Managers, start: date, end: date | None) -> list[tuple[str, date, date | None]]:
    """By whom, on which of these days."""
    found = []
    for begin, span in managers.items():
        first = max(begin, start)
        last = min((each for each in (span.ends_on, end) if each is not None), default=None)
        if span.value is not None and (last is None or first < last):
            found.append((span.value, first, last))
    return found
