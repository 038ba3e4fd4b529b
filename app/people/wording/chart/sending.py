"""Who and what of a divided unit may be sent elsewhere: some lines, the rest by search, and what was chosen so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.alphabet import plain
from app.people.queries.reorganisations import Choice, Person

MOST_LINES = 50  # of people, and of units


@dataclass(frozen=True)
class Line:
    name: str  # of the field
    label: str


@dataclass(frozen=True)
class Sending:
    lines: Sequence[Line]
    found: int  # how many the search finds; all, where nothing is searched for
    kept: Sequence[tuple[str, str]]  # what was chosen on lines that are not shown
    find: str
    is_long: bool  # so many that they are searched

    @property
    def more(self) -> int:
        return self.found - len(self.lines)


def sending(people: Iterable[Person], units: Iterable[Choice], typed: Mapping[str, str], find: str) -> Sending:
    """A line is shown that says what is searched for; what was chosen on another is carried along unseen."""
    employees = [Line(f"person-{each.id}", f"{each.name}, {each.job}" if each.job else each.name) for each in people]
    below = [Line(f"below-{each.key}", f"{each.name} ({each.code})") for each in units]
    wanted = plain(find)
    found = [[each for each in lines if wanted in plain(each.label)] for lines in (employees, below)]
    shown = [line for lines in found for line in lines[:MOST_LINES]]
    names = {line.name for line in shown}
    kept = [(name, value) for name, value in typed.items() if value and name not in names]
    is_long = max(len(employees), len(below)) > MOST_LINES
    return Sending(shown, sum(map(len, found)), kept, find, is_long)
