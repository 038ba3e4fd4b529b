"""keeping: rehearsals of a restore, and what a restored copy holds back"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("archive", sa.String(length=255), nullable=False),
        sa.Column("copied_at", sa.DateTime(), nullable=True),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal")),
    )
    op.create_table(
        "restoration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("restored_at", sa.DateTime(), nullable=False),
        sa.Column("copied_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_count", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["released_by_id"], ["account.id"], name=op.f("fk_restoration_released_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )


def downgrade() -> None:
    refuse_to_lose("restoration")
    op.drop_table("restoration")
    op.drop_table("rehearsal")
