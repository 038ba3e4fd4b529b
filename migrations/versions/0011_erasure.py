"""erasure: who was erased, when, by whom and why; ids and keyed hashes only"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("traces", sa.JSON(), nullable=False),
        sa.CheckConstraint("account_id IS NOT NULL OR employee_id IS NOT NULL", name=op.f("ck_erasure_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_erasure_account_id_account")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_erasure_employee_id_employee")),
        sa.ForeignKeyConstraint(["erased_by_id"], ["account.id"], name=op.f("fk_erasure_erased_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("account_id", name=op.f("uq_erasure_account_id")),
        sa.UniqueConstraint("employee_id", name=op.f("uq_erasure_employee_id")),
    )


def downgrade() -> None:
    _refuse_to_lose("erasure")
    op.drop_table("erasure")


def _refuse_to_lose(*tables: str) -> None:
    """What people entered is not thrown away in silence. Empty tables go."""
    for table in tables:
        count = op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table(table)))
        if count:
            raise RuntimeError(
                f"Going down would lose {count} rows of the table {table}, so it was refused and the rows are kept. "
                "“flask db upgrade” brings the database up again; empty the table first if nobody needs what is in it."
            )
