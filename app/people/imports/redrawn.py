"""A file in which units were renamed, moved, merged or divided under codes of their own is asked about: taken as new
they would begin without the people, the results and the history of those before.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.blanks import fold_spaces
from app.core.imports import N_, Message, Question
from app.people.chart.versions import Version
from app.people.days.timeline import at
from app.people.imports.unit_plan import Plan

ALL = 0.5  # a file that names so many of the open units tells of all of them: whom it leaves out is gone
SHORTEST = 3  # letters of a word that tells something
MOST_NAMES = 50
ASKED = N_(
    "Units of this file that look like ones which are here already, renamed, moved, merged or divided: %(count)s. "
    "Taken as new they begin without the people, the results and the history of those before. If they are the same, "
    "give them the codes that they have here, or draw the change on the page of the unit first."
)
YES = N_("Yes, these are new units: %(count)s")


@dataclass(frozen=True)
class Redrawn:
    """What is gone and what came in its place, by keys."""

    gone: tuple[str, ...]
    came: tuple[str, ...]


def redrawn(plan: Plan) -> list[Redrawn]:
    """The same name says it wherever the unit stands; a word of it at the same place if the file tells of all units."""
    standing = {key: version for key, version in _here(plan) if key not in plan.brought}
    came = {key: version for key, version in _new(plan)}
    found = list(_by_name(standing, came))
    for each in found:
        for key in (*each.gone, *each.came):
            standing.pop(key, None)
            came.pop(key, None)
    if _tells_of_all(plan):
        found += _by_place(plan, standing, came)
    return found


def _here(plan: Plan) -> Iterator[tuple[str, Version]]:
    for key, timeline in plan.tree.versions.items():
        if (version := at(timeline, plan.today)) is not None:
            yield key, version


def _new(plan: Plan) -> Iterator[tuple[str, Version]]:
    """In the order of the file, as they stand first."""
    for key, brought in plan.brought.items():
        if key not in plan.tree.ids:
            yield key, brought[min(brought)].value


def _tells_of_all(plan: Plan) -> bool:
    here = [key for key, _ in _here(plan)]
    return bool(here) and sum(key in plan.brought for key in here) >= ALL * len(here)


def _by_name(standing: Mapping[str, Version], came: Mapping[str, Version]) -> Iterator[Redrawn]:
    """One here and one in the file: of several with one name nobody could say which is which."""
    named, new = _names(standing), _names(came)
    for name, keys in new.items():
        there = named.get(name, [])
        if len(there) == len(keys) == 1:
            yield Redrawn((there[0],), (keys[0],))


def _names(units: Mapping[str, Version]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, version in units.items():
        found[fold_spaces(version.name).casefold()].append(key)
    return found


def _by_place(plan: Plan, standing: Mapping[str, Version], came: Mapping[str, Version]) -> Iterator[Redrawn]:
    """Under one unit, those that share a word which no unit that stays there bears, and hardly one elsewhere: `Market`
    for `Market A` and `Market B`.

    The place alone says too little: in lists of who took part in something, others are there each time.
    """
    staying = {key: version for key, version in _here(plan) if key in plan.brought}
    gone, new, beside = _children(standing), _children(came), _children(staying)
    borne = Counter(word for version in staying.values() for word in _words(version))
    often = {word for word, units in borne.items() if units > 1}
    for parent in new:
        usual = often.union(*(_words(staying[key]) for key in beside.get(parent, ())))
        words = {key: _words(standing.get(key) or came[key]) - usual for key in (*gone.get(parent, ()), *new[parent])}
        yield from _sharing(gone.get(parent, ()), new[parent], words)


def _words(version: Version) -> set[str]:
    return {word for word in re.findall(r"\w+", version.name.casefold()) if len(word) >= SHORTEST}


def _sharing(gone: Sequence[str], came: Sequence[str], words: Mapping[str, set[str]]) -> Iterator[Redrawn]:
    """Those of both sides that hang together by their words."""
    bearing: dict[str, list[str]] = defaultdict(list)
    for key in (*gone, *came):
        for word in words[key]:
            bearing[word].append(key)
    place = {key: at for at, key in enumerate((*gone, *came))}
    seen: set[str] = set()
    for key in came:
        if key not in seen:
            together = sorted(_hanging_together(key, words, bearing), key=place.__getitem__)
            seen.update(together)
            before = tuple(each for each in together if place[each] < len(gone))
            if before:
                yield Redrawn(before, tuple(together[len(before) :]))


def _hanging_together(key: str, words: Mapping[str, set[str]], bearing: dict[str, list[str]]) -> set[str]:
    """Each word is followed once, however many bear it: it is taken out of `bearing`."""
    together, waiting = {key}, [key]
    while waiting:
        for word in words[waiting.pop()]:
            found = set(bearing.pop(word, ())) - together
            together |= found
            waiting += found
    return together


def _children(units: Mapping[str, Version]) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = defaultdict(list)
    for key, version in units.items():
        found[version.parent].append(key)
    return found


def question_about(plan: Plan) -> Question | None:
    found = redrawn(plan)
    count = sum(len(each.came) for each in found)
    if not count:
        return None
    told = {"count": count}
    names = tuple(_told(plan, each) for each in found[:MOST_NAMES])
    return Question(count, Message(ASKED, told), names, Message(YES, told), "--yes-they-are-new")


def _told(plan: Plan, each: Redrawn) -> str:
    """In signs, for readers of every language: A (1) + B (2) → C (3)."""
    before = [(plan.tree.current(key, plan.today), plan.tree.codes[key]) for key in each.gone]
    codes = {row.key: row.code for row in plan.rows}
    after = [(plan.brought[key][min(plan.brought[key])].value, codes[key]) for key in each.came]
    return f"{_listed(before)} → {_listed(after)}"


def _listed(units: Sequence[tuple[Version | None, str]]) -> str:
    return " + ".join(f"{version.name if version else ''} ({code})" for version, code in units)
