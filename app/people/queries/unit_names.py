"""Which unit a row of a file means: by its code, or by what somebody has decided about its words."""

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.apart import LeftOut, ReadAs, RowApart, Waits
from app.core.blanks import fold_spaces, is_missing
from app.core.imports import ImportContext, Message, RowRefused
from app.core.permissions import Permission
from app.core.rows import Row
from app.core.totals import is_subtotal
from app.core.unit_cells import nearest_unit, why_no_unit
from app.core.unit_words import COLUMNS, LONGEST, UnitWords, words_of
from app.extensions import db
from app.people.models import UnitAlias
from app.people.queries.places import units_by_code

MOST_REMEMBERED = 50_000
NOBODY = 0  # no row of `unit` has this number


class UnitNames:
    """For the rows of one file. What is decided about words depends on a row's day, so it is asked twice: first which
    unit has this code; of a row that nobody's code is on, once all else of it was read, what its words mean.
    """

    def __init__(self, context: ImportContext, permission: Permission, not_yours: Message) -> None:
        self.codes = units_by_code(context.actor_id, permission)
        self._yours = {unit_id for unit_id, is_yours in self.codes.values() if is_yours}
        self._nearest = nearest_unit(self.codes)
        self._not_yours = not_yours
        self._not_totals = context.mapping.not_totals
        self._chosen_for_all = "unit_code" in context.mapping.constants
        self._aliases = _aliases_of(context.mapping.kind)
        self._words: dict[tuple[str, ...], UnitWords] = {}
        self._used: Counter[int] = Counter()

    def known(self, row: Row) -> int:
        """The unit of this row, or NOBODY; a code is looked up before it is called missing, for one may be `NA`."""
        code = row.values["unit_code"]
        known = self.codes.get(code) or self.codes.get(code.casefold()) or self.codes.get(fold_spaces(code).casefold())
        if known is None:
            self._refuse_nameless(row)
            return NOBODY
        if not known[1]:
            raise RowRefused("unit_code", code, self._not_yours)
        return known[0]

    def _refuse_nameless(self, row: Row) -> None:
        """Totals, rows that say nothing of a unit, and texts that are no name."""
        code, name = row.values["unit_code"], row.values.get("unit_name", "")
        says_nothing = is_missing(code) and is_missing(name)
        adds_up = is_subtotal(name if is_missing(code) else code, but=self._not_totals)
        is_text = any(len(row.values.get(column, "")) > LONGEST for column in COLUMNS)
        if says_nothing or adds_up or is_text or self._chosen_for_all:
            raise RowRefused(
                "unit_code", code, why_no_unit(name if is_missing(code) and adds_up else code, self._nearest)
            )

    def meant(self, row: Row, day: date, part: str = "") -> int:
        """The unit that these words mean on that day; raises what sets the row apart where there is none."""
        words = self._read(row)
        alias = next((each for each in self._aliases.get(words.key, ()) if each.holds_on(day)), None)
        if alias is None:
            raise RowApart(Waits(row, words, day, part))
        if alias.unit_id is not None and alias.unit_id not in self._yours:
            raise RowRefused("unit_code", row.values["unit_code"], self._not_yours)
        self._used[alias.id] += 1
        if alias.unit_id is None:
            raise RowApart(LeftOut(row))
        return alias.unit_id

    def _read(self, row: Row) -> UnitWords:
        """Most files name few units on many rows."""
        cells = tuple(row.values.get(column, "") for column in COLUMNS)
        known = self._words.get(cells)
        if known is None:
            known = words_of(row.values)
            if len(self._words) < MOST_REMEMBERED:
                self._words[cells] = known
        return known

    def read_as(self) -> list[ReadAs]:
        """What was decided before, and on how many rows of this file; the most first."""
        by_id = {alias.id: alias for some in self._aliases.values() for alias in some}
        return [ReadAs(by_id[one].words, by_id[one].unit, count) for one, count in self._used.most_common()]


class Alias(NamedTuple):
    """Plain values: a loader reads rows through many transactions."""

    id: int
    words: str
    unit_id: int | None
    unit: str
    starts_on: date | None
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)


def _aliases_of(kind: str) -> dict[str, list[Alias]]:
    """By key, those that hold for files of this kind."""
    wanted = sa.select(UnitAlias).where(UnitAlias.kind == kind, UnitAlias.ended_at.is_(None))
    found: dict[str, list[Alias]] = defaultdict(list)
    for each in db.session.scalars(wanted.options(joinedload(UnitAlias.unit)).order_by(UnitAlias.id)):
        unit = f"{each.unit.name} ({each.unit.code})" if each.unit else ""
        found[each.key].append(Alias(each.id, each.told, each.unit_id, unit, each.starts_on, each.ends_on))
    return found
