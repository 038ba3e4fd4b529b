"""What columns of one file say about each other: whoever stands above is one of those who stand in the file.

A header may call it what it likes: a column whose every cell is a code of the column of codes holds the units above.
"""

from collections.abc import Mapping, Sequence

# Ours that refers to others of ours, in the order in which they are asked.
REFERRING = {"parent_code": ("code",), "manager": ("employee_number", "email", "name")}
FEWEST = 2  # rows that could be referred to


def referring(chosen: Mapping[str, int], cells: Sequence[Sequence[str]], wanted: Sequence[str]) -> dict[str, int]:
    """Columns that nobody has taken yet, and that can only be the one which refers to another of the same file."""
    found: dict[str, int] = {}
    for ours, targets in REFERRING.items():
        if ours not in wanted or ours in chosen:
            continue
        free = [place for place in range(len(cells)) if place not in chosen.values()]
        fitting = [place for place in free if any(_refers(cells[place], cells, chosen.get(to)) for to in targets)]
        if len(fitting) == 1:  # of two nobody knows which
            found[ours] = fitting[0]
    return found


def _refers(present: Sequence[str], cells: Sequence[Sequence[str]], target: int | None) -> bool:
    """Each of its cells is one of the other's, which are all different; not the same column again, nor a part of it."""
    if target is None or not present:
        return False
    others = {cell.casefold() for cell in cells[target]}
    own = {cell.casefold() for cell in present}
    return len(others) == len(cells[target]) >= FEWEST and own < others and len(present) < len(others) + len(own)
