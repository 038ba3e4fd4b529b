"""Many rows at once, past the layer that turns objects into rows: each value is what the driver itself takes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import Base, db


class Bulk:
    """Inserts into one table, written by SQLAlchemy once; rows are tuples in the order of its columns.

    With `adding`, a row whose key is there already has these counts added to it instead.
    """

    def __init__(self, model: type[Base], columns: Sequence[str], adding: Sequence[str] = ()) -> None:
        dialect = db.session.get_bind().dialect
        self.is_sqlite = dialect.name == "sqlite"
        table: Any = model.__table__
        insert: Any = (sqlite if self.is_sqlite else postgresql).insert(table).inline()
        if adding:
            added = {name: table.c[name] + insert.excluded[name] for name in adding}
            insert = insert.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=added)
        compiled = insert.compile(dialect=dialect, column_keys=list(columns))
        self._names = tuple(columns)
        if self.is_sqlite and tuple(compiled.positiontup) != self._names:
            raise ValueError(f"The columns of {table.name} stand in another order than these: {columns}.")
        self._sql = str(compiled)

    def write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        given: Any = rows if self.is_sqlite else [dict(zip(self._names, row, strict=True)) for row in rows]
        db.session.connection().exec_driver_sql(self._sql, given)

    def day(self, day: date) -> date | str:
        """SQLite keeps days as texts."""
        return day.isoformat() if self.is_sqlite else day
