"""how many people work in each unit and below it

It comes up empty: which day it is, is the company's to say. Until the first act or midnight fills it, pages count for
themselves, so their numbers are right at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "head_count",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("directly", sa.Integer(), nullable=False),
        sa.Column("altogether", sa.Integer(), nullable=False),
        sa.CheckConstraint("directly >= 0 AND altogether >= 0", name=op.f("ck_head_count_some")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_head_count_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_head_count")),
    )


def downgrade() -> None:
    op.drop_table("head_count")
