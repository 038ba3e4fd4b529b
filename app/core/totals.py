"""Rows that add up the others: spreadsheets put them among the units, and they must not become one."""

import re
from collections.abc import Collection

from app.core.imports import N_

TOTAL_WORDS = frozenset(
    {"total", "totals", "grand total", "sub-total", "subtotal", "sum", "overall", "all units", "all responses"}
    | {"average", "razem", "ogółem", "ogolem", "suma", "suma końcowa", "suma częściowa", "łącznie", "lacznie"}
    | {"w sumie", "podsumowanie", "średnia", "średnio", "итого", "всего", "общий итог", "промежуточный итог"}
    | {"итог", "в сумме", "в целом", "среднее", "в среднем"}
)
TOTAL_OF = re.compile(r"(total (of|for)|razem|ogółem|итого|всего)\b.+")
# As spreadsheets call the rows that they put below each group; a unit may well be called so.
TOTAL_AFTER = re.compile(r".+\b(total|subtotal|overall|razem|suma|ogółem|łącznie|итог|итого|всего)")
TOTAL = N_(
    "This looks like a total of other rows, and a total is no unit. Leave the row out; if it is a unit, give it a name"
    " and a code of its own."
)


def is_total(text: str, *, but: Collection[str] = ()) -> bool:
    """Is it nothing but a word for totals? `but`: texts of which somebody has said that they are none."""
    folded = _folded(text)
    is_word = folded in TOTAL_WORDS or TOTAL_OF.fullmatch(folded) is not None
    return is_word and folded not in map(_folded, but)


def is_subtotal(text: str, *, but: Collection[str] = ()) -> bool:
    """Also where a name comes first: a total of that name, where no unit is known by it."""
    folded = _folded(text)
    return is_total(text, but=but) or (TOTAL_AFTER.fullmatch(folded) is not None and folded not in map(_folded, but))


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" :*†").casefold()
