"""Many rows at once, past the layer that turns objects into rows: each value is what the driver itself takes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import Base, db


class Bulk:
    """Inserts into one table, written by SQLAlchemy once; rows are tuples in the order of its columns.

    With `adding`, a row whose key is there already has these counts added to it instead; no key stands twice in what is
    written at once. SQLite takes row after row, PostgreSQL all of them as one array a column: row by row it took
    ten times as long.
    """

    def __init__(self, model: type[Base], columns: Sequence[str], adding: Sequence[str] = ()) -> None:
        dialect = db.session.get_bind().dialect
        self.is_sqlite = dialect.name == "sqlite"
        self._table: Any = model.__table__
        self._adding = tuple(adding)
        table: Any = self._table
        insert = self._added_to(self._insert())
        compiled = insert.compile(dialect=dialect, column_keys=list(columns))
        self._names = tuple(columns)
        if self.is_sqlite and tuple(compiled.positiontup) != self._names:
            raise ValueError(f"The columns of {table.name} stand in another order than these: {columns}.")
        self._sql = str(compiled)
        if not self.is_sqlite:
            arrays = ", ".join(f"%({name})s::{_array(table.c[name].type, dialect)}" for name in columns)
            _, _, conflict = self._sql.partition(" ON CONFLICT ")
            self._sql = f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608
            self._sql += f" ON CONFLICT {conflict}" if conflict else ""

    def _insert(self) -> Any:
        return (sqlite if self.is_sqlite else postgresql).insert(self._table).inline()

    def _added_to(self, insert: Any) -> Any:
        if not self._adding:
            return insert
        added = {name: self._table.c[name] + insert.excluded[name] for name in self._adding}
        return insert.on_conflict_do_update(index_elements=list(self._table.primary_key.columns), set_=added)

    def write_from(self, rows: sa.Select[Any]) -> None:
        """What the database finds itself, in the same columns."""
        db.session.execute(self._added_to(self._insert().from_select(self._names, rows)))

    def write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        given: Any = rows if self.is_sqlite else dict(zip(self._names, map(list, zip(*rows, strict=True)), strict=True))
        db.session.connection().exec_driver_sql(self._sql, given)

    def day(self, day: date) -> date | str:
        """SQLite keeps days as texts."""
        return day.isoformat() if self.is_sqlite else day


def _array(kind: Any, dialect: Any) -> str:
    """Texts without their length: a cast would cut what is too long, where the table refuses it."""
    return "TEXT[]" if isinstance(kind, sa.String) else f"{kind.compile(dialect)}[]"
