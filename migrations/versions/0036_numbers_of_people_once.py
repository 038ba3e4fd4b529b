"""the numbers of people and accounts are given once, also by SQLite

An import that is undone takes people away again, and the log tells of them by their numbers for good.
"""

from migrations.steps import give_numbers_once

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLES = ("employee", "account")


def upgrade() -> None:
    give_numbers_once(TABLES, counts_on=True)


def downgrade() -> None:
    give_numbers_once(TABLES, counts_on=False)
