"""role history: who ended a role, when and why, and for whom a deputy acted"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROLES = ("employee", "manager", "trainer", "hr", "leadership", "cx_lead", "administrator")
KEY = ("account_id", "role", "unit_id", "starts_on")
UNIQUE = "uq_role_grant_account_id_role_unit_id_starts_on"
SPAN = "ck_role_grant_span"
ENDED = "ck_role_grant_ended_has_an_end"
ACCOUNTS = ("granted_for_id", "ended_by_id", "ended_for_id")


def _table(*rest: sa.schema.SchemaItem) -> sa.Table:
    """The table as it stands, written out: SQLite makes it anew, and cannot be asked for its checks."""
    return sa.Table(
        "role_grant",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_at", sa.DateTime(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(f"role IN ({', '.join(map(repr, ROLES))})", name="ck_role_grant_role"),
        sa.CheckConstraint("role <> 'employee'", name="ck_role_grant_employee_is_assigned"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_role_grant_account_id_account"),
        sa.ForeignKeyConstraint(["granted_by_id"], ["account.id"], name="fk_role_grant_granted_by_id_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_role_grant_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.Index("ix_role_grant_unit_id", "unit_id"),
        *rest,
    )


def upgrade() -> None:
    before = _table(
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name=SPAN), sa.UniqueConstraint(*KEY, name=UNIQUE)
    )
    with op.batch_alter_table("role_grant", copy_from=before) as batch_op:
        for name in ACCOUNTS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_role_grant_{name}_account"), "account", [name], ["id"])
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.String(length=200), server_default="", nullable=False))
        batch_op.drop_constraint(op.f(SPAN), type_="check")
        batch_op.drop_constraint(op.f(UNIQUE), type_="unique")
        batch_op.create_check_constraint(batch_op.f(SPAN), "ends_on IS NULL OR starts_on <= ends_on")
        batch_op.create_check_constraint(batch_op.f(ENDED), "ended_at IS NULL OR ends_on IS NOT NULL")
    op.create_index(op.f("ix_role_grant_account_id"), "role_grant", ["account_id"])
    holds = sa.text("ends_on IS NULL OR starts_on < ends_on")
    op.create_index(UNIQUE, "role_grant", KEY, unique=True, sqlite_where=holds, postgresql_where=holds)


def downgrade() -> None:
    """Roles that were taken back before they held have no place in the old table."""
    op.drop_index(UNIQUE, "role_grant")
    op.drop_index(op.f("ix_role_grant_account_id"), "role_grant")
    op.execute("DELETE FROM role_grant WHERE ends_on = starts_on")
    after = _table(
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ACCOUNTS),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), server_default="", nullable=False),
        *(sa.ForeignKeyConstraint([name], ["account.id"], name=f"fk_role_grant_{name}_account") for name in ACCOUNTS),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=SPAN),
        sa.CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name=ENDED),
    )
    with op.batch_alter_table("role_grant", copy_from=after) as batch_op:
        batch_op.drop_constraint(op.f(SPAN), type_="check")
        batch_op.drop_constraint(op.f(ENDED), type_="check")
        for name in (*ACCOUNTS, "ended_at", "end_reason"):
            if name in ACCOUNTS:
                batch_op.drop_constraint(op.f(f"fk_role_grant_{name}_account"), type_="foreignkey")
            batch_op.drop_column(name)
        batch_op.create_check_constraint(batch_op.f(SPAN), "ends_on IS NULL OR starts_on < ends_on")
        batch_op.create_unique_constraint(batch_op.f(UNIQUE), list(KEY))
