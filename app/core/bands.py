"""Promoters, passives and detractors as another tool has counted them: employees' and customers' files alike."""

from app.core.imports import N_, Message, Row, RowRefused
from app.core.parsing import is_missing, parse_count, read_cell

BANDS = ("detractors", "passives", "promoters")
NOBODY = Message(N_("Nobody answered here, so there is no score."))
NO_SUM = N_(
    "Promoters, passives and detractors add up to %(sum)s, but the row says %(n)s answers. Mend the one that is wrong."
)


def read_bands(row: Row) -> tuple[int, int, int]:
    """Counts of people. Shares that add up to 100 pass for a hundred people only where no number of answers objects."""
    low, middle, high = (read_cell(row, band, parse_count) for band in BANDS)
    total = low + middle + high
    if total == 0:
        raise RowRefused("promoters", row.values["promoters"], NOBODY)
    if not is_missing(row.values["n"]):
        n = read_cell(row, "n", parse_count)
        if n != total:
            raise RowRefused("n", row.values["n"], Message(NO_SUM, {"sum": str(total), "n": str(n)}))
    return low, middle, high
