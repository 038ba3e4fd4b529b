"""Rows that add up the others: spreadsheets put them among the units, and they must not become one."""

import re

from app.core.imports import N_

TOTAL_WORDS = frozenset(
    {"total", "totals", "grand total", "sub-total", "subtotal", "sum", "overall", "all units", "all responses"}
    | {"average", "razem", "ogółem", "ogolem", "suma", "suma końcowa", "suma częściowa", "łącznie", "lacznie"}
    | {"w sumie", "podsumowanie", "średnia", "średnio", "итого", "всего", "общий итог", "промежуточный итог"}
    | {"итог", "в сумме", "в целом", "среднее", "в среднем"}
)
TOTAL_OF = re.compile(r"(total (of|for)|razem|ogółem|итого|всего)\b.+")
TOTAL = N_(
    "This looks like a total of other rows, and a total is no unit. Leave the row out; if it is a unit, give it a name"
    " and a code of its own."
)


def is_total(text: str) -> bool:
    folded = " ".join(text.split()).strip(" :*†").casefold()
    return folded in TOTAL_WORDS or TOTAL_OF.fullmatch(folded) is not None
