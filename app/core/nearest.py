"""Which code somebody probably meant: it differs by lost zeros, by signs in between, or by a slip of the finger."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

MOST_ASKED = 200  # a file full of strange codes has another fault than a slip, and each answer takes a while
LONGEST = 60
ALIKE = 0.75


class Nearest:
    """Codes that differ in their digits are never near each other: K-101 and K-102 are two shops, not a slip."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = codes
        self._by_digits: dict[str, dict[str, list[str]]] | None = None
        self._told: dict[str, str | None] = {}

    def to(self, text: str) -> str | None:
        """The one known code that is near; None where there is none, or where several are as near as each other."""
        if text not in self._told:
            if len(self._told) >= MOST_ASKED or len(text) > LONGEST:
                return None
            self._told[text] = self._nearest(text)
        return self._told[text]

    def _nearest(self, text: str) -> str | None:
        folded = _folded(text)
        alike = self._known().get(_digits(folded), {})
        close = [folded] if folded in alike else get_close_matches(folded, alike, n=2, cutoff=ALIKE)
        found = [code for each in close for code in alike[each]]
        return found[0] if len(found) == 1 else None

    def _known(self) -> dict[str, dict[str, list[str]]]:
        if self._by_digits is None:
            self._by_digits = {}
            for code in self._codes:
                folded = _folded(code)
                self._by_digits.setdefault(_digits(folded), {}).setdefault(folded, []).append(code)
        return self._by_digits


def _folded(code: str) -> str:
    letters = re.sub(r"[\W_]", "", code).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", letters)


def _digits(folded: str) -> str:
    return re.sub(r"\D", "", folded)
