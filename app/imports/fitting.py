"""How well the words over a column name one of ours."""

from app.core.imports import Column
from app.imports.names import HARMLESS, PATTERNS, TURNING
from app.imports.words import ideas, tokens

ANY = "*"
STRANGE_IDEA, STRANGE_WORD = 0.9, 0.2


def fit_of(column: Column, header: str, kind: str) -> float:
    """How well the words of a header name one of our columns."""
    words = tokens(header)
    own = [column.name.replace("_", " "), *column.names, str(column.label)]
    if any(tokens(name) == words for name in own):
        return 1.0
    found, strange = ideas(header)
    harmless = set(HARMLESS.get(column.name, "").split())
    patterns = _patterns(column.name, kind).items()
    fits = (_fit(set(pattern.split()), confidence, found, harmless, strange) for pattern, confidence in patterns)
    return max(fits, default=0.0)


def _fit(wanted: set[str], confidence: float, found: frozenset[str], harmless: set[str], strange: int) -> float:
    """0 unless all wanted ideas are there; each other idea, and each word that says nothing, makes it less sure."""
    if not wanted - {ANY} <= found:
        return 0.0
    if ANY in wanted:
        return confidence / (1 + STRANGE_IDEA * len((found - wanted) & TURNING))
    return confidence / (1 + STRANGE_IDEA * len(found - wanted - harmless) + STRANGE_WORD * strange)


def _patterns(column: str, kind: str) -> dict[str, float]:
    if kind in PATTERNS:
        return PATTERNS[kind].get(column, {})
    merged: dict[str, float] = {}
    for columns in PATTERNS.values():
        merged |= columns.get(column, {})
    return merged
