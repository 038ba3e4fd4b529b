"""what an erasure still has to do after its commit: sealed, and gone with the job that does it"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unfinished_erasure",
        sa.Column("erasure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["erasure_id"], ["erasure.id"], name=op.f("fk_unfinished_erasure_erasure_id_erasure")),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_unfinished_erasure")),
    )


def downgrade() -> None:
    # The name would stay in what was written while it was being struck, and nobody would know it any more.
    refuse_to_lose("unfinished_erasure", instead="start it, and its worker finishes them in minutes.")
    op.drop_table("unfinished_erasure")
