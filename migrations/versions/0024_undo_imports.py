"""undo imports: who took an import back and when, what was left, and which import brought a published set"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CHECK = "ck_data_import_importstatus"
BEFORE = ("uploaded", "checking", "checked", "loading", "done", "failed")
AFTER = (*BEFORE, "undoing", "undone")
INDEX = "uq_data_import_loading_kind"


def _is_one_of(members: tuple[str, ...]) -> str:
    return f"status IN ({', '.join(repr(member) for member in members)})"


def upgrade() -> None:
    _change_states(AFTER, "status IN ('loading', 'undoing')")
    with op.batch_alter_table("data_import") as table:
        table.add_column(sa.Column("undone_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("undone_count", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("left", sa.JSON(), nullable=True))
        table.create_foreign_key(op.f("fk_data_import_undone_by_id_account"), "account", ["undone_by_id"], ["id"])
    with op.batch_alter_table("data_import") as table:
        table.alter_column("undone_count", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("result_set") as table:
        table.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_result_set_import_id_data_import"), "data_import", ["import_id"], ["id"])
        table.create_index(op.f("ix_result_set_import_id"), ["import_id"])


def downgrade() -> None:
    """What was undone has no place in the older table: its rows are gone, so it says that it failed."""
    with op.batch_alter_table("result_set") as table:
        table.drop_index(op.f("ix_result_set_import_id"))
        table.drop_constraint(op.f("fk_result_set_import_id_data_import"), type_="foreignkey")
        table.drop_column("import_id")
    op.execute("UPDATE data_import SET status = 'failed' WHERE status IN ('undoing', 'undone')")
    with op.batch_alter_table("data_import") as table:
        table.drop_constraint(op.f("fk_data_import_undone_by_id_account"), type_="foreignkey")
        for name in ("left", "undone_count", "undone_by_id", "undone_at"):
            table.drop_column(name)
    _change_states(BEFORE, "status = 'loading'")


def _change_states(members: tuple[str, ...], written: str) -> None:
    with op.batch_alter_table("data_import") as table:
        table.drop_index(INDEX)
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), _is_one_of(members))
        table.create_index(
            INDEX, ["kind"], unique=True, sqlite_where=sa.text(written), postgresql_where=sa.text(written)
        )
