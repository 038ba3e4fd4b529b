"""numbers that pages name in their forms are given once, also by SQLite

A draft is published for ever by its number. Unless it is told otherwise SQLite gives the largest number again once its
row is gone, and a page that was left open would publish another draft, or remove another entry, than the one it shows.
"""

from migrations.steps import give_numbers_once

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("draft_set", "waiting_name", "assignment", "leave", "own_day", "work_week", "account_session")


def upgrade() -> None:
    give_numbers_once(TABLES, counts_on=True)


def downgrade() -> None:
    give_numbers_once(TABLES, counts_on=False)
