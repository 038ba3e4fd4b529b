"""From the cell that names a unit to the unit, or to what somebody probably meant."""

from app.core.blanks import fold_spaces, is_missing
from app.core.imports import N_, Message, RowRefused
from app.core.nearest import Nearest
from app.core.parsing import absent
from app.core.rows import Row
from app.core.totals import TOTAL, is_subtotal

Units = dict[str, tuple[int, bool]]  # by code: the unit, and whether the one who brings the file may bring rows for it
NO_SUCH_UNIT = Message(N_("There is no unit with this code."))
NEAR_UNIT = N_("There is no unit with this code. Is it “%(close)s”?")


def read_unit(row: Row, units: Units, not_yours: Message, nearest: Nearest | None = None) -> int:
    """The unit of this row; its code is looked up before it is called missing, for a unit may be called `NA`."""
    code = row.values["unit_code"]
    known = units.get(code) or units.get(code.casefold()) or units.get(fold_spaces(code).casefold())
    if known is None:
        raise RowRefused("unit_code", code, why_no_unit(code, nearest))
    if not known[1]:
        raise RowRefused("unit_code", code, not_yours)
    return known[0]


def nearest_unit(units: Units) -> Nearest:
    """Suggests none but units for which one may bring rows; each by its code as it is written there."""
    return Nearest({unit_id: code for code, (unit_id, is_yours) in units.items() if is_yours}.values())


def why_no_unit(code: str, nearest: Nearest | None) -> Message:
    if is_missing(code):
        return absent(code)
    if is_subtotal(code):
        return Message(TOTAL)
    close = nearest.to(code) if nearest else None
    return Message(NEAR_UNIT, {"close": close}) if close else NO_SUCH_UNIT
