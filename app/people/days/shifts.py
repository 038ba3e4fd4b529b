"""Shifts by the day: so many days worked and so many off in turn, as rotas are written: 4-4, or 2-2-3-2-2-3."""

import re
from datetime import date

LONGEST = 366  # days until everything begins anew
SHAPE = re.compile(r"\d{1,3}(?:-\d{1,3})*")


class NoShifts(ValueError):
    """Not a rota: it has another shape, a turn of no days, or is too long."""


def turns_of(text: str) -> tuple[int, ...]:
    """Days worked, days off, days worked …; always as many turns of the one as of the other."""
    plain = re.sub(r"[\s,;/–—-]+", "-", text.strip())
    if not SHAPE.fullmatch(plain):
        raise NoShifts
    turns = tuple(int(number) for number in plain.split("-"))
    if len(turns) % 2 or min(turns) < 1 or sum(turns) > LONGEST:
        raise NoShifts
    return turns


def is_worked(turns: tuple[int, ...], first: date, day: date) -> bool:
    """`first`: the first day of the first turn."""
    left = (day - first).days % sum(turns)
    for number, length in enumerate(turns):
        if left < length:
            return number % 2 == 0
        left -= length
    raise AssertionError("what is left after whole rounds lies within one")
