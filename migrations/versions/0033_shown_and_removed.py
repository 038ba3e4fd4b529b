"""numbers that pages name in their forms are given once, also by SQLite

A draft is published for ever by its number. Unless it is told otherwise SQLite gives the largest number again once its
row is gone, and a page that was left open would publish another draft, or remove another entry, than the one it shows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("draft_set", "waiting_name", "assignment", "leave", "own_day", "work_week", "account_session")
TRIGGERS = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")


def upgrade() -> None:
    _rebuild(counts_on=True)


def downgrade() -> None:
    _rebuild(counts_on=False)


def _rebuild(*, counts_on: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL's sequences never go back
    for table in TABLES:
        triggers = op.get_bind().scalars(TRIGGERS, {"name": table}).all()
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": counts_on}):
            pass
        for trigger in triggers:  # they go with the table that is made anew
            op.get_bind().exec_driver_sql(trigger)
    if not counts_on:
        gone = sa.table("sqlite_sequence", sa.column("name"))
        op.execute(sa.delete(gone).where(gone.c.name.in_(TABLES)))
