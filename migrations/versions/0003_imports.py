"""imports"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "uploaded",
                "checking",
                "checked",
                "loading",
                "done",
                "failed",
                name="importstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("unchanged_count", sa.Integer(), nullable=False),
        sa.Column("refused_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("loaded_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("load_started_at", sa.DateTime(), nullable=True),
        sa.Column("visible_at", sa.DateTime(), nullable=True),
        sa.Column("failure", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_data_import_created_by_id_account")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["account.id"], name=op.f("fk_data_import_accepted_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_import")),
    )
    with op.batch_alter_table("data_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_import_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_import_visible_at"), ["visible_at"], unique=False)
        batch_op.create_index(
            "uq_data_import_loading_kind",
            ["kind"],
            unique=True,
            sqlite_where=sa.text("status = 'loading'"),
            postgresql_where=sa.text("status = 'loading'"),
        )

    op.create_table(
        "import_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["data_import.id"], name=op.f("fk_import_refusal_import_id_data_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_refusal")),
    )
    with op.batch_alter_table("import_refusal", schema=None) as batch_op:
        batch_op.create_index("ix_import_refusal_import_id_line", ["import_id", "line"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("import_refusal", schema=None) as batch_op:
        batch_op.drop_index("ix_import_refusal_import_id_line")

    op.drop_table("import_refusal")
    with op.batch_alter_table("data_import", schema=None) as batch_op:
        batch_op.drop_index("uq_data_import_loading_kind")
        batch_op.drop_index(batch_op.f("ix_data_import_visible_at"))
        batch_op.drop_index(batch_op.f("ix_data_import_digest"))

    op.drop_table("data_import")
