"""What a program sends: told by its type, bounded, and read strictly, before any shape looks at it."""

import json
from collections.abc import Collection
from typing import Any

from flask import request

from app.core.api.problems import BadBody, Invalid, Misfit
from app.core.texts import _
from app.extensions import db

JSON = "application/json"
AS_IT_IS = ("", "identity")


def refuse_other_types(accepted: Collection[str]) -> None:
    """By what the program says of its body. A packed one is refused: nobody counts what would come out of it."""
    if request.mimetype not in accepted or request.headers.get("Content-Encoding", "").lower() not in AS_IT_IS:
        raise BadBody("unsupported-media-type", accepted=list(accepted))


def read_json() -> dict[str, Any]:
    """The object that was sent; where nothing was sent, an empty one."""
    db.session.rollback()  # a body comes in slowly, and no transaction waits for it
    sent = request.get_data()
    if not sent:
        return {}
    refuse_other_types([JSON])
    try:
        told = json.loads(
            sent.decode(), object_pairs_hook=_each_name_once, parse_float=_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise BadBody("malformed-json") from error
    if not isinstance(told, dict):
        raise Invalid([Misfit("", _("This must be an object: names and values."), "#")])
    return told


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would be read as the one or the other, depending on who reads."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _number(digits: str) -> float:
    """For JSON 5.0 is the same number as 5, and a whole one."""
    number = float(digits)
    return int(number) if number.is_integer() else number


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")
