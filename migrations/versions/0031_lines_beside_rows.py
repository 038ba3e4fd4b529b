"""which lines of its file an import left out, because they look like no rows of the table"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("data_import", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("outside", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("data_import", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("outside")
