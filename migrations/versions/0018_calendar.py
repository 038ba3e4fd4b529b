"""calendar: a unit's own days, and the days of the week that a unit or a person works"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_worked", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_own_day_unit_id_unit")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_own_day_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_day")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_own_day_unit_id_day")),
    )
    op.create_table(
        "work_week",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(unit_id IS NULL) <> (employee_id IS NULL)", name=op.f("ck_work_week_one_owner")),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name=op.f("ck_work_week_span")),
        sa.CheckConstraint("days BETWEEN 1 AND 127", name=op.f("ck_work_week_some_day")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_work_week_unit_id_unit")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_work_week_employee_id_employee")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_work_week_set_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_week")),
        sa.UniqueConstraint("employee_id", "starts_on", name=op.f("uq_work_week_employee_id_starts_on")),
        sa.UniqueConstraint("unit_id", "starts_on", name=op.f("uq_work_week_unit_id_starts_on")),
    )


def downgrade() -> None:
    refuse_to_lose("work_week", "own_day")
    op.drop_table("work_week")
    op.drop_table("own_day")
