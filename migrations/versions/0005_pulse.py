"""pulse"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("scale_low", sa.Integer(), nullable=False),
        sa.Column("scale_high", sa.Integer(), nullable=False),
        sa.Column("is_means", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_draft_set_import_id_data_import")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_draft_set_period_id_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_set")),
        sa.UniqueConstraint("measure", "period_id", "import_id", name=op.f("uq_draft_set_measure_period_id_import_id")),
    )
    op.create_table(
        "draft_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_set.id"], name=op.f("fk_draft_tally_draft_id_draft_set")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_draft_tally_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_tally")),
        sa.UniqueConstraint("draft_id", "unit_id", name=op.f("uq_draft_tally_draft_id_unit_id")),
    )


def downgrade() -> None:
    op.drop_table("draft_tally")
    op.drop_table("draft_set")
