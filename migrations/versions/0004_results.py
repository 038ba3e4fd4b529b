"""results"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("scale_low", sa.Integer(), nullable=False),
        sa.Column("scale_high", sa.Integer(), nullable=False),
        sa.Column("is_means", sa.Boolean(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("published", "withdrawn", name="setstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("threshold >= 5", name=op.f("ck_result_set_threshold_floor")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_result_set_period_id_period")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_result_set_published_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_set")),
        sa.UniqueConstraint("measure", "period_id", name=op.f("uq_result_set_measure_period_id")),
    )
    op.create_table(
        "result_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("detractors", sa.Integer(), nullable=True),
        sa.Column("passives", sa.Integer(), nullable=True),
        sa.Column("promoters", sa.Integer(), nullable=True),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("clamped_blocks", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "detractors IS NULL OR detractors + passives + promoters = n", name=op.f("ck_result_figure_counts_add_up")
        ),
        sa.CheckConstraint(
            "n IS NOT NULL OR (detractors IS NULL AND passives IS NULL AND promoters IS NULL AND mean IS NULL)",
            name=op.f("ck_result_figure_hidden_is_empty"),
        ),
        sa.CheckConstraint("n IS NULL OR n >= 5", name=op.f("ck_result_figure_floor")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_result_figure_parent_id_unit")),
        sa.ForeignKeyConstraint(["set_id"], ["result_set.id"], name=op.f("fk_result_figure_set_id_result_set")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_result_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_figure")),
        sa.UniqueConstraint("set_id", "unit_id", name=op.f("uq_result_figure_set_id_unit_id")),
    )
    with op.batch_alter_table("result_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_figure_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("result_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_figure_unit_id"))

    op.drop_table("result_figure")
    op.drop_table("result_set")
