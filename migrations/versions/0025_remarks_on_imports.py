"""what somebody should look at before accepting an import"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("data_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remarks", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("data_import", schema=None) as batch_op:
        batch_op.drop_column("remarks")
