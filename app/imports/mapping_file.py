"""A mapping as a TOML file that a person can read, mend and keep beside the source it belongs to."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

from app.core.addresses import MOST
from app.core.blanks import fold_spaces
from app.core.imports import N_, DateOrder, Mapping, Message, Scale, ScaleRule
from app.core.parsing import MOST_PEOPLE

E = TypeVar("E", bound=StrEnum)
PLACE = (
    "kind",
    "sheet",
    "sheet_title",
    "header_row",
    "group_row",
    "first_row",
    "rows_below",
    "not_totals",
    "date_order",
)
KEYS = (*PLACE, "columns", "constants", "values", "skip", "scale")
SCALE_KEYS = ("rule", "low", "high", "of")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
MUST_ESCAPE = re.compile('[\\x00-\\x1f\\x7f"\\\\]')
SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class BadMapping(Exception):
    """The mapping cannot be used; each of `messages` names one thing to mend."""

    def __init__(self, *messages: Message) -> None:
        self.messages = messages
        super().__init__(" ".join(map(str, messages)))


def read_mapping(text: str) -> Mapping:
    """From a file, or as an import keeps it."""
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _bad(N_("The mapping file is not valid TOML: %(reason)s."), reason=str(error)) from error
    return mapping_of(raw)


def mapping_of(raw: dict[str, Any]) -> Mapping:
    """From the parts of a mapping file, wherever they come from."""
    _refuse_unknown(raw, KEYS)
    return Mapping(
        kind=_text(raw, "kind") or "",
        sheet=_text(raw, "sheet"),
        sheet_title=_text(raw, "sheet_title"),
        header_row=_line(raw, "header_row") or 1,
        group_row=_line(raw, "group_row"),
        first_row=_line(raw, "first_row"),
        rows_below=_yes(raw, "rows_below"),
        not_totals=_listed(raw["not_totals"], "not_totals") if "not_totals" in raw else (),
        date_order=_choice(raw, "date_order", DateOrder),
        columns={ours: _headers(cell, f"columns.{ours}") for ours, cell in _table(raw, "columns").items()},
        constants={ours: _plain(cell, f"constants.{ours}") for ours, cell in _table(raw, "constants").items()},
        values={ours: _translations(raw["values"], ours) for ours in _table(raw, "values")},
        skip={header: _skipped(cell, f"skip.{header}") for header, cell in _table(raw, "skip").items()},
        scale=_scale(_table(raw, "scale")) if "scale" in raw else None,
    )


def write_mapping(mapping: Mapping) -> str:
    return "\n".join(_lines(mapping)) + "\n"


def _bad(msgid: str, **params: str) -> BadMapping:
    return BadMapping(Message(msgid, params))


def _refuse_unknown(table: dict[str, Any], known: Iterable[str]) -> None:
    for key in table:
        if key not in known:
            raise _bad(N_("The mapping has a part “%(key)s” that Rezonans does not know."), key=key)


def _text(table: dict[str, Any], key: str) -> str | None:
    return _plain(table[key], key) if key in table else None


def _plain(value: Any, key: str) -> str:
    """Numbers and dates are welcome where a text is meant: nobody should have to think of quotation marks."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise _bad(N_("“%(key)s” in the mapping must be a text."), key=key)


def _line(table: dict[str, Any], key: str) -> int | None:
    line = table.get(key)
    if line is not None and (not isinstance(line, int) or isinstance(line, bool) or not 1 <= line <= MOST):
        raise _bad(N_("“%(key)s” in the mapping must be the number of a line, counted from 1."), key=key)
    return line


def _yes(table: dict[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise _bad(N_("“%(key)s” in the mapping must be true or false."), key=key)
    return value


def _choice(table: dict[str, Any], key: str, choices: type[E]) -> E | None:
    text = table.get(key)
    if text is None:
        return None
    if text not in list(choices):
        raise _bad(N_("“%(key)s” in the mapping must be one of: %(choices)s."), key=key, choices=", ".join(choices))
    return choices(text)


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    inner = table.get(key, {})
    if not isinstance(inner, dict):
        raise _bad(N_("“%(key)s” in the mapping must be a table of names and values."), key=key)
    return inner


def _headers(value: Any, key: str) -> tuple[str, ...]:
    headers = _listed(value, key)
    if not headers or not all(headers):
        raise _bad(N_("“%(key)s” in the mapping must name a column of the file, or a list of them."), key=key)
    return headers


def _listed(value: Any, key: str) -> tuple[str, ...]:
    return tuple(fold_spaces(_plain(each, key)) for each in (value if isinstance(value, list) else [value]))


def _translations(tables: dict[str, Any], ours: str) -> dict[str, str]:
    return {fold_spaces(cell): _plain(value, f"values.{ours}") for cell, value in _table(tables, ours).items()}


def _skipped(value: Any, key: str) -> tuple[str, ...]:
    return _listed(value, key) or ("",)


def _scale(table: dict[str, Any]) -> Scale:
    _refuse_unknown(table, SCALE_KEYS)
    rule = _choice(table, "rule", ScaleRule)
    if rule is None:
        raise _bad(N_("The scale in the mapping needs a rule: one of %(choices)s."), choices=", ".join(ScaleRule))
    return Scale(rule, _number(table, "low"), _number(table, "high"), _people(table, "of"))


def _number(table: dict[str, Any], key: str) -> float | None:
    number = table.get(key)
    is_number = isinstance(number, int | float) and not isinstance(number, bool) and isfinite(number)
    if number is not None and not is_number:
        raise _bad(N_("“%(key)s” of the scale in the mapping must be a number."), key=key)
    return number


def _people(table: dict[str, Any], key: str) -> int | None:
    count = table.get(key)
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_PEOPLE):
        raise _bad(N_("“%(key)s” of the scale in the mapping must be a number of people."), key=key)
    return count


def _lines(mapping: Mapping) -> Iterator[str]:
    given = {key: getattr(mapping, key) for key in PLACE}
    given |= {"rows_below": mapping.rows_below or None, "not_totals": list(mapping.not_totals) or None}
    yield from _pairs(given)
    yield from _section("columns", {ours: _one_or_all(headers) for ours, headers in mapping.columns.items()})
    yield from _section("constants", mapping.constants)
    for ours, translations in mapping.values.items():
        yield from _section(f"values.{_key(ours)}", translations)
    yield from _section("skip", {header: list(texts) for header, texts in mapping.skip.items()})
    if mapping.scale:
        scale = mapping.scale
        yield from _section("scale", {"rule": scale.rule, "low": scale.low, "high": scale.high, "of": scale.of})


def _one_or_all(headers: tuple[str, ...]) -> str | list[str]:
    return headers[0] if len(headers) == 1 else list(headers)


def _section(name: str, table: dict[str, Any]) -> Iterator[str]:
    if table:
        yield ""
        yield f"[{name}]"
        yield from _pairs(table)


def _pairs(table: dict[str, Any]) -> Iterator[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in table.items() if value is not None)


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _quoted(key)


def _value(value: str | float | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + MUST_ESCAPE.sub(lambda match: SHORT_ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text) + '"'
