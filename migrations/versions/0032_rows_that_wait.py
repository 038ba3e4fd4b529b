"""rows of imports that wait for their unit, what is decided about the names of units in files, and what follows it"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FOLLOWS = "fk_data_import_follows_id_data_import"
STILL_WAITING = (
    "Rows of imports wait for their unit, and the older version would lose them. Decide about them, or undo their "
    "imports; then try again."
)


def upgrade() -> None:
    with op.batch_alter_table("data_import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("waiting_count", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("left_out_count", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("read_as", sa.JSON(), nullable=True))
        table.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(FOLLOWS), "data_import", ["follows_id"], ["id"])
        table.create_index(op.f("ix_data_import_follows_id"), ["follows_id"])
    op.create_table(
        "waiting_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("part", sa.String(120), nullable=False),
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("above", sa.String(200), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_waiting_name_import_id_data_import")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_waiting_name_decided_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_name")),
        sa.UniqueConstraint("import_id", "key", "part", name=op.f("uq_waiting_name_import_id_key_part")),
    )
    op.create_index("ix_waiting_name_key", "waiting_name", ["key"])
    op.create_table(
        "waiting_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["name_id"], ["waiting_name.id"], name=op.f("fk_waiting_row_name_id_waiting_name")),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["data_import.id"], name=op.f("fk_waiting_row_taken_by_id_data_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_row")),
    )
    op.create_index("ix_waiting_row_name_id_taken_by_id", "waiting_row", ["name_id", "taken_by_id"])
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("above", sa.String(200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on", name=op.f("ck_unit_alias_span")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id_unit")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_unit_alias_decided_by_id_account")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_unit_alias_ended_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
    )
    op.create_index("ix_unit_alias_kind_key", "unit_alias", ["kind", "key"])
    op.create_index(op.f("ix_unit_alias_unit_id"), "unit_alias", ["unit_id"])


def downgrade() -> None:
    """What came in by a decision stays, as an import of its own; rows that still wait would be lost."""
    waiting = sa.select(sa.func.count()).select_from(sa.table("waiting_row"))
    if op.get_bind().scalar(waiting):
        raise RuntimeError(STILL_WAITING)
    refuse_to_lose("unit_alias")
    for name in ("unit_alias", "waiting_row", "waiting_name"):
        op.drop_table(name)
    with op.batch_alter_table("data_import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_index(op.f("ix_data_import_follows_id"))
        table.drop_constraint(op.f(FOLLOWS), type_="foreignkey")
        for name in ("follows_id", "read_as", "left_out_count", "waiting_count"):
            table.drop_column(name)
