"""api tokens: programs have accounts without a person, and come in by tokens that end"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_service", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(op.f("ck_account_email_or_employee"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_account_email_or_employee"), "email IS NOT NULL OR employee_id IS NOT NULL OR is_service"
        )
        batch_op.create_check_constraint(
            op.f("ck_account_service_has_no_person"),
            "NOT is_service OR (email IS NULL AND employee_id IS NULL AND password_hash IS NULL)",
        )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=True),
        sa.Column("calls", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("created_at < ends_at", name=op.f("ck_api_token_ends")),
        sa.CheckConstraint("revoked_at IS NOT NULL OR revoked_by_id IS NULL", name=op.f("ck_api_token_revoked")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id_account")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_api_token_created_by_id_account")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["account.id"], name=op.f("fk_api_token_revoked_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Programs come in no more; what they did stays in the log, so their accounts stay, closed, with an address that
    nobody can own."""
    refuse_to_lose("api_token", where="revoked_at IS NULL", instead="revoke the tokens first if no program needs them.")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_account_id"))
    op.drop_table("api_token")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_account_service_has_no_person"), type_="check")
        batch_op.drop_constraint(op.f("ck_account_email_or_employee"), type_="check")
    op.execute(
        sa.text(
            "UPDATE account SET email = 'service-' || id || '@no-address.invalid',"
            " disabled_at = COALESCE(disabled_at, created_at) WHERE is_service"
        )
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_account_email_or_employee"), "email IS NOT NULL OR employee_id IS NOT NULL"
        )
        batch_op.drop_column("is_service")
