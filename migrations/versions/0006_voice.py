"""voice"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ONLY_WORDS = {"sqlite_where": sa.text("comment <> ''"), "postgresql_where": sa.text("comment <> ''")}


def upgrade() -> None:
    op.create_table(
        "touchpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touchpoint")),
        sa.UniqueConstraint("code", name=op.f("uq_touchpoint_code")),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column(
            "metric",
            sa.Enum("nps", "csat", "ces", name="metric", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("row_key", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "(metric = 'nps' AND score BETWEEN 0 AND 10) OR (metric = 'csat' AND score BETWEEN 1 AND 5) OR (metric = 'ces' AND score BETWEEN 1 AND 7)",
            name=op.f("ck_feedback_score_on_scale"),
        ),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_feedback_import_id_data_import")),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"], ["touchpoint.id"], name=op.f("fk_feedback_touchpoint_id_touchpoint")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_feedback_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("row_key", name=op.f("uq_feedback_row_key")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_import_id"), ["import_id"], unique=False)
        batch_op.create_index("ix_feedback_unit_id_answered_on", ["unit_id", "answered_on"], unique=False)
        batch_op.create_index("ix_feedback_said", ["answered_on", "unit_id"], unique=False, **ONLY_WORDS)

    op.create_table(
        "feedback_day",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "metric",
            sa.Enum("nps", "csat", "ces", name="metric", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_feedback_day_import_id_data_import")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_feedback_day_unit_id_unit")),
        sa.PrimaryKeyConstraint(
            "import_id", "unit_id", "day", "metric", "touchpoint_id", "score", name=op.f("pk_feedback_day")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column(
            "metric",
            sa.Enum("nps", "csat", "ces", name="metric", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("middle", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("scale_low", sa.Integer(), nullable=False),
        sa.Column("scale_high", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_feedback_group_somebody_answered")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["data_import.id"], name=op.f("fk_feedback_group_import_id_data_import")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_feedback_group_period_id_period")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_feedback_group_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_group")),
        sa.UniqueConstraint(
            "unit_id",
            "period_id",
            "metric",
            "import_id",
            name=op.f("uq_feedback_group_unit_id_period_id_metric_import_id"),
        ),
    )
    with op.batch_alter_table("feedback_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_group_import_id"), ["import_id"], unique=False)

    op.create_table(
        "feedback_quarter",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column(
            "metric",
            sa.Enum("nps", "csat", "ces", name="metric", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("middle", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("score_sum", sa.Integer(), nullable=False),
        sa.Column("square_sum", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["data_import.id"], name=op.f("fk_feedback_quarter_import_id_data_import")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_feedback_quarter_period_id_period")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_feedback_quarter_unit_id_unit")),
        sa.PrimaryKeyConstraint(
            "import_id", "unit_id", "period_id", "metric", "touchpoint_id", name=op.f("pk_feedback_quarter")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("feedback_quarter", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_quarter_metric_period", ["metric", "period_id", "unit_id"], unique=False)
        batch_op.create_index("ix_feedback_quarter_unit_id_metric", ["unit_id", "metric", "period_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("feedback_quarter", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_quarter_unit_id_metric")
        batch_op.drop_index("ix_feedback_quarter_metric_period")

    op.drop_table("feedback_quarter")
    with op.batch_alter_table("feedback_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_group_import_id"))

    op.drop_table("feedback_group")
    op.drop_table("feedback_day")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_said")
        batch_op.drop_index("ix_feedback_unit_id_answered_on")
        batch_op.drop_index(batch_op.f("ix_feedback_import_id"))

    op.drop_table("feedback")
    op.drop_table("touchpoint")
