"""the number of an import or a unit is given once, also by SQLite

Unless it is told otherwise SQLite gives the largest number again once its row is gone. The log and the notices of an
import that was removed would then speak of another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("data_import", "unit")


def upgrade() -> None:
    _rebuild(counts_on=True)


def downgrade() -> None:
    _rebuild(counts_on=False)


def _rebuild(*, counts_on: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL's sequences never go back
    for table in TABLES:
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": counts_on}):
            pass
    if not counts_on:
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name IN ('data_import', 'unit')"))
