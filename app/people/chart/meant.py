"""Which unit a file probably means, and why: codes that lost their zeros, old names and codes, names that are near.

A suggestion is looked at by a person. What is sure enough to be ticked beforehand says so.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from app.core.imports import N_, Message
from app.core.unit_words import UnitWords

MOST = 3
CANDIDATES = 40  # names that share most with the words; only they are measured
NEAR, AGREES = 0.8, 0.6  # how alike a name must be to be suggested, and to stand beside a code without doubt
SHORTEST_INSIDE = 3

SPELT = N_("Its code “%(code)s” differs only in case, spaces, hyphens or accents.")
ZEROS = N_("Its code “%(code)s” differs only in zeros before a number.")
OLD_CODE = N_("It had the code “%(code)s” until %(day)s.")
SAME_NAME = N_("It is called so.")
SAME_NAME_THERE = N_("It is called so, and stands under “%(above)s” as in the file.")
ONE_OF_MANY = N_("It is called so, as other units are.")
OLD_NAME = N_("It was called so until %(day)s.")
INSIDE = N_("Its code “%(code)s” stands in these words.")
NEAR_NAME_THERE = N_("Its name “%(name)s” is nearly the same, and it stands under “%(above)s” as in the file.")
NEAR_NAME = N_("Its name “%(name)s” is nearly the same.")
NEAR_CODE = N_("Its code “%(code)s” is nearly the same.")


@dataclass(frozen=True)
class Known:
    """A unit that may be meant: as it is called, was called, and what stands above it, by name and by code."""

    unit_id: int
    code: str
    name: str
    above: tuple[str, ...] = ()
    old_names: tuple[tuple[str, date], ...] = ()  # with the first day on which it was no longer called so
    old_codes: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Suggested:
    unit_id: int
    reason: Message
    is_sure: bool = False


class Meanings:
    """Put together once for a company, then asked for each name of a file."""

    def __init__(self, units: Sequence[Known]) -> None:
        self._units = {unit.unit_id: unit for unit in units}
        self._codes = _by(units, lambda unit: [folded(unit.code)])
        self._unzeroed = _by(units, lambda unit: [_without_zeros(folded(unit.code))])
        self._names = _by(units, lambda unit: [folded(unit.name)])
        self._old_codes = _by(units, lambda unit: [folded(code) for code, _ in unit.old_codes])
        self._old_names = _by(units, lambda unit: [folded(name) for name, _ in unit.old_names])
        self._parts: dict[str, list[int]] = defaultdict(list)
        for unit in units:
            for part in _parts_of(folded(unit.name)):
                self._parts[part].append(unit.unit_id)

    def of(self, words: UnitWords) -> list[Suggested]:
        """The likeliest first; each unit once."""
        found: dict[int, Suggested] = {}
        for each in self._all(words):
            found.setdefault(each.unit_id, each)
            if len(found) == MOST:
                break
        sure = [each for each in found.values() if each.is_sure]
        if len(sure) > 1:
            # Two that are each beyond doubt are a doubt.
            return [Suggested(each.unit_id, each.reason) for each in found.values()]
        return list(found.values())

    def _all(self, words: UnitWords) -> Iterator[Suggested]:
        yield from self._by_code(words)
        for text in filter(None, (words.name, words.code)):
            yield from self._by_name(text, words)
        yield from self._by_old(words)
        yield from self._inside(words)
        for text in filter(None, (words.name, words.code)):
            yield from self._near_names(text, words)
        yield from self._near_codes(words.code)

    def _by_code(self, words: UnitWords) -> Iterator[Suggested]:
        code = folded(words.code)
        if not code:
            return
        for index, key, reason in ((self._codes, code, SPELT), (self._unzeroed, _without_zeros(code), ZEROS)):
            fitting = index.get(key, [])
            for unit_id in fitting:
                unit = self._units[unit_id]
                told = Message(reason, {"code": unit.code})
                yield Suggested(unit_id, told, is_sure=len(fitting) == 1 and _agrees(unit, words))

    def _by_name(self, text: str, words: UnitWords) -> Iterator[Suggested]:
        fitting = [self._units[unit_id] for unit_id in self._names.get(folded(text), ())]
        there = [unit for unit in fitting if _stands_under(unit, words.above)]
        for unit in there:
            told = Message(SAME_NAME_THERE, {"above": words.above})
            yield Suggested(unit.unit_id, told, is_sure=len(there) == 1)
        for unit in fitting:
            is_sure = len(fitting) == 1 and not words.above
            yield Suggested(unit.unit_id, Message(SAME_NAME if len(fitting) == 1 else ONE_OF_MANY), is_sure)

    def _by_old(self, words: UnitWords) -> Iterator[Suggested]:
        for text, index, reason in (
            (words.code, self._old_codes, OLD_CODE), (words.name, self._old_names, OLD_NAME),
            (words.code, self._old_names, OLD_NAME),
        ):  # fmt: skip
            fitting = index.get(folded(text), []) if text else []
            for unit_id in fitting:
                told = {"code": words.code, "day": self._until(unit_id, text).isoformat()}
                yield Suggested(unit_id, Message(reason, told), is_sure=len(set(fitting)) == 1 and not words.above)

    def _until(self, unit_id: int, text: str) -> date:
        unit = self._units[unit_id]
        return max(day for old, day in (*unit.old_codes, *unit.old_names) if folded(old) == folded(text))

    def _inside(self, words: UnitWords) -> Iterator[Suggested]:
        """`KR-RYNEK Kraków Rynek`, or `Kraków Rynek (KR-RYNEK)`."""
        parts = [folded(part) for part in re.split(r"[\s()\[\]/,;:|]+", words.code)]
        fitting = {
            unit_id
            for part in parts
            if len(part) >= SHORTEST_INSIDE and len(parts) > 1
            for unit_id in self._codes.get(part, ())
        }
        for unit_id in sorted(fitting):
            unit = self._units[unit_id]
            yield Suggested(unit_id, Message(INSIDE, {"code": unit.code}), is_sure=len(fitting) == 1)

    def _near_names(self, text: str, words: UnitWords) -> Iterator[Suggested]:
        wanted = folded(text)
        shared = Counter(unit_id for part in _parts_of(wanted) for unit_id in self._parts.get(part, ()))
        measured = [(likeness(text, self._units[each].name), each) for each, _ in shared.most_common(CANDIDATES)]
        near = [self._units[unit_id] for share, unit_id in sorted(measured, reverse=True) if share >= NEAR]
        for unit in near:
            if _stands_under(unit, words.above):
                yield Suggested(unit.unit_id, Message(NEAR_NAME_THERE, {"name": unit.name, "above": words.above}))
        for unit in near:
            yield Suggested(unit.unit_id, Message(NEAR_NAME, {"name": unit.name}))

    def _near_codes(self, text: str) -> Iterator[Suggested]:
        """A slip of the finger; codes that differ in their digits are two shops."""
        wanted = folded(text)
        if not 3 <= len(wanted) <= 30:
            return
        for code, unit_ids in self._codes.items():
            if abs(len(code) - len(wanted)) <= 1 and likeness(wanted, code) >= NEAR:
                for unit_id in unit_ids:
                    yield Suggested(unit_id, Message(NEAR_CODE, {"code": self._units[unit_id].code}))


def folded(text: str) -> str:
    """Letters and digits alone: no case, no accents, nothing between them."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in plain if letter.isalnum())


def likeness(one: str, other: str) -> float:
    """From 0 to 1, in whatever order the words stand. Texts that differ in their digits are not alike at all."""
    if re.findall(r"\d+", _without_zeros(folded(one))) != re.findall(r"\d+", _without_zeros(folded(other))):
        return 0.0
    return max(_ratio(folded(one), folded(other)), _ratio(_in_order(one), _in_order(other)))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _in_order(text: str) -> str:
    return " ".join(sorted(filter(None, map(folded, re.split(r"[\W_]+", text)))))


def _without_zeros(code: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", code)


def _parts_of(text: str) -> set[str]:
    """Three letters each: by what they share, names that may be alike are found among thousands."""
    padded = f" {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _agrees(unit: Known, words: UnitWords) -> bool:
    """Nothing else that the file says of it speaks against this unit."""
    names = (unit.name, *(name for name, _ in unit.old_names))
    is_named = not words.name or any(likeness(words.name, name) >= AGREES for name in names)
    return is_named and (not words.above or _stands_under(unit, words.above))


def _stands_under(unit: Known, above: str) -> bool:
    return bool(above) and any(folded(each) == folded(above) or likeness(each, above) >= NEAR for each in unit.above)


def _by(units: Iterable[Known], words_of: Callable[[Known], list[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        for word in dict.fromkeys(words_of(unit)):
            found[word].append(unit.unit_id)
    return found
