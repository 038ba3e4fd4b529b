"""shifts: days on and days off in turn beside the days of the week, and work that goes on through public holidays"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("work_week") as table:
        table.add_column(sa.Column("turns", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("works_holidays", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.alter_column("days", existing_type=sa.Integer(), nullable=True)
        table.create_check_constraint(op.f("ck_work_week_one_way"), "(days IS NULL) <> (turns IS NULL)")
    with op.batch_alter_table("work_week") as table:
        table.alter_column("works_holidays", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    """Shifts have no place in the older table."""
    instead = "remove these weeks and shifts first if nobody needs them."
    refuse_to_lose("work_week", where="turns IS NOT NULL OR works_holidays", instead=instead)
    with op.batch_alter_table("work_week") as table:
        table.drop_constraint(op.f("ck_work_week_one_way"), type_="check")
        table.alter_column("days", existing_type=sa.Integer(), nullable=False)
        table.drop_column("works_holidays")
        table.drop_column("turns")
