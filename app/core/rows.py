"""A row of a brought file, once a mapping has been applied to it."""

from typing import NamedTuple


class Row(NamedTuple):
    """One mapped row: our column name to stripped text ('' where empty), and the line a person sees in the file."""

    line: int
    values: dict[str, str]
