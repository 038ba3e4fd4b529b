"""one unit a day: the database itself refuses a person who works in two units, or is on two leaves, on one day"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import refuse_to_lose

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("assignment", "leave")
OVERLAP = (
    "EXISTS (SELECT 1 FROM {table} AS other WHERE other.employee_id = NEW.employee_id AND other.id IS NOT NEW.id "
    "AND (NEW.ends_on IS NULL OR other.starts_on < NEW.ends_on) "
    "AND (other.ends_on IS NULL OR NEW.starts_on < other.ends_on))"
)
# Deferred: within one transaction two entries may change places.
EXCLUDE = (
    "ALTER TABLE {table} ADD CONSTRAINT ex_{table}_one_a_day EXCLUDE USING gist "
    "(int4range(employee_id, employee_id, '[]') WITH &&, daterange(starts_on, ends_on) WITH &&) "
    "DEFERRABLE INITIALLY DEFERRED"
)


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "parental", "unpaid", "other", name="leavekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name=op.f("ck_leave_span")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_leave_employee_id_employee")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_leave_recorded_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("employee_id", "starts_on", name=op.f("uq_leave_employee_id_starts_on")),
    )
    _end_where_the_next_begins()
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        if is_postgresql:
            op.execute(EXCLUDE.format(table=table))
        else:
            _guard(table)


def _end_where_the_next_begins() -> None:
    """Nothing that the program wrote overlaps; what somebody wrote past it gives way, as an import would have it."""
    op.execute(
        "UPDATE assignment SET ends_on = (SELECT MIN(later.starts_on) FROM assignment AS later "
        "WHERE later.employee_id = assignment.employee_id AND later.starts_on > assignment.starts_on) "
        "WHERE EXISTS (SELECT 1 FROM assignment AS later WHERE later.employee_id = assignment.employee_id "
        "AND later.starts_on > assignment.starts_on "
        "AND (assignment.ends_on IS NULL OR later.starts_on < assignment.ends_on))"
    )


def _guard(table: str) -> None:
    """SQLite has no such constraint, but triggers."""
    for act in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_one_a_day_{act.lower()} BEFORE {act} ON {table} "
            f"WHEN {OVERLAP.format(table=table)} BEGIN SELECT RAISE(ABORT, 'ex_{table}_one_a_day'); END"
        )


def downgrade() -> None:
    refuse_to_lose("leave")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE assignment DROP CONSTRAINT ex_assignment_one_a_day")
    else:
        for act in ("insert", "update"):
            op.execute(f"DROP TRIGGER tr_assignment_one_a_day_{act}")
    op.drop_table("leave")
