"""What of a file is no row of its table, gathered while it is read, and kept with its import to be told."""

from collections import Counter
from typing import Any

from app.core.imports import Refusal
from app.core.outside import Outside, Why
from app.core.totals import TOTAL
from app.imports.footnotes import LONGEST_TEXT

MOST_LISTED = 20


class BesideRows:
    def __init__(self) -> None:
        self._counts: Counter[Why] = Counter()
        self._first: dict[Why, list[dict[str, Any]]] = {}

    def take(self, found: Outside) -> None:
        self._counts[found.why] += 1
        first = self._first.setdefault(found.why, [])
        if len(first) < MOST_LISTED:
            first.append({"line": found.line, "text": found.text[:LONGEST_TEXT], "is_taken": found.is_taken})

    def is_total(self, refusal: Refusal) -> bool:
        """Loaders know which units there are, so it is they who say of some rows that they add up others."""
        if refusal.message.msgid != TOTAL:
            return False
        self.take(Outside(refusal.line, Why.TOTAL, refusal.value))
        return True

    def told(self) -> dict[str, Any] | None:
        """As `DataImport.outside` keeps it."""
        first = {why: sorted(some, key=lambda each: each["line"]) for why, some in self._first.items()}
        return {why: {"count": self._counts[why], "first": some} for why, some in first.items()} or None
