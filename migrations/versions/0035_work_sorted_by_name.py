"""where people work is listed by their names, without looking for the name of each"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import changing

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SORTED = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
SPAN = ("employee_id", "starts_on", "ends_on", "unit_id")


def upgrade() -> None:
    op.drop_index("ix_assignment_employee_id_span", table_name="assignment")
    op.add_column("assignment", sa.Column("sort_name", SORTED, nullable=False, server_default=""))
    op.execute(
        "UPDATE assignment SET sort_name = (SELECT sort_name FROM employee WHERE employee.id = assignment.employee_id)"
    )
    with changing("assignment", counts_on=True) as batch_op:
        batch_op.alter_column("sort_name", server_default=None, existing_type=SORTED, existing_nullable=False)
        batch_op.create_index("ix_assignment_employee_id_span", [*SPAN, "sort_name"])
        batch_op.create_index("ix_assignment_sort_name", ["sort_name", *SPAN])


def downgrade() -> None:
    op.drop_index("ix_assignment_sort_name", table_name="assignment")
    op.drop_index("ix_assignment_employee_id_span", table_name="assignment")
    with changing("assignment", counts_on=True) as batch_op:
        batch_op.drop_column("sort_name")
        batch_op.create_index("ix_assignment_employee_id_span", SPAN)
