"""reorganisation"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("opening", "alteration", "move", "merger", "split", "closure", "correction")


def upgrade() -> None:
    op.create_table(
        "reorganisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="reorganisationkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reorganisation_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_reorganisation_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["account.id"], name=op.f("fk_reorganisation_withdrawn_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
    )
    op.create_index(op.f("ix_reorganisation_unit_id"), "reorganisation", ["unit_id"])
    op.create_table(
        "reorganised_unit",
        sa.Column("reorganisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reorganisation_id"],
            ["reorganisation.id"],
            name=op.f("fk_reorganised_unit_reorganisation_id_reorganisation"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reorganised_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("reorganisation_id", "unit_id", name=op.f("pk_reorganised_unit")),
    )
    op.create_index(op.f("ix_reorganised_unit_unit_id"), "reorganised_unit", ["unit_id"])


def downgrade() -> None:
    refuse_to_lose("reorganisation")
    op.drop_index(op.f("ix_reorganised_unit_unit_id"), table_name="reorganised_unit")
    op.drop_table("reorganised_unit")
    op.drop_index(op.f("ix_reorganisation_unit_id"), table_name="reorganisation")
    op.drop_table("reorganisation")
