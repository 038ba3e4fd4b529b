"""import writes: how units and people were before an import and after it, so that it can be undone"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_write",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.CheckConstraint("(unit_id IS NULL) <> (employee_id IS NULL)", name=op.f("ck_import_write_unit_or_person")),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_import_write_import_id_data_import")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_import_write_unit_id_unit")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_import_write_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_write")),
    )
    with op.batch_alter_table("import_write") as table:
        for name in ("import_id", "unit_id", "employee_id"):
            table.create_index(op.f(f"ix_import_write_{name}"), [name])


def downgrade() -> None:
    op.drop_table("import_write")
