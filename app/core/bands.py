"""Promoters, passives and detractors as another tool has counted them: employees' and customers' files alike."""

import re

from app.core.blanks import fold_spaces, is_missing
from app.core.imports import N_, Message, RowRefused, Scale, ScaleRule
from app.core.parsing import parse_count, read_cell
from app.core.rows import Row

BANDS = ("detractors", "passives", "promoters")
NOBODY = Message(N_("Nobody answered here, so there is no score."))
NO_SUM = N_(
    "Promoters, passives and detractors add up to %(sum)s, but the row says %(n)s answers. Mend the one that is wrong."
)
NO_WHOLE = N_("These shares add up to %(sum)s %% and not to 100 %%. Look whether a part of the answers is missing.")
NO_SHARE = Message(N_("This is not a share."))
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?")
WHOLE, ROUNDED = 100, 1.5


def read_bands(row: Row, scale: Scale | None = None) -> tuple[int, int, int]:
    """Counts of people; with the rule of shares, so many of the number of answers.

    Shares that add up to 100 pass for a hundred people only where no number of answers objects.
    """
    if scale is not None and scale.rule is ScaleRule.SHARES:
        return _people_of_shares(row, scale)
    low, middle, high = (read_cell(row, band, parse_count) for band in BANDS)
    total = low + middle + high
    if total == 0:
        raise RowRefused("promoters", row.values["promoters"], NOBODY)
    if not is_missing(row.values["n"]):
        n = read_cell(row, "n", parse_count)
        if n != total:
            raise RowRefused("n", row.values["n"], Message(NO_SUM, {"sum": str(total), "n": str(n)}))
    return low, middle, high


def _people_of_shares(row: Row, scale: Scale) -> tuple[int, int, int]:
    """Rounded so that they add up: what is left over goes to the largest remainders."""
    n = scale.of if scale.of and is_missing(row.values["n"]) else read_cell(row, "n", parse_count)
    if n == 0:
        raise RowRefused("n", row.values["n"], NOBODY)
    shares = [_share(row, band) for band in BANDS]
    total = sum(shares)
    if abs(total - WHOLE) > ROUNDED:
        raise RowRefused("promoters", row.values["promoters"], Message(NO_WHOLE, {"sum": f"{total:.1f}"}))
    exact = [n * share / total for share in shares]
    counts = [int(part) for part in exact]
    for place in sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])[: n - sum(counts)]:
        counts[place] += 1
    low, middle, high = counts
    return low, middle, high


def _share(row: Row, band: str) -> float:
    """Of several columns that are joined, the sum: `17.7 % 9.8 % 5.9 %`."""
    text = fold_spaces(row.values[band])
    if not re.fullmatch(rf"(?:{SHARE.pattern}\s*)+", text) or len(text) > WHOLE:
        raise RowRefused(band, row.values[band], NO_SHARE)
    return sum(float(each.replace(",", ".")) for each in SHARE.findall(text))
