"""How a person's name is found in what people wrote: however its letters are cased and put together, and
whatever spaces part them.

The patterns spell out each letter in all its forms, so that both databases and Python find the same, whatever the
database thinks of letters: PostgreSQL may have been made for a language in which ż has no capital.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

GAP = "…"  # what stands where a name stood
BLANKS = " \t\n\r\u00a0\u2007\u2009\u202f"
SHORTEST = 5  # letters of a single word that is looked for inside other words


def searchable(known: Iterable[str]) -> list[str]:
    """Words that mean this person wherever they stand; a short single one may be part of anything."""
    return [word for word in known if " " in word or "@" in word or len(word) >= SHORTEST]


def struck(text: str, known: Iterable[str]) -> str:
    for word in searchable(known):
        text = _meant_by(word).sub(GAP, text)
    return text


def is_named(text: str, known: Sequence[str]) -> bool:
    """In it, or by all of it: a short word alone means the person only when nothing else stands there."""
    return struck(text, known) != text or any(re.fullmatch(_spelt(word), text) for word in known)


def without(told: Any, known: Sequence[str]) -> Any:
    """The same of what a JSON column holds."""
    if isinstance(told, str):
        return struck(told, known)
    if isinstance(told, dict):
        return {key: without(value, known) for key, value in told.items()}
    return [without(value, known) for value in told] if isinstance(told, list) else told


def naming(column: Any, known: Sequence[str]) -> sa.ColumnElement[bool]:
    """Rows in which the person is probably named; `struck` is sure."""
    is_json = isinstance(column.type, sa.JSON)
    text = sa.cast(column, sa.Text) if is_json else sa.type_coerce(column, sa.Text)
    return _matching(text, [_spelt(word, is_json) for word in searchable(known)])


def naming_by_all(column: Any, known: Sequence[str]) -> sa.ColumnElement[bool]:
    """Or by all that stands there, as a field of the log has a name."""
    whole = [f"^(?:{_spelt(word)})$" for word in known]
    return _matching(column, [_spelt(word) for word in searchable(known)] + whole)


def _matching(text: Any, patterns: Sequence[str]) -> sa.ColumnElement[bool]:
    """In one go: there may be a million of them."""
    return text.regexp_match("|".join(patterns)) if patterns else sa.false()


@lru_cache
def _meant_by(word: str) -> re.Pattern[str]:
    """A name may be inflected; but a number, or an address, that is a part of a longer one is somebody else's."""
    if "@" in word:
        return re.compile(rf"(?<![\w.+-]){_spelt(word)}(?!\w)")
    if any(sign.isdigit() for sign in word):
        return re.compile(rf"(?<!\w){_spelt(word)}(?!\w)")
    return re.compile(_spelt(word))


@lru_cache
def _spelt(word: str, is_json: bool = False) -> str:
    gap = _between_words(is_json)
    return gap.join(
        "".join(_letter(letter, is_json) for letter in part) for part in unicodedata.normalize("NFC", word).split()
    )


@lru_cache
def _between_words(is_json: bool) -> str:
    """One space or several, a hard one as sheets and phones write it, the end of a line."""
    signs = list(BLANKS)
    if is_json:
        signs += {json.dumps(sign)[1:-1] for sign in BLANKS if sign != " "}
    return f"(?:{'|'.join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))})+"


def _letter(letter: str, is_json: bool) -> str:
    """Capital and small; ß also as SS; ż also as z with a dot that stands by itself; in JSON also as an escape."""
    forms = {letter, letter.lower(), letter.upper(), letter.casefold()}
    forms |= {unicodedata.normalize("NFD", form) for form in forms}
    if is_json:
        forms |= {json.dumps(form)[1:-1] for form in forms}
    single = "".join(sorted(form for form in forms if len(form) == 1))
    several = [re.escape(form) for form in sorted(forms - set(single), key=len, reverse=True)]
    one = f"[{single}]" if len(single) > 1 else re.escape(single)  # letters alone: no sign has two forms
    return f"(?:{'|'.join([one, *several])})" if several else one
