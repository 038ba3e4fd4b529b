"""In which order a whole column writes its dates: told by those that can be read in one way only, or left open."""

from datetime import date
from functools import lru_cache

from app.core.blanks import fold_spaces, is_missing
from app.core.imports import DateOrder
from app.core.parsing import DATE, ISO_DATE, BadValue, parse_date

EXAMPLES = 3
RARE = 0.2
ORDERS = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST)
Readings = dict[DateOrder, date]


class DatesRead:
    """Cells of a column, taken one by one. One day above twelve settles it for all, unless another contradicts."""

    def __init__(self) -> None:
        self.only: dict[DateOrder, int] = dict.fromkeys(ORDERS, 0)  # how many cells can be read in this way only
        self._first: dict[DateOrder, str] = {}
        self._either: dict[str, Readings] = {}
        self._possible = {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
        self._years_first = True
        self._iso = self._others = 0

    def take(self, text: str) -> None:
        folded = fold_spaces(text)
        if ISO_DATE.match(folded):
            # Reads the same under every order, and spreadsheets mix such cells with typed ones: it settles nothing.
            self._iso += 1
            return
        fitting = _readings(folded)
        if not fitting:  # 31.02.2026 is no day in any order: its row is refused, and the others still tell
            return
        self._others += 1
        self._possible &= fitting.keys()
        self._years_first = self._years_first and DateOrder.YEAR_FIRST in fitting
        usual = {order: day for order, day in fitting.items() if order is not DateOrder.YEAR_FIRST}
        if len(usual) == 1:
            (order,) = usual
            self.only[order] += 1
            self._first.setdefault(order, folded)
        elif len(set(usual.values())) > 1 and len(self._either) < EXAMPLES:
            self._either.setdefault(folded, fitting)

    @property
    def order(self) -> DateOrder | None:
        """A year of two digits is taken to stand first only where nothing else fits."""
        if not self._others:
            return DateOrder.YEAR_FIRST if self._iso else None
        if not self._possible:
            return DateOrder.YEAR_FIRST if self._years_first else None
        if len(self._possible) > 1:
            return None if self._either else DateOrder.DAY_FIRST  # 05/05/2026 is one day in both
        return next(iter(self._possible))

    @property
    def is_seen(self) -> bool:
        """There are dates that need an order."""
        return self._others > 0

    @property
    def is_open(self) -> bool:
        """Somebody must say it: all dates fit both orders, or some fit only the one and some only the other.

        A few odd cells among dates with the year first do not hold up the others: their rows are refused.
        """
        return self.order is None and self._others > RARE * (self._iso + self._others)

    @property
    def is_mixed(self) -> bool:
        return self.is_open and not self._possible

    def examples(self, order: DateOrder) -> list[tuple[str, date | None]]:
        """A few cells, first those of which the order is the question, as this order reads them; None: not at all."""
        texts = [*self._either, *(text for text in self._first.values() if text not in self._either)]
        return [(text, reading_of(text, order)) for text in texts[:EXAMPLES]]

    def example_of(self, order: DateOrder) -> str:
        """A cell that can be read in this order only."""
        return self._first.get(order, "")

    @property
    def either(self) -> list[str]:
        """The first cells that mean another day in each order."""
        return list(self._either)


def reading_of(text: str, order: DateOrder) -> date | None:
    try:
        return parse_date(text, order)
    except BadValue:
        return None


@lru_cache(maxsize=20_000)
def _readings(text: str) -> Readings:
    """The orders in which this is a date, and which. Files hold few days and many rows."""
    if is_missing(text) or not DATE.fullmatch(text):
        return {}
    return {order: day for order in ORDERS if (day := reading_of(text, order)) is not None}
