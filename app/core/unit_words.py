"""What a row of a file says of a unit, before anybody knows which unit is meant."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from app.core.blanks import fold_spaces, is_missing

COLUMNS = ("unit_code", "unit_name", "unit_above")
LONGEST = 200  # a longer text names no unit: probably the wrong column was chosen
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class UnitWords:
    """What a file says of a unit: its code, or what stands in its place, its name, and the unit above it."""

    code: str
    name: str = ""
    above: str = ""

    @cached_property
    def key(self) -> str:
        """The same for all rows that say the same, however it is cased; a digest, for a person may be named in it."""
        folded = SEPARATOR.join(text.casefold() for text in (self.code, self.name, self.above))
        return blake2b(folded.encode(), digest_size=16).hexdigest()

    @property
    def told(self) -> str:
        return " · ".join(filter(None, (self.code, self.name, self.above)))


def words_of(values: dict[str, str]) -> UnitWords:
    """A code, or a name in its place; a sign for an empty cell says nothing."""
    code, name, above = (_said(values.get(column, "")) for column in COLUMNS)
    return UnitWords(code, name, above)


def _said(text: str) -> str:
    return "" if is_missing(text) else fold_spaces(text).replace("\0", "")
