"""the number of an import or a unit is given once, also by SQLite

Unless it is told otherwise SQLite gives the largest number again once its row is gone. The log and the notices of an
import that was removed would then speak of another.
"""

from migrations.steps import give_numbers_once

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("data_import", "unit")


def upgrade() -> None:
    give_numbers_once(TABLES, counts_on=True)


def downgrade() -> None:
    give_numbers_once(TABLES, counts_on=False)
