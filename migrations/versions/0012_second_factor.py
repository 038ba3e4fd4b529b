"""second factor: seeds, recovery codes, removals to be told of"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_factor",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_factor_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    op.create_table(
        "factor_removal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=False),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_factor_removal_account_id_account")),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["account.id"], name=op.f("fk_factor_removal_removed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_removal")),
    )
    op.create_index(op.f("ix_factor_removal_account_id"), "factor_removal", ["account_id"])


def downgrade() -> None:
    refuse_to_lose("account_factor", "recovery_code", "factor_removal")
    op.drop_index(op.f("ix_factor_removal_account_id"), table_name="factor_removal")
    op.drop_table("factor_removal")
    op.drop_index(op.f("ix_recovery_code_account_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_table("account_factor")
