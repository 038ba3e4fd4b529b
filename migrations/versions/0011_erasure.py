"""erasure: who was erased, when, by whom and why; ids and keyed hashes only"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

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
    refuse_to_lose("erasure")
    op.drop_table("erasure")
