"""What the cells say about a guess that was made from the words above them."""

import re
from collections.abc import Callable, Collection, Sequence

from app.core.parsing import BadValue, parse_decimal
from app.imports.answer_words import is_no_answer, score_of

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
DATE = re.compile(r"(\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b.*")
LANGUAGE = re.compile(
    r"[a-z]{2,3}([-_][a-z]{2,4})?|polski|english|angielski|rosyjski|polish|russian|русский|польский", re.I
)
ZONE = re.compile(r"(Europe|Asia|America|Africa|Atlantic|Australia|Pacific)/[A-Z][A-Za-z_/]+")
PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*\.?,?( [^\W\d_][^\W\d_'’.-]*\.?){1,3}")
PERIOD = re.compile(r".*\d.*")
ENOUGH_ALIKE = 0.8
CONTRADICTED = 0.4
EMPTY = 0.9
WEAK = 0.7
LEANS = 0.55
# An identifier that comes twice, and a mean that is never broken, are probably something else.
REPEATED = WHOLE_MEANS = UNKNOWN_CODES = 0.75
BY_CELLS_ALONE = 0.85
# Numbers beside them are the better score.
WORDED = 0.8
ENOUGH_NUMBERS = 0.5


def evidence(column: str, present: Sequence[str], fit: float, codes: Collection[str]) -> float:
    """The confidence left after a look at the cells that hold something; they may speak where the header is silent."""
    if not present:
        return fit * EMPTY
    if column == "email" and _share(present, _is_email) >= ENOUGH_ALIKE:
        # An address in the manager's column is told apart by its header.
        return max(fit, BY_CELLS_ALONE - 0.2)
    if column == "unit_code" and codes:
        return _weighed_by_codes(_share(present, lambda cell: cell.casefold() in codes), fit)
    if column == "external_id" and len(set(present)) < ENOUGH_ALIKE * len(present):
        return fit * REPEATED
    if column == "name" and fit >= LEANS and _share(present, _is_person) >= ENOUGH_ALIKE:
        # "Employee" may head numbers or names.
        return max(fit, min(fit + 0.2, BY_CELLS_ALONE))
    if column == "employee_number" and _share(present, _is_person) >= ENOUGH_ALIKE:
        return fit * CONTRADICTED
    if column == "score":
        return _weighed_as_answers(present, fit)
    if column == "mean" and all(map(_is_whole, present)):
        return fit * WHOLE_MEANS
    expected = EXPECTATIONS.get(column)
    if expected is None or not fit:
        return fit
    return fit if _share(present, expected) >= ENOUGH_NUMBERS else fit * CONTRADICTED


def told_by_cells(column: str, present: Sequence[str]) -> float:
    """How sure the cells alone make us, under a header that says nothing: only what hardly anything else looks like."""
    if column == "time_zone" and present and _share(present, _is_zone) >= ENOUGH_ALIKE:
        return BY_CELLS_ALONE - 0.2
    if column == "comment" and len(present) >= 3 and _share(present, _is_sentence) >= 0.6:
        return BY_CELLS_ALONE - 0.25 if len(set(present)) >= ENOUGH_ALIKE * len(present) else 0.0
    return 0.0


def _weighed_as_answers(present: Sequence[str], fit: float) -> float:
    if fit < WEAK and len(set(present)) == 1:
        return fit * CONTRADICTED
    if _share(present, _is_answer) >= ENOUGH_NUMBERS:
        return fit
    return fit * (WORDED if _share(present, _is_answer_in_words) >= ENOUGH_ALIKE else CONTRADICTED)


def _weighed_by_codes(known: float, fit: float) -> float:
    if known >= ENOUGH_ALIKE:
        return max(min(fit + 0.2, 1.0), BY_CELLS_ALONE)
    # None known may still be the right column: codes of spreadsheets lose their zeros.
    return fit if known else fit * UNKNOWN_CODES


def _share(cells: Sequence[str], is_so: Callable[[str], bool]) -> float:
    return sum(map(is_so, cells)) / len(cells)


def _is_email(cell: str) -> bool:
    return len(cell) <= 254 and EMAIL.fullmatch(cell) is not None


def _is_zone(cell: str) -> bool:
    return ZONE.fullmatch(cell) is not None


def _is_sentence(cell: str) -> bool:
    return len(cell) >= 15 and cell.count(" ") >= 2 and not _is_number(cell)


def _is_person(cell: str) -> bool:
    """Two or three words of letters, as a person is called."""
    return PERSON.fullmatch(cell) is not None


def _is_number(cell: str) -> bool:
    try:
        parse_decimal(cell)
    except BadValue:
        return False
    return True


def _is_whole(cell: str) -> bool:
    if not _is_number(cell):
        return False
    value = parse_decimal(cell)
    return value == value.to_integral_value()  # a remainder cannot be had of thirty digits


def _is_answer(cell: str) -> bool:
    """A whole number, as far up as scales go, or a word from a short list."""
    return _is_whole(cell) and abs(parse_decimal(cell)) <= 100


def _is_answer_in_words(cell: str) -> bool:
    return score_of(cell) is not None or is_no_answer(cell)


def _is_date(cell: str) -> bool:
    return DATE.fullmatch(cell) is not None


def _is_language(cell: str) -> bool:
    return LANGUAGE.fullmatch(cell) is not None


def _is_words(cell: str) -> bool:
    return not _is_number(cell) and not _is_date(cell)


def _is_short(cell: str) -> bool:
    return len(cell) <= 40


EXPECTATIONS: dict[str, Callable[[str], bool]] = {
    "email": _is_email,
    "date": _is_date,
    "valid_from": _is_date,
    "valid_to": _is_date,
    "starts_on": _is_date,
    "ends_on": _is_date,
    "mean": _is_number,
    "n": _is_number,
    "promoters": _is_number,
    "passives": _is_number,
    "detractors": _is_number,
    "headcount": _is_number,
    "language": _is_language,
    "name": _is_words,
    "job": _is_words,
    "comment": _is_words,
    "channel": _is_words,
    "touchpoint": _is_words,
    "code": _is_short,
    "unit_code": _is_short,
    "parent_code": _is_short,
    "external_id": _is_short,
    "employee_number": _is_short,
    "period": lambda cell: PERIOD.match(cell) is not None,
}
