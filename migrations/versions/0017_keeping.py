"""keeping: rehearsals of a restore, and what a restored copy holds back"""

import sqlalchemy as sa
from alembic import op

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
    _refuse_to_lose("restoration")
    op.drop_table("restoration")
    op.drop_table("rehearsal")


def _refuse_to_lose(*tables: str) -> None:
    """What people entered is not thrown away in silence. Empty tables go."""
    for table in tables:
        count = op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table(table)))
        if count:
            raise RuntimeError(
                f"Going down would lose {count} rows of the table {table}, so it was refused and the rows are kept. "
                "“flask db upgrade” brings the database up again; empty the table first if nobody needs what is in it."
            )
