"""What does not fit, in words of the language asked for: the check of shapes has only English ones."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from app.core.api.problems import Misfit
from app.core.imports import N_

A_WHOLE_NUMBER = N_("This must be a whole number.")
A_NUMBER = N_("This must be a number.")
A_TEXT = N_("This must be a text.")
TRUE_OR_FALSE = N_("This must be true or false.")
AN_OBJECT = N_("This must be an object: names and values.")
A_MOMENT = N_("This must be a moment with its zone, such as 2026-11-01T00:00:00Z.")
FORBIDDEN_LETTERS = N_("This text is not in the form that is expected here.")
BEGINNINGS = {"int_": A_WHOLE_NUMBER, "float_": A_NUMBER, "bool_": TRUE_OR_FALSE, "datetime_": A_MOMENT}
BY_KIND = {
    "missing": N_("This is needed."),
    "extra_forbidden": N_("Nothing of this name is known here."),
    "string_type": A_TEXT,
    "string_too_long": N_("At most this many characters: %(max_length)s."),
    "string_too_short": N_("At least this many characters: %(min_length)s."),
    "string_pattern_mismatch": FORBIDDEN_LETTERS,
    "string_unicode": FORBIDDEN_LETTERS,
    "finite_number": A_NUMBER,
    "greater_than_equal": N_("This must be %(ge)s or more."),
    "less_than_equal": N_("This must be %(le)s or less."),
    "literal_error": N_("This must be one of: %(expected)s."),
    "dict_type": AN_OBJECT,
    "model_type": AN_OBJECT,
    "list_type": N_("This must be a list."),
    "too_long": N_("At most this many entries: %(max_length)s."),
    "too_short": N_("At least this many entries: %(min_length)s."),
    "timezone_aware": A_MOMENT,
}


def misfits(faults: Iterable[Mapping[str, Any]], *, in_body: bool = False) -> list[Misfit]:
    """As pydantic has found them. In a body each is pointed at (RFC 6901), in a query named."""
    return [_misfit(fault, in_body=in_body) for fault in faults]


def _misfit(fault: Mapping[str, Any], *, in_body: bool) -> Misfit:
    place = [str(each) for each in fault["loc"] if each != "[key]"]
    pointer = "/".join(["#", *(each.replace("~", "~0").replace("/", "~1") for each in place)]) if in_body else ""
    return Misfit(".".join(place), _words(fault), pointer)


def _words(fault: Mapping[str, Any]) -> str:
    kind = fault["type"]
    sentence = BY_KIND.get(kind) or next((each for begin, each in BEGINNINGS.items() if kind.startswith(begin)), None)
    if sentence is None:
        return str(fault["msg"])
    told = dict(fault.get("ctx", {}))
    if "expected" in told:
        told["expected"] = told["expected"].replace(" or ", ", ").replace("'", "")
    return str(gettext(sentence)) % told
