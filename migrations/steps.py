"""What several migrations do alike. What stands here is applied already: it may be added to, never changed in meaning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

EMPTY_IT = "empty the table first if nobody needs what is in it."
_TRIGGERS = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")


def refuse_to_lose(*tables: str, where: str = "1 = 1", instead: str = EMPTY_IT) -> None:
    """What people entered is not thrown away in silence. Empty tables go, and tables without such rows."""
    for table in tables:
        count = op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table(table)).where(sa.text(where)))
        if count:
            raise RuntimeError(
                f"Going down would lose {count} rows of the table {table}, so it was refused and the rows are kept. "
                f"“flask db upgrade” brings the database up again; {instead}"
            )


@contextmanager
def changing(table: str, *, counts_on: bool, recreate: Literal["auto", "always"] = "auto") -> Iterator[BatchOperations]:
    """A table with triggers, which on SQLite go with the one that is made anew. `counts_on`: see `give_numbers_once`."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    triggers = op.get_bind().scalars(_TRIGGERS, {"name": table}).all() if is_sqlite else []
    kept = {"sqlite_autoincrement": counts_on}
    with op.batch_alter_table(table, recreate=recreate, table_kwargs=kept) as batch_op:
        yield batch_op
    there = set(op.get_bind().scalars(_TRIGGERS, {"name": table})) if is_sqlite else set()
    for trigger in triggers:
        if trigger not in there:
            op.get_bind().exec_driver_sql(trigger)


def give_numbers_once(tables: Sequence[str], *, counts_on: bool) -> None:
    """Unless it is told otherwise SQLite gives the largest number again once its row is gone."""
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL's sequences never go back
    for table in tables:
        with changing(table, recreate="always", counts_on=counts_on):
            pass
    if not counts_on:
        gone = sa.table("sqlite_sequence", sa.column("name"))
        op.execute(sa.delete(gone).where(gone.c.name.in_(tables)))
