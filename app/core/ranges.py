"""Ranges where a number should stand: `300 or more`, `<50`, `100-299`."""

import re

from app.core.imports import N_

RANGE = N_("This is a range, and the import needs a number. Write the exact one, or leave the row out.")
LONGEST = 40
RANGE_WORDS = re.compile(
    r"\b(or (more|less|fewer)|and (above|over|below)|more than|less than|fewer than|at least|at most|up to|over|under"
    r"|between|i więcej|lub więcej|powyżej|poniżej|ponad|mniej niż|więcej niż|co najmniej|co najwyżej|od|do|między"
    r"|и более|или более|более|менее|больше|меньше|свыше|не менее|не более|до|от|между)\b",
    re.IGNORECASE,
)
RANGE_SIGNS = re.compile(r"[<>≤≥~]=?\s*\d+|\d+\s*\+|\d+\s*[-–—]\s*\d+")


def is_range(text: str) -> bool:
    """Something is said of a number, but it is not the number."""
    folded = " ".join(text[:LONGEST].split())
    is_worded = RANGE_WORDS.search(folded) is not None and any(map(str.isdigit, folded))
    return is_worded or RANGE_SIGNS.fullmatch(folded) is not None
