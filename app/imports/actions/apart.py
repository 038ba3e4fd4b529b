"""Rows that are neither taken nor refused while an import is judged: they wait for a unit, or are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.apart import Apart, Waits
from app.core.database import rows_changed
from app.core.imports import Refusal
from app.core.unit_cells import NO_SUCH_UNIT
from app.core.unit_words import UnitWords
from app.extensions import db
from app.imports.models import WaitingName, WaitingRow

MOST_NAMES = 20_000  # a file of more unknown units than companies have holds something else in that column
AT_ONCE = 1000


@dataclass
class Waiting:
    """What waits under one name, in one part of the import."""

    words: UnitWords
    part: str
    first_day: date
    last_day: date
    rows: int = 0
    name_id: int | None = None
    unsaved: list[dict[str, Any]] = field(default_factory=list)

    def take(self, found: Waits, *, keeps_row: bool) -> None:
        self.rows += 1
        self.first_day, self.last_day = min(self.first_day, found.day), max(self.last_day, found.day)
        if keeps_row:
            told = {column: text for column, text in found.row.values.items() if text}
            self.unsaved.append({"line": found.row.line, "values": told})

    def counted(self) -> dict[str, Any]:
        return {"id": self.name_id, "row_count": self.rows, "first_day": self.first_day, "last_day": self.last_day}

    def row(self, import_id: int) -> dict[str, Any]:
        words = {"code": self.words.code, "name": self.words.name, "above": self.words.above}
        days = {"first_day": self.first_day, "last_day": self.last_day, "row_count": self.rows}
        return {"import_id": import_id, "key": self.words.key, "part": self.part, **words, **days}


class RowsApart:
    """The dry run keeps the names and their counts; when the good rows are written, these rows are kept with them."""

    def __init__(self, import_id: int, *, keeps_rows: bool) -> None:
        self._import_id, self._keeps_rows = import_id, keeps_rows
        self._names: dict[tuple[str, str], Waiting] = {}
        self._grown: dict[tuple[str, str], Waiting] = {}
        self.waiting = self.left_out = 0

    def take(self, found: Apart) -> Refusal | None:
        """Refused all the same where too many names are unknown."""
        if not isinstance(found, Waits):
            self.left_out += 1
            return None
        place = (found.words.key, found.part)
        name = self._names.get(place)
        if name is None:
            if len(self._names) >= MOST_NAMES:
                return Refusal(found.row.line, "unit_code", found.words.told, NO_SUCH_UNIT)
            name = self._names[place] = Waiting(found.words, found.part, found.day, found.day)
        name.take(found, keeps_row=self._keeps_rows)
        self._grown[place] = name
        self.waiting += 1
        return None

    def save(self) -> None:
        """What has come since the last time; small as long as the chunks are."""
        grown, self._grown = list(self._grown.values()), {}
        known = [name.counted() for name in grown if name.name_id is not None]
        if known:
            db.session.execute(sa.update(WaitingName), known)
        self._open([name for name in grown if name.name_id is None])
        rows = [{"name_id": name.name_id, **row} for name in grown for row in name.unsaved]
        for name in grown:
            name.unsaved = []
        if rows:
            # In the order of the file, which is that of the ids: so they are judged when they come in.
            db.session.execute(sa.insert(WaitingRow), sorted(rows, key=lambda row: row["line"]))

    def _open(self, fresh: list[Waiting]) -> None:
        if not fresh:
            return
        insert = sa.insert(WaitingName).returning(WaitingName.id, sort_by_parameter_order=True)
        made = db.session.scalars(insert, [name.row(self._import_id) for name in fresh]).all()
        for name, name_id in zip(fresh, made, strict=True):
            name.name_id = name_id


def forget_waiting(names: sa.ColumnElement[bool]) -> Iterator[int]:
    """These names and their rows, in chunks; the edge commits after each."""
    which = sa.select(WaitingName.id).where(names)
    some = sa.select(WaitingRow.id).where(WaitingRow.name_id.in_(which)).limit(AT_ONCE)
    while gone := _deleted(sa.delete(WaitingRow).where(WaitingRow.id.in_(some))):
        yield gone
    _deleted(sa.delete(WaitingName).where(names))
    yield 0


def _deleted(statement: sa.Delete) -> int:
    return rows_changed(statement.execution_options(synchronize_session=False))
