"""deputies: who stands in for whom, in which role on which unit, while they are absent"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deputyship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                *("employee", "manager", "trainer", "hr", "leadership", "cx_lead", "administrator"),
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_for_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("absent_id <> deputy_id", name=op.f("ck_deputyship_two_people")),
        sa.CheckConstraint("role <> 'employee'", name=op.f("ck_deputyship_employee_is_assigned")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_deputyship_span")),
        *(
            sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_deputyship_{name}_account"))
            for name in ("absent_id", "deputy_id", "named_by_id", "named_for_id", "ended_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deputyship_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputyship")),
    )
    for name in ("absent_id", "deputy_id", "unit_id"):
        op.create_index(op.f(f"ix_deputyship_{name}"), "deputyship", [name])


def downgrade() -> None:
    refuse_to_lose("deputyship")
    op.drop_table("deputyship")
