"""ways in: invitations, links for a new password, slips on paper; and addresses that were replaced"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "way_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation", "reset", "slip", name="wayinkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("minted_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("tied_to", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(token_hash IS NULL) = (ends_at IS NULL)", name=op.f("ck_way_in_minted_whole")),
        sa.CheckConstraint("(token_hash IS NULL) = (tied_to IS NULL)", name=op.f("ck_way_in_minted_tied")),
        sa.CheckConstraint("used_at IS NULL OR token_hash IS NOT NULL", name=op.f("ck_way_in_used_after_minting")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_way_in_account_id_account")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_way_in_asked_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_way_in_token_hash")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_way_in_code_hash")),
    )
    with op.batch_alter_table("way_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_way_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=254), nullable=True),
        sa.Column("after", sa.String(length=254), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("old_told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_address_change_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
    )
    with op.batch_alter_table("address_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_change_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    refuse_to_lose("way_in", "address_change")
    with op.batch_alter_table("address_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_change_account_id"))

    op.drop_table("address_change")
    with op.batch_alter_table("way_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_way_in_account_id"))

    op.drop_table("way_in")
